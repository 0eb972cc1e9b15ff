import type { SessionKind, SessionTerms } from '@rapport/sdk'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { Command, Query } from '../command.ts'
import { notFound } from '../refusal.ts'

/** Reading offers takes the behaviour of their kinds. */
export type OfferQuery = Query & Pick<Command, 'kind'>

export interface OfferCoach {
  id: string
  name: string
  slug: string
  bio: string
}

/** An offer as clients see it. */
export interface PublicOffer {
  id: string
  slug: string
  title: string
  description: string
  location: string
  kind: string
  /** What clients call the kind: "Group session". */
  kindLabel: string
  /** Whether clients pick a slot, or a session with dates of its own. */
  bookedBy: SessionKind['bookedBy']
  format: SessionTerms['format']
  /** Of kinds with sessions of their own, the length of a date unless the session says otherwise. */
  durationMinutes: number
  priceMinor: number
  currency: string
  /** In the order in which the offer names them; only those who work here now. */
  coaches: OfferCoach[]
}

/** With what decides about its times. */
export interface BookableOfferView extends PublicOffer {
  stepMinutes: number
  /** Minutes before the start after which it can't be booked. */
  noticeMinutes: number
  /** Days ahead that it can be booked; null for any. */
  horizonDays: number | null
}

/** With everything staff may change. */
export interface ManagedOffer extends BookableOfferView {
  bufferMinutes: number
  listing: 'public' | 'unlisted'
  active: boolean
  position: number
  coachIds: string[]
  kindSettings: Record<string, unknown>
  /** What new sessions start out with; null where clients pick a slot. */
  terms: SessionTerms | null
}

/** What the business offers to everybody, in its own order. */
export async function listOffers({ trx, tenantId, kind }: OfferQuery): Promise<PublicOffer[]> {
  const rows = await selectOffers(trx, tenantId)
    .where('o.active', '=', true)
    .where('o.listing', '=', 'public')
    .execute()
  const offers = await complete({ trx, tenantId, kind }, rows)
  return offers.map(publicOffer)
}

/** One active offer by slug or id, also an unlisted one. 404 for any other. */
export async function getOffer(
  { trx, tenantId, kind }: OfferQuery,
  { offer }: { offer: string },
): Promise<BookableOfferView> {
  const rows = await selectOffers(trx, tenantId)
    .where('o.active', '=', true)
    .where(where => where.or([where('o.slug', '=', offer), where(where.cast('o.id', 'text'), '=', offer)]))
    .execute()
  const [found] = await complete({ trx, tenantId, kind }, rows)
  if (!found) throw notFound('offer')
  const { stepMinutes, noticeMinutes, horizonDays } = found
  return { ...publicOffer(found), stepMinutes, noticeMinutes, horizonDays }
}

/** Every offer, for staff. */
export async function listManagedOffers({ trx, tenantId, kind }: OfferQuery): Promise<ManagedOffer[]> {
  return complete({ trx, tenantId, kind }, await selectOffers(trx, tenantId).execute())
}

/** One offer whatever its state, for staff. 404 for any other. */
export async function getManagedOffer(
  { trx, tenantId, kind }: OfferQuery,
  { id }: { id: string },
): Promise<ManagedOffer> {
  const rows = await selectOffers(trx, tenantId).where('o.id', '=', id).execute()
  const [found] = await complete({ trx, tenantId, kind }, rows)
  if (!found) throw notFound('offer')
  return found
}

function selectOffers(trx: TenantTransaction, tenantId: string) {
  return trx
    .selectFrom('offers as o')
    .where('o.tenant_id', '=', tenantId)
    .select([
      'o.id',
      'o.slug',
      'o.title',
      'o.description',
      'o.location',
      'o.kind',
      'o.kind_settings as kindSettings',
      'o.terms',
      'o.duration_minutes as durationMinutes',
      'o.step_minutes as stepMinutes',
      'o.buffer_minutes as bufferMinutes',
      'o.notice_minutes as noticeMinutes',
      'o.horizon_days as horizonDays',
      'o.price_minor as priceMinor',
      'o.currency',
      'o.listing',
      'o.active',
      'o.position',
    ])
    .orderBy('o.position')
    .orderBy('o.id')
}

type OfferRow = Omit<ManagedOffer, 'coaches' | 'coachIds' | keyof KindWords>
type KindWords = Pick<ManagedOffer, 'kindLabel' | 'bookedBy' | 'format'>

/** Adds coaches and what the kind says; leaves those out whose kind no plugin provides any more, so that the others stay. */
async function complete(
  { trx, tenantId, kind }: Pick<OfferQuery, 'trx' | 'tenantId' | 'kind'>,
  rows: OfferRow[],
): Promise<ManagedOffer[]> {
  const offers = rows.filter(row => isProvided(kind, row.kind))
  if (offers.length === 0) return []
  const coaches = await trx
    .selectFrom('offer_coaches as oc')
    .innerJoin('coaches as c', join =>
      join.onRef('c.tenant_id', '=', 'oc.tenant_id').onRef('c.id', '=', 'oc.coach_id'),
    )
    .innerJoin('members as m', join =>
      join.onRef('m.tenant_id', '=', 'c.tenant_id').onRef('m.person_id', '=', 'c.person_id'),
    )
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.person_id'),
    )
    .where('oc.tenant_id', '=', tenantId)
    .where(
      'oc.offer_id',
      'in',
      offers.map(offer => offer.id),
    )
    .where('m.active', '=', true)
    .select(['oc.offer_id as offerId', 'c.id', 'p.name', 'c.slug', 'c.bio'])
    .orderBy('oc.position')
    .orderBy('c.id')
    .execute()
  const byOffer = Map.groupBy(coaches, coach => coach.offerId)
  return offers.map(offer => {
    const own = (byOffer.get(offer.id) ?? []).map(({ id, name, slug, bio }) => ({ id, name, slug, bio }))
    return {
      ...offer,
      ...kindWords(kind(offer.kind), offer),
      coaches: own,
      coachIds: own.map(({ id }) => id),
    }
  })
}

function isProvided(kind: OfferQuery['kind'], id: string): boolean {
  try {
    return kind(id) !== undefined
  } catch {
    return false
  }
}

function kindWords(kind: SessionKind, { kindSettings, terms }: OfferRow): KindWords {
  return {
    kindLabel: kind.label,
    bookedBy: kind.bookedBy,
    format: kind.format({ settings: kindSettings, terms }),
  }
}

function publicOffer({
  stepMinutes: _step,
  noticeMinutes: _notice,
  horizonDays: _horizon,
  bufferMinutes: _buffer,
  listing: _listing,
  active: _active,
  position: _position,
  coachIds: _coachIds,
  kindSettings: _settings,
  terms: _terms,
  ...shown
}: ManagedOffer): PublicOffer {
  return shown
}
