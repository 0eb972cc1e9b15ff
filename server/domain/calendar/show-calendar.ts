import { requireCoach } from '../coaches/require-coach.ts'
import type { Query } from '../command.ts'
import { permits } from '../people/roles.ts'
import { openRanges } from '../slots/open-hours.ts'
import type { Interval } from '../slots/types.ts'
import { type HoursOfCoach, readCalendars } from './read-calendars.ts'
import {
  type CalendarBooking,
  type CalendarHold,
  readBookings,
  readHolds,
  type Stretch,
} from './read-occupation.ts'
import { type CalendarSession, readSessions } from './read-sessions.ts'

export interface CalendarView {
  /** The zone to show it in: the coach's where one is shown, else the business's. */
  timeZone: string
  /** What hours and overrides open, without time off, whatever is booked in it. */
  open: Stretch[]
  bookings: CalendarBooking[]
  /** Sessions with seats of their own, each date once. */
  sessions: CalendarSession[]
  holds: CalendarHold[]
  timeOff: (Stretch & { id: string; note: string })[]
  externalBusy: Stretch[]
}

interface Window {
  coachId?: string | undefined
  from: Date
  to: Date
}

/**
 * A stretch of one coach's calendar, or of all that the member may see, for the staff's week page. 404 for a
 * coach who isn't one here, 403 for a colleague's where the role covers one's own only.
 */
export async function showCalendar(query: Query, { coachId, from, to }: Window): Promise<CalendarView> {
  const { trx, tenantId, actor } = query
  if (coachId) await requireCoach(query, coachId, 'bookings.see')
  const tenant = await trx
    .selectFrom('tenants')
    .select('time_zone')
    .where('id', '=', tenantId)
    .executeTakeFirstOrThrow()
  const empty = { open: [], bookings: [], sessions: [], holds: [], timeOff: [], externalBusy: [] }
  if (actor.as !== 'member') return { timeZone: tenant.time_zone, ...empty }

  const only = coachId ?? (permits(actor.role, 'bookings.see') ? null : actor.coachId)
  const seesNone = only === null && !permits(actor.role, 'bookings.see')
  if (seesNone) return { timeZone: tenant.time_zone, ...empty }

  const coaches = await readCalendars(query, { coachId: only, from, to })
  const window = { coachIds: coaches.map(coach => coach.coachId), from, to }
  return {
    timeZone: (only && coaches[0]?.timeZone) || tenant.time_zone,
    open: coaches.flatMap(coach => openOf(coach, from, to)),
    bookings: await readBookings(query, window),
    sessions: await readSessions(query, window),
    holds: await readHolds(query, window),
    timeOff: coaches.flatMap(coach =>
      coach.timeOff.map(off => ({ ...stretch(coach, off), id: off.id, note: off.note })),
    ),
    externalBusy: coaches.flatMap(coach => coach.externalBusy.map(busy => stretch(coach, busy))),
  }
}

function openOf(coach: HoursOfCoach, from: Date, to: Date): Stretch[] {
  const calendar = { ...coach, claims: [] }
  return openRanges(calendar, from.getTime(), to.getTime()).map(range => stretch(coach, range))
}

function stretch({ coachId }: HoursOfCoach, { startsAt, endsAt }: Interval): Stretch {
  return { coachId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}
