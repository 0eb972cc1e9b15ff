import { type RawBuilder, sql } from 'kysely'
import { DateTime } from 'luxon'
import type { SessionDate } from '../participation/held-session.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Doors open so long before a date. */
const OPENS_BEFORE = 12 * HOUR
/** So long after the last date what was forgotten can be made up for. */
const CLOSES_AFTER = 7 * DAY

/** When seats can be checked in for one of a session's dates: from 12 hours before it to 7 days after the last. */
export function checkInWindow(
  dates: readonly SessionDate[],
  { startsAt }: SessionDate,
): { opensAt: Date; closesAt: Date } {
  const end = Math.max(...dates.map(date => date.endsAt.getTime()))
  return { opensAt: new Date(startsAt.getTime() - OPENS_BEFORE), closesAt: new Date(end + CLOSES_AFTER) }
}

/** From when on, in SQL: `date` is a row of `session_dates`. */
export function opensBefore(date: string): RawBuilder<Date> {
  return sql<Date>`(${sql.ref(`${date}.starts_at`)} - make_interval(secs => ${OPENS_BEFORE / 1000}))`
}

export function isOpen({ opensAt, closesAt }: { opensAt: Date; closesAt: Date }, now: Date): boolean {
  return opensAt <= now && now <= closesAt
}

/** The date that is held now or on this calendar day of the session's zone, the nearest of several; null for none. */
export function dateOfToday(dates: readonly SessionDate[], timeZone: string, now: Date): SessionDate | null {
  const dayOf = (instant: Date) => DateTime.fromJSDate(instant, { zone: timeZone }).toISODate()!
  const today = dayOf(now)
  const distance = ({ startsAt, endsAt }: SessionDate) =>
    Math.max(startsAt.getTime() - now.getTime(), now.getTime() - endsAt.getTime(), 0)
  return (
    dates
      .filter(({ startsAt, endsAt }) => dayOf(startsAt) <= today && today <= dayOf(endsAt))
      .sort((a, b) => distance(a) - distance(b))[0] ?? null
  )
}
