import type { LocalRange, WeeklyHours } from '../slots/types.ts'

const DAY = 1440
const WEEK = 7 * DAY
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/**
 * A sentence about the first two ranges of the week that overlap, or null where none do. A range across
 * midnight reaches into the next day, Sunday's into Monday; ranges that only touch are fine.
 */
export function overlapInWeek(hours: readonly WeeklyHours[]): string | null {
  const ranges = hours
    .map(range => ({ ...range, from: (range.weekday - 1) * DAY + range.startMinute }))
    .sort((a, b) => a.from - b.from)
  for (const [at, range] of ranges.entries()) {
    const next = ranges[(at + 1) % ranges.length]!
    const nextFrom = at + 1 < ranges.length ? next.from : next.from + WEEK
    if (next !== range && range.from + range.endMinute - range.startMinute > nextFrom) {
      return `${named(range)} and ${named(next)} overlap. Change or remove one of them.`
    }
  }
  return null
}

/** The same for the ranges of one date. */
export function overlapInDay(ranges: readonly LocalRange[]): string | null {
  const sorted = ranges.toSorted((a, b) => a.startMinute - b.startMinute)
  for (const [at, range] of sorted.entries()) {
    const next = sorted[at + 1]
    if (next && range.endMinute > next.startMinute) {
      return `${clocks(range)} and ${clocks(next)} overlap. Change or remove one of them.`
    }
  }
  return null
}

function named(range: WeeklyHours): string {
  return `${NAMES[range.weekday - 1]} ${clocks(range)}`
}

function clocks({ startMinute, endMinute }: LocalRange): string {
  return `${clock(startMinute)}–${clock(endMinute)}`
}

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}
