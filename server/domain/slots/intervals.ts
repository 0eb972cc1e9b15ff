import type { Interval } from './types.ts'

/** Overlapping and touching intervals as one; ascending and apart from each other. Empty ones are dropped. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const { startsAt, endsAt } of intervals.toSorted((a, b) => a.startsAt - b.startsAt)) {
    if (startsAt >= endsAt) continue
    const last = merged.at(-1)
    if (last && startsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, endsAt)
    else merged.push({ startsAt, endsAt })
  }
  return merged
}

/** What is left of merged intervals without other merged intervals. */
export function subtract(intervals: readonly Interval[], removed: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  let next = 0
  for (const { startsAt, endsAt } of intervals) {
    while (next < removed.length && removed[next]!.endsAt <= startsAt) next++
    let from = startsAt
    for (let index = next; index < removed.length && removed[index]!.startsAt < endsAt; index++) {
      if (removed[index]!.startsAt > from) left.push({ startsAt: from, endsAt: removed[index]!.startsAt })
      from = removed[index]!.endsAt
    }
    if (from < endsAt) left.push({ startsAt: from, endsAt })
  }
  return left
}

/** Intervals in order of their starts, with the latest end among each one and all before it. */
export interface Timeline<T extends Interval> {
  intervals: readonly T[]
  latestEnd: Float64Array
}

export function timeline<T extends Interval>(intervals: readonly T[]): Timeline<T> {
  const sorted = intervals.toSorted((a, b) => a.startsAt - b.startsAt)
  const latestEnd = new Float64Array(sorted.length)
  let latest = -Infinity
  for (let index = 0; index < sorted.length; index++) {
    latest = Math.max(latest, sorted[index]!.endsAt)
    latestEnd[index] = latest
  }
  return { intervals: sorted, latestEnd }
}

/**
 * The intervals that may meet [from, to), by two binary searches: none that does is left out, and one that
 * ended before comes along only behind a longer one that reaches in.
 */
export function around<T extends Interval>({ intervals, latestEnd }: Timeline<T>, from: number, to: number) {
  const first = lowerBound(intervals.length, index => latestEnd[index]! > from)
  const end = lowerBound(intervals.length, index => intervals[index]!.startsAt >= to)
  return intervals.slice(first, end)
}

/** The first index from which on `holds` is true; `length` when it never is. */
export function lowerBound(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
