import type { DecisionFacts } from '../rules/facts.ts'
import { gapReader } from '../slots/gaps.ts'
import { countByLocalDayAndWeek, type LocalCounts, localDays } from '../slots/local-days.ts'
import type { SlotConflictCode, SlotRequest } from '../slots/types.ts'
import type { BookableCoach, BookableOffer } from './load.ts'
import { farthestReach, type Reach } from './reach.ts'
import { waysToJudge } from './ways.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Who asks, as far as the rules care. */
export interface Asker {
  by: 'client' | 'staff'
  /** Signed in with an address that was proven by mail: only then does being connected count. */
  proven: boolean
  /** Came by a personal signed link (015). */
  invited: boolean
  /** The checkout hold of this visitor, which doesn't stand in the visitor's own way. */
  ownHoldId: string | null
  /** Whose wall clock the client lives by, where that is known. */
  timeZone?: string | undefined
  /** The session that is being moved: neither its time nor its place in the limits counts against it. */
  movingSessionId?: string
}

/** One coach with one offer, prepared for judging many starts. */
export interface Attempt {
  offer: BookableOffer
  coach: BookableCoach
  counts: LocalCounts
  slots: Omit<SlotRequest, 'from' | 'to'>
  reach: Reach
  facts(startsAt: number, conflict: SlotConflictCode | null): DecisionFacts
  /** Until when a session of this offer blocks its coach's time: its end and the buffer, or the next claim (epoch ms). */
  blockedUntil(startsAt: number, bufferMinutes: number): number
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
  const gaps = gapReader(calendar, {
    ...{ now, ownHoldId: asker.ownHoldId, durationMinutes: offer.durationMinutes },
    ...{ bufferExternalBusy: coach.bufferExternalBusy, place: offer.location },
  })
  const clientClock = localDays(asker.timeZone ?? coach.timeZone, 1)
  const facts: Attempt['facts'] = (startsAt, conflict) => ({
    by: asker.by,
    kind: offer.kind,
    offerId: offer.id,
    coachId: coach.id,
    priceMinor: offer.priceMinor,
    viewer,
    client: offer.client,
    calendarVisibility: coach.calendarVisibility,
    offerListed: offer.active,
    allowFirmBooking: coach.allowFirmBooking,
    firmBookingThresholdHours: coach.firmBookingThresholdHours,
    requireApprovalNonConnected: coach.requireApprovalNonConnected,
    appliesApproval: kind.appliesApproval,
    leadMinutes: (startsAt - now) / MINUTE,
    localWeekday: counts.weekdayOf(startsAt),
    localMinute: counts.minuteOf(startsAt),
    zoneDistanceHours: Math.abs(clientClock.offsetOf(startsAt) - counts.offsetOf(startsAt)) / HOUR,
    minimumNoticeMinutes: offer.noticeMinutes,
    horizonDays: offer.horizonDays,
    sessionsThatDay: counts.day.get(counts.dayOf(startsAt)) ?? 0,
    maxSessionsPerDay: coach.maxSessionsPerDay,
    sessionsThatWeek: counts.week.get(counts.weekOf(startsAt)) ?? 0,
    maxSessionsPerWeek: coach.maxSessionsPerWeek,
    limitOutcome: coach.limitOutcome,
    bufferMinutes: Math.max(offer.bufferMinutes, coach.bufferMinutes),
    approvalHours: coach.approvalHours,
    ...gaps.around(startsAt),
    conflict:
      conflict === null || conflict === 'NOTICE' || conflict === 'HORIZON' ? null : { code: conflict },
  })
  const own = { noticeMinutes: offer.noticeMinutes, horizonDays: offer.horizonDays }
  const reach = farthestReach(offer.policy, own, waysToJudge(facts(now, null)))
  const slots = {
    now,
    durationMinutes: offer.durationMinutes,
    stepMinutes: offer.stepMinutes,
    // The engine keeps the neighbours' buffers; the own one is a value that rules may set: the facts tell the gaps.
    bufferMinutes: 0,
    bufferExternalBusy: coach.bufferExternalBusy,
    earliest: asker.by === 'staff' ? now : now + reach.noticeMinutes * MINUTE,
    latest: reach.horizonDays === null || asker.by === 'staff' ? null : now + reach.horizonDays * DAY,
    ownHoldId: asker.ownHoldId,
  }
  return {
    offer,
    coach: { ...coach, calendar },
    counts,
    slots,
    reach,
    facts,
    blockedUntil(startsAt, bufferMinutes) {
      const endsAt = startsAt + offer.durationMinutes * MINUTE
      return Math.max(endsAt, Math.min(endsAt + bufferMinutes * MINUTE, gaps.nextClaim(startsAt)))
    },
  }
}

function withoutMoving(coach: BookableCoach, movingSessionId: string | undefined): BookableCoach['calendar'] {
  const { calendar } = coach
  if (!movingSessionId) return calendar
  return { ...calendar, claims: calendar.claims.filter(claim => claim.sessionId !== movingSessionId) }
}
