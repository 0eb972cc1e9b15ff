/** A half-open stretch of time [startsAt, endsAt), in whole epoch milliseconds. */
export interface Interval {
  startsAt: number
  endsAt: number
}

/** Minutes from local midnight; `endMinute` reaches 2880, so that hours may run across midnight. */
export interface LocalRange {
  startMinute: number
  endMinute: number
}

/** `weekday` is ISO: 1 is Monday, 7 Sunday. */
export interface WeeklyHours extends LocalRange {
  weekday: number
}

/** Replaces the ranges that start on `date` (`YYYY-MM-DD`, coach-local); no ranges means closed. One per date. */
export interface DatedOverride {
  date: string
  ranges: readonly LocalRange[]
}

/**
 * A live exclusive claim on the coach's time. `bufferMinutes` is the gap this neighbour needs on both sides;
 * a hold with `expiresAt` at or before now blocks nothing.
 */
export interface Claim extends Interval {
  bufferMinutes: number
  sessionId: string | null
  holdId: string | null
  expiresAt: number | null
  bookingId: string | null
  status: 'booked' | 'tentative'
}

/**
 * The facts about one coach. The arrays are facts of one version: they are indexed when first asked and must
 * not be changed afterwards; a new version brings new arrays. Their order doesn't matter, overlaps are fine.
 */
export interface CoachCalendar {
  coachId: string
  timeZone: string
  hours: readonly WeeklyHours[]
  overrides: readonly DatedOverride[]
  timeOff: readonly Interval[]
  claims: readonly Claim[]
  externalBusy: readonly Interval[]
}

export interface SlotRequest {
  /** Window on starts, half-open. */
  from: number
  to: number
  now: number
  durationMinutes: number
  stepMinutes: number
  /** The larger of what the offer and the coach ask for; a neighbour's own buffer may still be larger. */
  bufferMinutes: number
  /** Whether the buffer is also kept from external busy time (010). */
  bufferExternalBusy: boolean
  /** No start before this instant; null for no limit. */
  earliest: number | null
  /** No start after this instant; null for no limit. */
  latest: number | null
  /** The viewer's own hold, which doesn't block their slot. */
  ownHoldId?: string | null
}

export type SlotConflictCode = 'OUTSIDE_HOURS' | 'OFF_STEP' | 'SLOT_TAKEN' | 'BUFFER' | 'NOTICE' | 'HORIZON'

/** Why a start isn't free; `with` is the time it collides with, where there is such a thing. */
export interface SlotConflict {
  code: SlotConflictCode
  with: Interval | null
}
