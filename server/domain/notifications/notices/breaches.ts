import { type RawBuilder, sql } from 'kysely'
import type { Query } from '../../command.ts'
import { subtract } from '../../slots/intervals.ts'
import { openRanges } from '../../slots/open-hours.ts'
import type { CoachCalendar, Interval, LocalRange, WeeklyHours } from '../../slots/types.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** What may lie in the break of a session: time off, a date with hours of its own, or another session. */
export type Intruder = { timeOffId: string } | { overrideDate: string } | { sessionId: string }

/** One date of a confirmed session; epoch milliseconds. */
export interface NearSession extends Interval {
  sessionId: string
  /** Null for a session with seats, as the client's name. */
  bookingId: string | null
  clientName: string | null
  title: string
  /** The break it was booked with, which its neighbours may have shortened since. */
  bufferMinutes: number
}

export interface Breach {
  session: NearSession
  /** On which side of the session the break is cut short. */
  side: 'before' | 'after'
  /** What should be kept free, and what is left of it. */
  breakMinutes: number
  leftMinutes: number
  by: Busy
}

type Busy = Interval & ({ as: 'timeOff' | 'closed' } | { as: 'session'; session: NearSession })

/**
 * The breaks of a coach's sessions still to come that something lies in, by start (041). What overlaps a session is
 * no matter of its break. A date's hours count by what they close of the weekly ones.
 */
export async function findBreaches(query: Query, coachId: string, intruder: Intruder): Promise<Breach[]> {
  const busy = await readBusy(query, coachId, intruder)
  if (busy.length === 0) return []
  const sessions = await sessionsBeside(query, coachId, busy)
  return sessions.flatMap(session => busy.flatMap(by => breachOf(session, by) ?? []))
}

async function readBusy(query: Query, coachId: string, intruder: Intruder): Promise<Busy[]> {
  if ('timeOffId' in intruder) return readTimeOff(query, coachId, intruder.timeOffId)
  if ('overrideDate' in intruder) return readClosed(query, coachId, intruder.overrideDate)
  const sessions = await readSessions(query, coachId, sql`x.session_id = ${intruder.sessionId}`)
  return sessions.map(session => ({
    ...{ startsAt: session.startsAt, endsAt: session.endsAt, as: 'session', session },
  }))
}

async function readTimeOff({ trx, tenantId }: Query, coachId: string, id: string): Promise<Busy[]> {
  const rows = await trx
    .selectFrom('time_off')
    .select(['starts_at', 'ends_at'])
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .where('id', '=', id)
    .execute()
  return rows.map(row => ({
    ...{ startsAt: row.starts_at.getTime(), endsAt: row.ends_at.getTime(), as: 'timeOff' },
  }))
}

/** What a date's own hours leave out of the weekly ones. */
async function readClosed({ trx, tenantId }: Query, coachId: string, date: string): Promise<Busy[]> {
  const { rows } = await sql<{ timeZone: string; hours: WeeklyHours[]; ranges: LocalRange[] }>`
    SELECT c.time_zone AS "timeZone", v.ranges,
      (SELECT coalesce(json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute,
          'endMinute', end_minute)), '[]') FROM hours WHERE tenant_id = c.tenant_id AND coach_id = c.id) AS hours
    FROM overrides v
    JOIN coaches c ON c.tenant_id = v.tenant_id AND c.id = v.coach_id
    WHERE v.tenant_id = ${tenantId} AND v.coach_id = ${coachId} AND v.local_date = ${date}`.execute(trx)
  const [override] = rows
  if (!override) return []
  const { ranges, ...own } = override
  const weekly: CoachCalendar = {
    ...{ ...own, coachId, overrides: [], timeOff: [], claims: [], externalBusy: [] },
  }
  const [from, to] = [Date.parse(date) - DAY, Date.parse(date) + 3 * DAY]
  return subtract(
    openRanges(weekly, from, to),
    openRanges({ ...weekly, overrides: [{ date, ranges }] }, from, to),
  ).map(closed => ({ ...closed, as: 'closed' }))
}

/** Sessions that end a day before any of these, or begin a day after: no break is longer. */
function sessionsBeside(query: Query, coachId: string, busy: readonly Interval[]): Promise<NearSession[]> {
  const instants = (of: (interval: Interval) => number) =>
    sql`${busy.map(each => new Date(of(each)))}::timestamptz[]`
  const isBeside = sql`x.ends_at > ${query.now} AND EXISTS (
    SELECT FROM unnest(${instants(each => each.startsAt)}, ${instants(each => each.endsAt)}) AS e (starts_at, ends_at)
    WHERE x.ends_at BETWEEN e.starts_at - interval '1 day' AND e.starts_at
      OR x.starts_at BETWEEN e.ends_at AND e.ends_at + interval '1 day')`
  return readSessions(query, coachId, isBeside)
}

/** What was booked keeps the break it was decided with; a session with seats, the one its claim has. */
async function readSessions(
  { trx, tenantId }: Query,
  coachId: string,
  which: RawBuilder<unknown>,
): Promise<NearSession[]> {
  const { rows } = await sql<Omit<NearSession, keyof Interval> & { startsAt: Date; endsAt: Date }>`
    SELECT x.session_id AS "sessionId", b.id AS "bookingId", b.client_name AS "clientName", o.title,
      x.starts_at AS "startsAt", x.ends_at AS "endsAt",
      CASE WHEN b.id IS NULL THEN round(extract(epoch FROM x.blocked_until - x.ends_at) / 60)::int
        WHEN b.decision -> 'waived' @> '[{"rule": "buffer"}]' THEN 0
        ELSE coalesce((b.decision #>> '{values,bufferMinutes}')::int, greatest(o.buffer_minutes, c.buffer_minutes))
      END AS "bufferMinutes"
    FROM claims x
    JOIN sessions s ON s.tenant_id = x.tenant_id AND s.id = x.session_id
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    JOIN coaches c ON c.tenant_id = x.tenant_id AND c.id = x.coach_id
    LEFT JOIN bookings b ON b.tenant_id = s.tenant_id AND b.session_id = s.id AND s.terms IS NULL
      AND b.status IN ('FIRM_BOOKED', 'CONFIRMED')
    WHERE x.tenant_id = ${tenantId} AND x.coach_id = ${coachId} AND x.released_at IS NULL AND x.exclusive
      AND (s.terms IS NOT NULL OR b.id IS NOT NULL) AND ${which}
    ORDER BY x.starts_at`.execute(trx)
  return rows.map(({ startsAt, endsAt, ...row }) => ({
    ...{ ...row, startsAt: startsAt.getTime(), endsAt: endsAt.getTime() },
  }))
}

function breachOf(session: NearSession, by: Busy): Breach | null {
  const other = by.as === 'session' ? by.session : null
  if (other?.sessionId === session.sessionId) return null
  const breakMinutes = Math.max(session.bufferMinutes, other?.bufferMinutes ?? 0)
  const after = (by.startsAt - session.endsAt) / MINUTE
  const before = (session.startsAt - by.endsAt) / MINUTE
  const side = after >= 0 ? 'after' : 'before'
  const leftMinutes = side === 'after' ? after : before
  if (leftMinutes < 0 || leftMinutes >= breakMinutes) return null
  // Closing a day right when a session ends, or up to one, is how one closes it on purpose.
  if (by.as === 'closed' && (side === 'before' || leftMinutes === 0)) return null
  return { session, side, breakMinutes, leftMinutes, by }
}
