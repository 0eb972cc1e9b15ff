import { type SessionTerms, sessionTerms } from '@rapport/sdk'
import { uuidv7 } from 'uuidv7'
import { inTenant, type TenantTransaction } from '#server/db/in-tenant.ts'
import type { Business } from './builders.ts'
import type { TestHouse } from './house.ts'

interface NewSession {
  kind?: 'group' | 'workshop'
  /** Another session of an offer made before. */
  offer?: { offerId: string; slug: string }
  priceMinor?: number
  terms?: Partial<SessionTerms>
  listing?: 'public' | 'unlisted' | 'connected' | 'private'
  /** Starts of its dates, each of an hour unless told otherwise. */
  dates?: string[]
  minutes?: number
  /** Beside the business's own coach. */
  coachIds?: string[]
}

export interface TestSession {
  sessionId: string
  offerId: string
  slug: string
}

/** A session with dates and seats of its own, as the staff would have made it: with a claim for each date and coach. */
export async function makeSession(
  house: TestHouse,
  { tenantId, coachId }: Pick<Business, 'tenantId' | 'coachId'>,
  given: NewSession = {},
): Promise<TestSession> {
  const { dates = ['2027-03-20T10:00:00Z'], minutes = 60, listing = 'public', kind = 'group' } = given
  const terms = sessionTerms.parse(given.terms ?? {})
  const coachIds = [coachId, ...(given.coachIds ?? [])]
  const sessionId = uuidv7()
  return inTenant(house.house.db, tenantId, async trx => {
    const offer =
      given.offer ?? (await makeOffer(trx, { ...given, tenantId, kind, minutes, terms, coachIds, house }))
    const created_at = house.house.clock()
    const tenant_id = tenantId
    await trx
      .insertInto('sessions')
      .values({
        ...{ tenant_id, id: sessionId, offer_id: offer.offerId, kind, time_zone: 'Europe/Berlin', listing },
        ...{ calendar_uid: `${sessionId}@rapport`, terms: JSON.stringify(terms), created_at },
      })
      .execute()
    const stretches = dates.map((starts, position) => {
      const starts_at = new Date(starts)
      return { position, starts_at, ends_at: new Date(starts_at.getTime() + minutes * 60_000) }
    })
    await trx
      .insertInto('session_dates')
      .values(stretches.map(date => ({ tenant_id, session_id: sessionId, ...date })))
      .execute()
    await trx
      .insertInto('session_coaches')
      .values(
        coachIds.map((coach_id, position) => ({ tenant_id, session_id: sessionId, coach_id, position })),
      )
      .execute()
    const seats = house.house.kind(kind).sessions!.seats(terms)
    await trx
      .insertInto('session_seats')
      .values(seats.map(quota => ({ tenant_id, session_id: sessionId, ...quota })))
      .execute()
    const claims = stretches.flatMap(({ starts_at, ends_at }) =>
      coachIds.map(coach_id => ({
        ...{ tenant_id, id: uuidv7(), session_id: sessionId, coach_id },
        ...{ starts_at, ends_at, blocked_until: ends_at },
      })),
    )
    await trx.insertInto('claims').values(claims).execute()
    return { ...offer, sessionId }
  })
}

async function makeOffer(
  trx: TenantTransaction,
  {
    tenantId,
    kind,
    minutes,
    priceMinor = 5000,
    terms,
    coachIds,
    house,
  }: {
    tenantId: string
    kind: string
    minutes: number
    priceMinor?: number
    terms: SessionTerms
    coachIds: string[]
    house: TestHouse
  },
): Promise<{ offerId: string; slug: string }> {
  const offerId = uuidv7()
  const slug = `${kind}-${offerId.slice(-6)}`
  await trx
    .insertInto('offers')
    .values({
      ...{ tenant_id: tenantId, id: offerId, slug, title: 'Meeting of many', kind, currency: 'EUR' },
      ...{ duration_minutes: minutes, step_minutes: 60, price_minor: priceMinor },
      ...{ terms: JSON.stringify(terms), created_at: house.house.clock() },
    })
    .execute()
  const coaches = coachIds.map((coach_id, position) => ({
    tenant_id: tenantId,
    offer_id: offerId,
    coach_id,
    position,
  }))
  await trx.insertInto('offer_coaches').values(coaches).execute()
  return { offerId, slug }
}

let keys = 0

/** The input of `bookings.book` for seats, for a client of this name. */
export function seatInput(sessionId: string, name = 'Clara Client', more: Record<string, unknown> = {}) {
  return {
    sessionId,
    client: { name, email: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@client.example` },
    idempotencyKey: `seats-for-a-test-${++keys}-${process.pid}`,
    ...more,
  }
}
