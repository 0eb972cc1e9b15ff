import { type DecisionFacts, STRANGER } from '../rules/facts.ts'
import { countByLocalDayAndWeek, type LocalCounts } from '../slots/local-days.ts'
import type { SlotConflictCode, SlotRequest } from '../slots/types.ts'
import type { BookableCoach, BookableOffer } from './load.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** Who asks, as far as the rules care. */
export interface Asker {
  by: 'client' | 'staff'
  /** Signed in with an address that was proven by mail: only then does being connected count. */
  proven: boolean
  /** Came by a personal signed link (015). */
  invited: boolean
  /** The checkout hold of this visitor, which doesn't stand in the visitor's own way. */
  ownHoldId: string | null
  /** The session that is being moved: neither its time nor its place in the limits counts against it. */
  movingSessionId?: string
}

/** One coach with one offer, prepared for judging many starts. */
export interface Attempt {
  offer: BookableOffer
  coach: BookableCoach
  counts: LocalCounts
  slots: Omit<SlotRequest, 'from' | 'to'>
  facts(startsAt: number, conflict: SlotConflictCode | null): DecisionFacts
}

/** What is the same for every start of an offer with this coach: slot request, limits so far, the asker's standing. */
export function prepareAttempt(
  offer: BookableOffer,
  coach: BookableCoach,
  asker: Asker,
  kind: { appliesApproval: boolean },
  now: number,
): Attempt {
  const calendar = withoutMoving(coach, asker.movingSessionId)
  const sessions = calendar.claims.filter(claim => claim.sessionId !== null)
  const counts = countByLocalDayAndWeek(
    sessions.map(claim => claim.startsAt),
    coach.timeZone,
    offer.weekStartsOn,
  )
  const viewer = {
    signedIn: asker.proven,
    proven: asker.proven,
    connected: coach.connection === 'accepted',
    blocked: offer.clientBlocked || coach.connection === 'blocked',
    invited: asker.invited,
  }
  return {
    offer,
    coach: { ...coach, calendar },
    counts,
    slots: {
      now,
      durationMinutes: offer.durationMinutes,
      stepMinutes: offer.stepMinutes,
      bufferMinutes: bufferOf(offer, coach),
      bufferExternalBusy: coach.bufferExternalBusy,
      earliest: asker.by === 'staff' ? now : now + offer.noticeMinutes * MINUTE,
      latest: offer.horizonDays === null || asker.by === 'staff' ? null : now + offer.horizonDays * DAY,
      ownHoldId: asker.ownHoldId,
    },
    facts: (startsAt, conflict) => ({
      by: asker.by,
      kind: offer.kind,
      offerId: offer.id,
      coachId: coach.id,
      priceMinor: offer.priceMinor,
      viewer,
      client: STRANGER,
      calendarVisibility: coach.calendarVisibility,
      offerListed: offer.active,
      allowFirmBooking: coach.allowFirmBooking,
      firmBookingThresholdHours: coach.firmBookingThresholdHours,
      requireApprovalNonConnected: coach.requireApprovalNonConnected,
      appliesApproval: kind.appliesApproval,
      leadMinutes: (startsAt - now) / MINUTE,
      localWeekday: 1,
      localMinute: 0,
      zoneDistanceHours: 0,
      minimumNoticeMinutes: offer.noticeMinutes,
      horizonDays: offer.horizonDays,
      sessionsThatDay: counts.day.get(counts.dayOf(startsAt)) ?? 0,
      maxSessionsPerDay: coach.maxSessionsPerDay,
      sessionsThatWeek: counts.week.get(counts.weekOf(startsAt)) ?? 0,
      maxSessionsPerWeek: coach.maxSessionsPerWeek,
      limitOutcome: coach.limitOutcome,
      bufferMinutes: bufferOf(offer, coach),
      approvalHours: coach.approvalHours,
      gapBeforeMinutes: null,
      gapAfterMinutes: null,
      sessionsInARow: 1,
      placeChanges: false,
      conflict:
        conflict === null || conflict === 'NOTICE' || conflict === 'HORIZON' ? null : { code: conflict },
    }),
  }
}

/** Minutes a session of this offer with this coach keeps free around itself: the larger of both settings (010). */
export function bufferOf(offer: { bufferMinutes: number }, coach: { bufferMinutes: number }): number {
  return Math.max(offer.bufferMinutes, coach.bufferMinutes)
}

function withoutMoving(coach: BookableCoach, movingSessionId: string | undefined): BookableCoach['calendar'] {
  const { calendar } = coach
  if (!movingSessionId) return calendar
  return { ...calendar, claims: calendar.claims.filter(claim => claim.sessionId !== movingSessionId) }
}
