import { DateTime } from 'luxon'

const LOCALE = 'en-GB'

/** A stretch of time as people say it, in a zone that is named: "Tue 9 March 2027, 15:00–16:00 (Berlin, GMT+1)". */
export function formatTime(startsAt: Date, endsAt: Date, zone: string): string {
  const start = local(startsAt, zone)
  const end = local(endsAt, zone)
  const until = end.hasSame(start, 'day') ? end.toFormat('HH:mm') : end.toFormat('ccc d MMMM, HH:mm')
  return `${start.toFormat('ccc d MMMM yyyy, HH:mm')}–${until} (${zoneName(zone)}, ${offsetOf(start)})`
}

/** An instant: "Tue 9 March, 15:00 (Berlin)". */
export function formatInstant(instant: Date, zone: string): string {
  const at = local(instant, zone)
  return `${at.toFormat('ccc d MMMM, HH:mm')} (${zoneName(zone)})`
}

/** The day and hour for a subject: "Tue 9 March, 15:00". */
export function formatShort(instant: Date, zone: string): string {
  return local(instant, zone).toFormat('ccc d MMMM, HH:mm')
}

/** A local date: "Tue 9 March" for `2027-03-09`. */
export function formatDay(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).setLocale(LOCALE).toFormat('ccc d MMMM')
}

/** How near a start is, also for a reminder that goes out late: "tomorrow", "today", "in an hour", "soon". */
export function nearness(startsAt: Date, now: Date, zone: string): string {
  const minutes = (startsAt.getTime() - now.getTime()) / 60_000
  if (minutes <= 60) return minutes > 45 ? 'in an hour' : 'soon'
  return local(startsAt, zone).hasSame(local(now, zone), 'day') ? 'today' : 'tomorrow'
}

function local(instant: Date, zone: string): DateTime {
  return DateTime.fromJSDate(instant, { zone }).setLocale(LOCALE)
}

/** The city of a zone: `America/New_York` is "New York". */
export function zoneName(zone: string): string {
  return zone.split('/').at(-1)!.replaceAll('_', ' ')
}

/** "GMT+1", "GMT−3:30", "GMT". */
function offsetOf({ offset }: DateTime): string {
  if (offset === 0) return 'GMT'
  const minutes = Math.abs(offset) % 60
  const hours = Math.floor(Math.abs(offset) / 60)
  return `GMT${offset > 0 ? '+' : '−'}${hours}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`
}
