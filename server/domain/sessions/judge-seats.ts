import type { SeatMode } from '@rapport/sdk'
import { waysToJudge } from '../availability/ways.ts'
import { Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { decideStrictest } from '../rules/decide-strictest.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import { localDays } from '../slots/local-days.ts'
import { deadlines } from './deadlines.ts'
import type { Quota, SessionFacts } from './load-sessions.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Who asks for seats, as far as the rules care. */
export interface SeatAsker {
  by: 'client' | 'staff'
  /** Signed in with an address that was proven by mail: only then does being connected count. */
  proven: boolean
  /** Coaches whose personal link the client holds (015). */
  invitedBy: readonly string[]
  /** Whose wall clock the client lives by, where that is known. */
  timeZone?: string | undefined
}

export interface JudgedSeats {
  /** What it was judged by, once for each way (see `waysToJudge`). */
  ways: readonly DecisionFacts[]
  decision: Decision
}

/** Whether so many seats of a session can be had in one mode: the same `decide()` for list, booking and trace. */
export async function judgeSeats(
  session: SessionFacts,
  asker: SeatAsker,
  wanted: { mode: SeatMode; seats: number },
  now: Date,
): Promise<JudgedSeats> {
  const ways = waysToJudge(seatFacts(session, asker, wanted, now))
  return { ways, decision: await decideStrictest(ways, session.policy) }
}

/** What an attempt to book seats is judged by. */
export function seatFacts(
  session: SessionFacts,
  { by, proven, invitedBy, timeZone = session.timeZone }: SeatAsker,
  { mode, seats }: { mode: SeatMode; seats: number },
  now: Date,
): DecisionFacts {
  const { coaches, terms, offer } = session
  const quota = session.seats.find(each => each.mode === mode)
  const { startsAt } = session.dates[0]!
  const start = startsAt.getTime()
  const clock = localDays(session.timeZone, 1)
  return {
    ...WITHOUT_CALENDAR,
    by,
    kind: session.kind,
    offerId: offer.id,
    coachId: coaches[0]!.id,
    priceMinor: offer.priceMinor,
    client: session.client,
    viewer: {
      signedIn: proven,
      proven,
      connected: isConnected(session),
      blocked: session.clientBlocked || coaches.some(({ connection }) => connection === 'blocked'),
      invited: coaches.some(({ id }) => invitedBy.includes(id)),
    },
    offerListed: offer.active,
    leadMinutes: (startsAt.getTime() - now.getTime()) / MINUTE,
    localWeekday: clock.weekdayOf(start),
    localMinute: clock.minuteOf(start),
    zoneDistanceHours: Math.abs(localDays(timeZone, 1).offsetOf(start) - clock.offsetOf(start)) / HOUR,
    approvalHours: coaches[0]!.approvalHours,
    session: {
      id: session.id,
      listing: session.listing,
      cancelled: session.state === 'CANCELLED',
      over: session.dates.at(-1)!.endsAt <= now,
      minutesToClose:
        (deadlines(terms, startsAt, session.timeZone).closesAt.getTime() - now.getTime()) / MINUTE,
      seatsAsked: seats,
      seatsLeft: quota ? seatsLeft(quota) : 0,
      maxSeatsPerBooking: terms.maxSeatsPerBooking,
      approval: terms.approval,
    },
  }
}

/** Seats that neither bookings nor others' holds take. */
export function seatsLeft({ total, booked, held }: Quota): number {
  return Math.max(0, total - booked - held)
}

/** Whether the viewer asked for is connected with any of its coaches. */
export function isConnected({ coaches }: SessionFacts): boolean {
  return coaches.some(({ connection }) => connection === 'accepted')
}

/**
 * The quota a booking takes its seats from. Refuses with 400 `MODE_MISSING` where there are several and none is named,
 * and one that the session doesn't have.
 */
export function chooseMode({ seats }: SessionFacts, mode: SeatMode | undefined): SeatMode {
  if (mode === undefined && seats.length === 1) return seats[0]!.mode
  if (mode !== undefined && seats.some(quota => quota.mode === mode)) return mode
  const ways = seats.map(quota => quota.mode).join(' or ')
  throw new Refusal(
    'input',
    'MODE_MISSING',
    mode === undefined
      ? `Say how you take part: ${ways}.`
      : `Nobody takes part in this session that way: choose ${ways}.`,
    { field: 'mode' },
  )
}

/** The same for who names none and can't be asked: the way of the own hold, else the first that has so many seats left. */
export function settleMode(session: SessionFacts, mode: SeatMode | undefined, seats: number): SeatMode {
  if (mode !== undefined) return chooseMode(session, mode)
  const withRoom = session.seats.find(quota => seatsLeft(quota) >= seats)
  return session.hold?.mode ?? (withRoom ?? session.seats[0]!).mode
}

/** What a coach's calendar and 1-on-1 settings would say, which don't bear on seats (C11, C35). */
const WITHOUT_CALENDAR = {
  calendarVisibility: 'public',
  allowFirmBooking: true,
  firmBookingThresholdHours: 0,
  requireApprovalNonConnected: false,
  appliesApproval: false,
  minimumNoticeMinutes: 0,
  horizonDays: null,
  sessionsThatDay: 0,
  maxSessionsPerDay: null,
  sessionsThatWeek: 0,
  maxSessionsPerWeek: null,
  limitOutcome: 'refuse',
  conflict: null,
  bufferMinutes: 0,
  gapBeforeMinutes: null,
  gapAfterMinutes: null,
  sessionsInARow: 1,
  placeChanges: false,
} as const
