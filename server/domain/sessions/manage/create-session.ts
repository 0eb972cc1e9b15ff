import type { SessionKind, SessionTerms } from '@rapport/sdk'
import type { Selectable } from 'kysely'
import type { SessionsTable } from '#server/db/tables.ts'
import { lockCalendars } from '../../availability/lock.ts'
import type { Command, Query } from '../../command.ts'
import { requireCoaches } from '../../offers/check-offer.ts'
import { notFound, Refusal } from '../../refusal.ts'
import { type GivenTerms, settleTerms } from '../terms.ts'
import { requireMayGiveTime } from './lock-session.ts'
import { type GivenDate, settleDates } from './settle-dates.ts'
import { writeSession } from './write-session.ts'

/** What both a single session and a schedule of them are made from. */
export interface NewSessions {
  offerId: string
  /** The one who leads them first, then those who help. */
  coachIds: string[]
  listing: Selectable<SessionsTable>['listing']
  /** What they have of their own, over the terms of the offer. */
  terms?: GivenTerms | undefined
}

export interface CreateSession extends NewSessions {
  dates: GivenDate[]
  /** The first coach's unless told otherwise. */
  timeZone?: string | undefined
}

/**
 * Makes a session with dates of its own, as one session where there are several dates (297). Its coaches' time must
 * be free of other sessions and holds on all of them; their hours don't count. 404 for an unknown offer, 400 for
 * dates and terms at fault, 403 for the time of others, 409 `SLOT_TAKEN` with date and coach.
 */
export async function createSession(
  command: Command,
  { dates, timeZone, ...input }: CreateSession,
): Promise<{ id: string }> {
  const prepared = await prepareSessions(command, input)
  const { kind, offer } = prepared
  const settled = settleDates(dates, { kind, durationMinutes: offer.durationMinutes, now: command.now })
  const zone = timeZone ?? (await zoneOf(command, input.coachIds[0]!))
  return { id: await writeSession(command, { ...prepared, dates: settled, timeZone: zone }) }
}

interface Prepared {
  offerId: string
  offerBuffer: number
  offer: { durationMinutes: number }
  kind: SessionKind
  terms: SessionTerms
  listing: Selectable<SessionsTable>['listing']
  coachIds: string[]
}

/** Checks offer, coaches and terms, and locks the coaches' calendars. */
export async function prepareSessions(
  command: Command,
  { offerId, coachIds, listing, terms: given = {} }: NewSessions,
): Promise<Prepared> {
  const { offer, kind } = await findSessionOffer(command, offerId)
  if (coachIds.length === 0)
    throw new Refusal('input', 'COACH_MISSING', 'Choose at least one coach.', { field: 'coachIds' })
  requireMayGiveTime(command, coachIds)
  await requireCoaches(command, coachIds)
  const terms = settleTerms({ kind, before: offer.terms, given, offer })
  await lockCalendars(command, coachIds)
  return { offerId, offerBuffer: offer.bufferMinutes, offer, kind, terms, listing, coachIds }
}

/** An offer whose clients book sessions, with its kind. 404, or 400 `NO_SESSIONS` for one whose clients pick a slot. */
export async function findSessionOffer(
  { trx, tenantId, kind: kindOf }: Query & Pick<Command, 'kind'>,
  offerId: string,
) {
  const offer = await trx
    .selectFrom('offers')
    .select(['kind', 'terms', 'duration_minutes', 'buffer_minutes', 'price_minor'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', offerId)
    .executeTakeFirst()
  if (!offer) throw notFound('offer')
  const kind = kindOf(offer.kind)
  if (!kind.sessions || !offer.terms) {
    const why = 'Clients pick a time from the calendar for this offer, so it has no dates of its own.'
    throw new Refusal('input', 'NO_SESSIONS', why, { field: 'offerId' })
  }
  return {
    kind,
    offer: {
      terms: offer.terms,
      durationMinutes: offer.duration_minutes,
      bufferMinutes: offer.buffer_minutes,
      priceMinor: offer.price_minor,
    },
  }
}

/** The zone a coach lives by. */
export async function zoneOf({ trx, tenantId }: Query, coachId: string): Promise<string> {
  const coach = await trx
    .selectFrom('coaches')
    .select('time_zone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', coachId)
    .executeTakeFirst()
  if (!coach) throw notFound('coach')
  return coach.time_zone
}
