import { claimTimeline, mergedTimeline } from './calendar-index.ts'
import { around } from './intervals.ts'
import type { CoachCalendar, Interval, SlotRequest } from './types.ts'
import { MINUTE } from './zone.ts'

/** Time that is taken, with the gap (ms) that must lie between it and the session asked for. */
export interface Busy extends Interval {
  gap: number
}

/**
 * Everything that may keep a session from lying in [from, to): live claims, each with the larger of what it
 * and the session need as a gap, and external busy time. Holds that ran out and the viewer's own aren't in it.
 */
export function busyAround(calendar: CoachCalendar, request: SlotRequest, from: number, to: number): Busy[] {
  const own = request.bufferMinutes * MINUTE
  const claims = claimTimeline(calendar.claims)
  const reach = Math.max(own, claims.widestBuffer)
  const busy: Busy[] = []
  for (const claim of around(claims, from - reach, to + reach)) {
    if (claim.expiresAt !== null && claim.expiresAt <= request.now) continue
    if (claim.holdId !== null && claim.holdId === request.ownHoldId) continue
    const gap = Math.max(own, claim.bufferMinutes * MINUTE)
    busy.push({ startsAt: claim.startsAt, endsAt: claim.endsAt, gap })
  }
  const gap = request.bufferExternalBusy ? own : 0
  for (const { startsAt, endsAt } of around(mergedTimeline(calendar.externalBusy), from - gap, to + gap)) {
    busy.push({ startsAt, endsAt, gap })
  }
  return busy
}
