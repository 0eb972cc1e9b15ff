import { hoursByWeekday, mergedTimeline, overridesByDay } from './calendar-index.ts'
import { around, merge, subtract } from './intervals.ts'
import type { CoachCalendar, Interval, LocalRange } from './types.ts'
import { DAY, instantOf, MINUTE, offsetIn, type Span, spansBetween } from './zone.ts'

/** One range of hours on one day, as instants; `wall` is the wall clock at its start, from where steps count. */
export interface DayRange extends Interval {
  wall: number
}

/** What is open around a stretch of time: each day's ranges, and what they come to without the time off. */
export interface OpenHours {
  spans: Span[]
  ranges: DayRange[]
  stretches: Interval[]
}

/**
 * The coach's open time within [from, to): hours and overrides without time off, merged across ranges and
 * days, ascending.
 *
 * @throws RangeError when the zone is unknown or the bounds aren't finite
 */
export function openRanges(calendar: CoachCalendar, from: number, to: number): Interval[] {
  return openHours(calendar, from, to)
    .stretches.map(({ startsAt, endsAt }) => ({
      startsAt: Math.max(startsAt, from),
      endsAt: Math.min(endsAt, to),
    }))
    .filter(({ startsAt, endsAt }) => startsAt < endsAt)
}

/** The open hours that meet [from, to), not cut at its ends. */
export function openHours(calendar: CoachCalendar, from: number, to: number): OpenHours {
  const spans = spansBetween(calendar.timeZone, from - 5 * DAY, to + 3 * DAY)
  const ranges = dayRanges(calendar, spans, from, to)
  const timeOff = around(mergedTimeline(calendar.timeOff), from, to)
  return { spans, ranges, stretches: subtract(merge(ranges), timeOff) }
}

/**
 * The ranges of each local day that meet [from, to), in order of days. A range ends within two days of its
 * date; after a clock set back over midnight, a range of the next day may have begun already.
 */
function dayRanges(calendar: CoachCalendar, spans: Span[], from: number, to: number): DayRange[] {
  const overrides = overridesByDay(calendar.overrides)
  const weekly = hoursByWeekday(calendar.hours)
  const lastDay = localDay(spans, to) + 1
  const ranges: DayRange[] = []
  for (let day = localDay(spans, from) - 2; day <= lastDay; day++) {
    for (const local of overrides.get(day) ?? weekly.get(isoWeekday(day)) ?? []) {
      const range = rangeOnDay(spans, day, local)
      if (range && range.startsAt < to && range.endsAt > from) ranges.push(range)
    }
  }
  return ranges
}

/** Null when the clock leaves nothing of the range, or skips its whole day, as Apia's did on 2011-12-30. */
function rangeOnDay(spans: Span[], day: number, local: LocalRange): DayRange | null {
  const asked = day * DAY + local.startMinute * MINUTE
  const startsAt = instantOf(spans, asked)
  const wall = startsAt + offsetIn(spans, startsAt)
  if (wall - asked >= DAY) return null
  const endsAt = instantOf(spans, day * DAY + local.endMinute * MINUTE)
  return startsAt < endsAt ? { startsAt, endsAt, wall } : null
}

function localDay(spans: Span[], instant: number): number {
  return Math.floor((instant + offsetIn(spans, instant)) / DAY)
}

/** 1970-01-01 was a Thursday. */
export function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
