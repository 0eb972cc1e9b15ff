import { busyAround } from './busy.ts'
import { lowerBound, merge } from './intervals.ts'
import { openHours } from './open-hours.ts'
import type { CoachCalendar, Interval, SlotRequest } from './types.ts'
import { MINUTE } from './zone.ts'

/**
 * The free starts in the request's window, ascending epoch ms: inside the open hours with the whole session,
 * a whole number of steps on the wall clock after the start of a range, with the gaps that neighbours and
 * session need, within notice and horizon.
 *
 * @throws RangeError when zone, window, duration or step make no sense
 */
export function findStarts(calendar: CoachCalendar, request: SlotRequest): number[] {
  const duration = request.durationMinutes * MINUTE
  const step = request.stepMinutes * MINUTE
  if (!(duration > 0 && step > 0)) throw new RangeError('Duration and step must be positive')
  const from = Math.max(request.from, request.earliest ?? -Infinity)
  const to = Math.min(request.to, (request.latest ?? Infinity) + 1)
  if (from >= to) return []

  const open = openHours(calendar, from, to + duration)
  const barred = barredStarts(calendar, request, from, to)
  const starts: number[] = []
  for (const range of open.ranges) {
    for (const stretch of meeting(open.stretches, range)) {
      for (const span of meeting(open.spans, range)) {
        const first = Math.max(from, range.startsAt, stretch.startsAt, span.startsAt)
        const end = Math.min(to, range.endsAt, stretch.endsAt - duration + 1, span.endsAt)
        if (first < end) addStarts(starts, first, end, step, range.wall - span.offset, barred)
      }
    }
  }
  return ascending(starts)
}

/** The stretches in which no session may start, because it would meet busy time or come too close to it. */
function barredStarts(calendar: CoachCalendar, request: SlotRequest, from: number, to: number): Interval[] {
  const duration = request.durationMinutes * MINUTE
  return merge(
    busyAround(calendar, request, from, to + duration).map(busy => ({
      startsAt: busy.startsAt - busy.gap - duration + 1,
      endsAt: busy.endsAt + busy.gap,
    })),
  )
}

/** Those of ascending intervals that meet another. */
function meeting<T extends Interval>(intervals: readonly T[], { startsAt, endsAt }: Interval): T[] {
  const first = lowerBound(intervals.length, index => intervals[index]!.endsAt > startsAt)
  const end = lowerBound(intervals.length, index => intervals[index]!.startsAt >= endsAt)
  return intervals.slice(first, end)
}

/** Adds the instants of [first, end) that are whole steps away from `anchor` and not barred. */
function addStarts(
  starts: number[],
  first: number,
  end: number,
  step: number,
  anchor: number,
  barred: readonly Interval[],
) {
  let next = lowerBound(barred.length, index => barred[index]!.endsAt > first)
  let start = onStep(first, step, anchor)
  while (start < end) {
    while (next < barred.length && barred[next]!.endsAt <= start) next++
    if (next < barred.length && barred[next]!.startsAt <= start) {
      start = onStep(barred[next]!.endsAt, step, anchor)
    } else {
      starts.push(start)
      start += step
    }
  }
}

function onStep(instant: number, step: number, anchor: number): number {
  const past = (instant - anchor) % step
  return past === 0 ? instant : past < 0 ? instant - past : instant + step - past
}

/** Ranges that overlap, or run on from the day before, can offer an instant twice and out of order. */
function ascending(starts: number[]): number[] {
  for (let index = 1; index < starts.length; index++) {
    if (starts[index]! <= starts[index - 1]!) return [...new Set(starts)].sort((a, b) => a - b)
  }
  return starts
}
