import { type Busy, busyAround } from './busy.ts'
import { openHours } from './open-hours.ts'
import type { CoachCalendar, Interval, SlotConflict, SlotRequest } from './types.ts'
import { MINUTE, offsetIn } from './zone.ts'

/**
 * Null when a session may start at this instant, otherwise the first reason against it. It agrees with
 * `findStarts` on every instant; the request's window isn't looked at.
 *
 * @throws RangeError when the zone is unknown
 */
export function isFree(calendar: CoachCalendar, request: SlotRequest, startsAt: number): SlotConflict | null {
  return conflictsAt(calendar, request, startsAt)[0] ?? null
}

/**
 * Every reason against a start, one of each code at most, for a coach who may overrule some of them. In this
 * order: NOTICE, HORIZON, OUTSIDE_HOURS or OFF_STEP, SLOT_TAKEN or BUFFER.
 */
export function conflictsAt(calendar: CoachCalendar, request: SlotRequest, startsAt: number): SlotConflict[] {
  const session = { startsAt, endsAt: startsAt + request.durationMinutes * MINUTE }
  const conflicts: SlotConflict[] = []
  if (request.earliest !== null && startsAt < request.earliest) conflicts.push({ code: 'NOTICE', with: null })
  if (request.latest !== null && startsAt > request.latest) conflicts.push({ code: 'HORIZON', with: null })
  const hours = conflictWithHours(calendar, session, request.stepMinutes * MINUTE)
  if (hours) conflicts.push(hours)
  const busy = conflictWithBusy(busyAround(calendar, request, session.startsAt, session.endsAt), session)
  if (busy) conflicts.push(busy)
  return conflicts
}

function conflictWithHours(calendar: CoachCalendar, session: Interval, step: number): SlotConflict | null {
  const { spans, ranges, stretches } = openHours(calendar, session.startsAt, session.endsAt)
  const isInside = stretches.some(
    ({ startsAt, endsAt }) => startsAt <= session.startsAt && session.endsAt <= endsAt,
  )
  if (!isInside) return { code: 'OUTSIDE_HOURS', with: null }

  const wall = session.startsAt + offsetIn(spans, session.startsAt)
  const isOnStep = ranges.some(
    range =>
      range.startsAt <= session.startsAt &&
      session.startsAt < range.endsAt &&
      (wall - range.wall) % step === 0,
  )
  return isOnStep ? null : { code: 'OFF_STEP', with: null }
}

function conflictWithBusy(busy: readonly Busy[], session: Interval): SlotConflict | null {
  const taken = busy.find(other => isCloser(other, session, 0))
  if (taken) return { code: 'SLOT_TAKEN', with: { startsAt: taken.startsAt, endsAt: taken.endsAt } }
  const near = busy.find(other => isCloser(other, session, other.gap))
  return near ? { code: 'BUFFER', with: { startsAt: near.startsAt, endsAt: near.endsAt } } : null
}

function isCloser(one: Interval, other: Interval, gap: number): boolean {
  return one.startsAt < other.endsAt + gap && other.startsAt < one.endsAt + gap
}
