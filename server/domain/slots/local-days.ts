import { dateNamer } from './iso-text.ts'
import { isoWeekday } from './open-hours.ts'
import { DAY, MINUTE, type Span, spanAt } from './zone.ts'

/** Names the local day of an instant and the first day of its local week, both `YYYY-MM-DD`. */
export interface LocalDays {
  dayOf(instant: number): string
  weekOf(instant: number): string
  /** ISO, 1 to 7. */
  weekdayOf(instant: number): number
  /** From local midnight as the clock shows it, 0 to 1439. */
  minuteOf(instant: number): number
  /** What the clock is ahead of UTC, in ms. */
  offsetOf(instant: number): number
}

/** Sessions per local day and per local week, by the names that `dayOf` and `weekOf` give. */
export interface LocalCounts extends LocalDays {
  day: Map<string, number>
  week: Map<string, number>
}

/**
 * Counts starts by local day and week, as the limits 011 and 012 do. For a limit to hold, the starts must
 * cover the whole weeks that matter.
 *
 * @param weekStartsOn ISO weekday, 1 to 7
 * @throws RangeError when the zone is unknown
 */
export function countByLocalDayAndWeek(
  starts: readonly number[],
  timeZone: string,
  weekStartsOn: number,
): LocalCounts {
  const days = localDays(timeZone, weekStartsOn)
  const { dayOf, weekOf } = days
  const day = new Map<string, number>()
  const week = new Map<string, number>()
  for (const start of starts) {
    day.set(dayOf(start), (day.get(dayOf(start)) ?? 0) + 1)
    week.set(weekOf(start), (week.get(weekOf(start)) ?? 0) + 1)
  }
  return { ...days, day, week }
}

/**
 * The local days and weeks of one zone, quick for instants that come roughly in order.
 *
 * @param weekStartsOn ISO weekday, 1 to 7
 * @throws RangeError when the zone is unknown
 */
export function localDays(timeZone: string, weekStartsOn: number): LocalDays {
  let span: Span = { startsAt: 0, endsAt: 0, offset: 0 }
  const dayName = dateNamer()
  const weekName = dateNamer()

  function offsetOf(instant: number): number {
    if (instant < span.startsAt || instant >= span.endsAt) span = spanAt(timeZone, instant)
    return span.offset
  }
  const dayNumber = (instant: number) => Math.floor((instant + offsetOf(instant)) / DAY)

  return {
    dayOf: instant => dayName(dayNumber(instant)),
    weekOf(instant) {
      const day = dayNumber(instant)
      return weekName(day - ((isoWeekday(day) - weekStartsOn + 7) % 7))
    },
    weekdayOf: instant => isoWeekday(dayNumber(instant)),
    minuteOf: instant => Math.floor((instant + offsetOf(instant) - dayNumber(instant) * DAY) / MINUTE),
    offsetOf,
  }
}
