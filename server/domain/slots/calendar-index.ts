import { merge, type Timeline, timeline } from './intervals.ts'
import type { Claim, DatedOverride, Interval, LocalRange, WeeklyHours } from './types.ts'
import { DAY, MINUTE } from './zone.ts'

/** Weekly hours by ISO weekday. */
export const hoursByWeekday = oncePerArray((hours: readonly WeeklyHours[]) =>
  Map.groupBy(hours, range => range.weekday),
)

/** Overrides by local day, counted from 1970-01-01. */
export const overridesByDay = oncePerArray(
  (overrides: readonly DatedOverride[]) =>
    new Map<number, readonly LocalRange[]>(
      overrides.map(({ date, ranges }) => [Date.parse(`${date}T00:00:00Z`) / DAY, ranges]),
    ),
)

/** Time off or external busy time: merged, so that what lies elsewhere is never looked at. */
export const mergedTimeline = oncePerArray(
  (intervals: readonly Interval[]): Timeline<Interval> => timeline(merge(intervals)),
)

/** Claims in order, with the largest gap that one of them needs (ms). */
export const claimTimeline = oncePerArray((claims: readonly Claim[]) => ({
  ...timeline(claims),
  widestBuffer: claims.reduce((widest, claim) => Math.max(widest, claim.bufferMinutes * MINUTE), 0),
}))

function oncePerArray<T, R>(make: (items: readonly T[]) => R): (items: readonly T[]) => R {
  const made = new WeakMap<readonly T[], R>()
  return items => {
    let result = made.get(items)
    if (result === undefined) {
      result = make(items)
      made.set(items, result)
    }
    return result
  }
}
