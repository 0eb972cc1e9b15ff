import { readCalendars } from '../../calendar/read-calendars.ts'
import type { Command, Query } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import { openHours } from '../../slots/open-hours.ts'
import { findConflicts } from './claim-dates.ts'
import { findSessionOffer } from './create-session.ts'
import { requireMayGiveTime } from './lock-session.ts'
import { occurrences, type Pattern } from './occurrences.ts'
import { type GivenDate, type SessionDate, settleDates } from './settle-dates.ts'

const AHEAD = 12 * 7 * 86_400_000

export interface Preview {
  offerId: string
  coachIds: string[]
  dates?: GivenDate[] | undefined
  schedule?: Pattern | undefined
  /** The session that is to move to these dates: it isn't in its own way. */
  sessionId?: string | undefined
}

/** A date as it would be made. */
export interface PreviewedDate {
  startsAt: string
  endsAt: string
  /** Coaches whose time is taken then: it couldn't be made, or would be left out of a schedule. */
  conflicts: { coachId: string; coachName: string; startsAt: string; endsAt: string }[]
  /** Whether it lies outside the hours of one of the coaches, which only warns. */
  outsideHours: boolean
}

/** The dates that would be made, twelve weeks of a schedule, each with what stands in its way. Refuses as making them would. */
export async function previewSessions(
  query: Query & Pick<Command, 'kind'>,
  { offerId, coachIds, dates: given = [], schedule, sessionId }: Preview,
): Promise<PreviewedDate[]> {
  const { kind, offer } = await findSessionOffer(query, offerId)
  requireMayGiveTime(query, coachIds)
  const { now } = query
  const dates = schedule
    ? occurrences(schedule, { after: now, until: new Date(now.getTime() + AHEAD) })
    : settleDates(given, {
        ...{ kind, durationMinutes: offer.durationMinutes, now },
        before: sessionId ? await datesOf(query, sessionId) : [],
      })
  if (coachIds.length === 0)
    throw new Refusal('input', 'COACH_MISSING', 'Choose at least one coach.', { field: 'coachIds' })
  if (dates.length === 0) return []
  const claiming = { sessionId: sessionId ?? null, coachIds, dates, offerBuffer: offer.bufferMinutes }
  const conflicts = await findConflicts(query, claiming)
  const isOutside = await hoursOf(query, coachIds, dates)
  return dates.map(({ startsAt, endsAt }) => ({
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    conflicts: conflicts
      .filter(conflict => conflict.startsAt.getTime() === startsAt.getTime())
      .map(({ coachId, coachName, with: other }) => ({
        coachId,
        coachName,
        startsAt: other.startsAt.toISOString(),
        endsAt: other.endsAt.toISOString(),
      })),
    outsideHours: isOutside({ startsAt, endsAt }),
  }))
}

async function datesOf({ trx, tenantId }: Query, sessionId: string): Promise<SessionDate[]> {
  return trx
    .selectFrom('session_dates')
    .select(['starts_at as startsAt', 'ends_at as endsAt'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .execute()
}

/** Tells whether a date lies outside the hours of one of the coaches, or in time taken off or busy elsewhere. */
async function hoursOf(query: Query, coachIds: readonly string[], dates: readonly SessionDate[]) {
  const window = { from: dates[0]!.startsAt, to: dates.at(-1)!.endsAt }
  const calendars = await readCalendars(query, { coachId: null, ...window })
  const coaches = calendars
    .filter(({ coachId }) => coachIds.includes(coachId))
    .map(({ externalBusy, timeOff, ...calendar }) => ({
      ...calendar,
      claims: [],
      externalBusy: [],
      timeOff: [...timeOff, ...externalBusy],
    }))
  return (date: SessionDate) => {
    const [from, to] = [date.startsAt.getTime(), date.endsAt.getTime()]
    return coaches.some(calendar => {
      const { stretches } = openHours(calendar, from, to)
      return !stretches.some(open => open.startsAt <= from && to <= open.endsAt)
    })
  }
}
