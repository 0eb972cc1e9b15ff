import { mergedTimeline } from './calendar-index.ts'
import { lowerBound, timeline } from './intervals.ts'
import type { Claim, CoachCalendar, Interval, SlotRequest } from './types.ts'
import { DAY, MINUTE } from './zone.ts'

/** Sessions with less than this between them follow each other (074): also those of an hour that start every hour and a half. */
const IN_A_ROW = 60 * MINUTE
/** Two sessions this near at different places mean a way between them. */
const ON_THE_WAY = 180 * MINUTE

/** A claim that says where its session is held; empty online, and for holds. */
export interface PlacedClaim extends Claim {
  place: string
}

/** What a session would have around it. */
export interface Gaps {
  /** Minutes to what is taken before and after, where that is within a day; null otherwise. */
  gapBeforeMinutes: number | null
  gapAfterMinutes: number | null
  /** Sessions that would follow each other, this one included. */
  sessionsInARow: number
  placeChanges: boolean
}

export interface GapRequest
  extends Pick<SlotRequest, 'now' | 'durationMinutes' | 'bufferExternalBusy' | 'ownHoldId'> {
  place: string
}

export interface GapReader {
  around(startsAt: number): Gaps
  /** The start of the next claim at or after an instant; Infinity where there is none. */
  nextClaim(instant: number): number
}

/**
 * Reads the gaps around any start of one request, by binary search. Claims of sessions and of others' live holds
 * count, external busy time where the request asks for it; only sessions make a row or lie at a place.
 */
export function gapReader(
  calendar: Pick<CoachCalendar, 'externalBusy'> & { claims: readonly PlacedClaim[] },
  request: GapRequest,
): GapReader {
  const duration = request.durationMinutes * MINUTE
  const claims = calendar.claims.filter(
    ({ expiresAt, holdId }) =>
      (expiresAt === null || expiresAt > request.now) && (holdId === null || holdId !== request.ownHoldId),
  )
  const taken = timeline<Interval>(claims)
  const busy = request.bufferExternalBusy
    ? timeline([...claims, ...mergedTimeline(calendar.externalBusy).intervals])
    : taken
  const sessions = timeline(claims.filter(({ sessionId }) => sessionId !== null)).intervals
  const rows = rowsOf(sessions)

  return {
    around(startsAt) {
      const endsAt = startsAt + duration
      const next = firstFrom(busy.intervals, startsAt)
      const nextSession = firstFrom(sessions, startsAt)
      const before = sessions[nextSession - 1]
      const after = sessions[nextSession]
      const gapBefore = before ? startsAt - before.endsAt : Infinity
      const gapAfter = after ? after.startsAt - endsAt : Infinity
      return {
        gapBeforeMinutes: minutes(startsAt - (busy.latestEnd[next - 1] ?? -Infinity)),
        gapAfterMinutes: minutes((busy.intervals[next]?.startsAt ?? Infinity) - endsAt),
        sessionsInARow:
          1 +
          (gapBefore < IN_A_ROW ? rows.before[nextSession - 1]! : 0) +
          (gapAfter < IN_A_ROW ? rows.after[nextSession]! : 0),
        placeChanges:
          (gapBefore < ON_THE_WAY && before!.place !== request.place) ||
          (gapAfter < ON_THE_WAY && after!.place !== request.place),
      }
    },
    nextClaim: instant => taken.intervals[firstFrom(taken.intervals, instant)]?.startsAt ?? Infinity,
  }
}

function firstFrom(intervals: readonly Interval[], instant: number): number {
  return lowerBound(intervals.length, index => intervals[index]!.startsAt >= instant)
}

/** Time that is taken already leaves no gap at all. */
function minutes(gap: number): number | null {
  return gap > DAY ? null : Math.max(0, gap / MINUTE)
}

/** For each session how many follow each other up to it, and how many from it on. */
function rowsOf(sessions: readonly Interval[]) {
  const before = sessions.map(() => 1)
  const after = sessions.map(() => 1)
  for (let at = 1; at < sessions.length; at++) {
    if (isFollowed(sessions, at - 1)) before[at] = before[at - 1]! + 1
  }
  for (let at = sessions.length - 2; at >= 0; at--) {
    if (isFollowed(sessions, at)) after[at] = after[at + 1]! + 1
  }
  return { before, after }
}

function isFollowed(sessions: readonly Interval[], at: number): boolean {
  return sessions[at + 1]!.startsAt - sessions[at]!.endsAt < IN_A_ROW
}
