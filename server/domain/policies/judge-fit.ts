import { decideStrictest } from '../rules/decide-strictest.ts'
import { defaultPolicy } from '../rules/default-policy.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import { STRANGER } from '../rules/facts.ts'
import type { Policy } from '../rules/policy.ts'
import type { RestrictionCode } from '../rules/restrictions.ts'
import { sessionPolicy } from '../rules/session-policy.ts'
import type { CoachSettings } from '../rules/settings.ts'
import type { TraceLine } from '../rules/trace.ts'
import { gapReader } from '../slots/gaps.ts'
import { lowerBound } from '../slots/intervals.ts'
import { conflictsAt } from '../slots/is-free.ts'
import { countByLocalDayAndWeek, localDays } from '../slots/local-days.ts'
import type { CoachCalendar, Interval } from '../slots/types.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** Limits count local weeks. */
const AROUND_LIMITS = 9 * DAY
/** Gaps look a day around, and sessions that follow each other don't go on for longer. */
const AROUND_GAPS = 2 * DAY

/** What bookings must fit: the rules, and of each coach hours, settings and the sessions that stand. */
export interface Ground {
  policy: Policy
  weekStartsOn: number
  coaches: ReadonlyMap<string, GroundCoach>
  /** The break each offer asks for by itself. */
  buffers: ReadonlyMap<string, number>
}

export interface GroundCoach {
  name: string
  /** Without claims. */
  calendar: CoachCalendar
  settings: CoachSettings
  /** By start. */
  sessions: readonly StandingSession[]
}

/** One date of a session that takes time of its coach; epoch milliseconds. */
export interface StandingSession extends Interval {
  sessionId: string
  madeAt: number
  place: string
}

/** A booking still to come, or a session that is booked on dates of its own. */
export interface Standing extends StandingSession {
  coachId: string
  offerId: string
  kind: string
  priceMinor: number
  /** Whether clients picked the time; seats are bound by rules alone, and a session's own date by the hours. */
  by: 'slot' | 'seats' | 'date'
  /** As its attempt was judged, in one way or two; none where that wasn't kept. */
  facts: readonly DecisionFacts[]
}

/** Why a booking wouldn't be taken; `rule` tells two reasons of one code apart. */
export interface Misfit {
  rule: string
  code: RestrictionCode
  /** For the coach. */
  sentence: string
}

/**
 * Why a booking wouldn't be taken as things stand on this ground, were it asked for as it was then: by its lead time
 * and what was known of its client at that time, but by the hours, gaps and limits of now. Of sessions that are in each
 * other's way those made earlier count, so that the later ones are named. What would only ask for approval is no reason,
 * but a full day or week is, whatever it leads to, and so is what staff were warned of when they booked.
 */
export async function misfits(booking: Standing, ground: Ground): Promise<Misfit[]> {
  const coach = ground.coaches.get(booking.coachId)
  if (!coach) return []
  if (booking.by === 'date') return outside(booking, coach) ? [OUTSIDE] : []
  const ways = booking.by === 'seats' ? booking.facts : slotFacts(booking, coach, ground)
  if (ways.length === 0) return []
  const { trace } = await decideStrictest(ways, ground.policy)
  return trace.filter(isReason).map(line => ({
    rule: line.rule,
    code: codeOf(line),
    sentence: line.title === null ? line.coachSentence : inItsWords(line, ground.policy),
  }))
}

/** Code and sentence as `hours` has them. */
const OUTSIDE: Misfit = { rule: 'hours', code: 'OUTSIDE_HOURS', sentence: 'Outside your hours.' }

function isReason({ passed, outcome, rule, title }: TraceLine): boolean {
  // What only warns contributes `firm`, and yet doesn't pass.
  return !passed && outcome !== 'request' && !(title === null && AT_THE_GATE.has(rule))
}

/** Whether one may still see the calendar or the offer says nothing about what was booked. */
const AT_THE_GATE = new Set(['blocked', 'visibility', 'connectedOnly', 'offerOpen'])

const CODES = new Map([...defaultPolicy.rules, ...sessionPolicy.rules].map(({ name, code }) => [name, code]))

function codeOf({ title, rule }: TraceLine): RestrictionCode {
  return title === null ? CODES.get(rule)! : 'RULE'
}

function inItsWords({ rule, title }: TraceLine, { rules }: Policy): string {
  return `“${title}”: ${rules.find(({ id }) => id === rule)!.does.restricts!.sentence}`
}

function slotFacts(booking: Standing, coach: GroundCoach, ground: Ground): DecisionFacts[] {
  const { settings, calendar } = coach
  const { startsAt, endsAt, offerId, madeAt } = booking
  const earlier = (reach: number) =>
    around(coach.sessions, startsAt, reach).filter(other => isEarlier(other, booking))
  const counts = countByLocalDayAndWeek(
    earlier(AROUND_LIMITS).map(session => session.startsAt),
    calendar.timeZone,
    ground.weekStartsOn,
  )
  const days = localDays(calendar.timeZone, ground.weekStartsOn)
  const gaps = gapReader(
    { ...calendar, claims: earlier(AROUND_GAPS).map(asClaim) },
    {
      now: startsAt,
      durationMinutes: (endsAt - startsAt) / MINUTE,
      bufferExternalBusy: settings.bufferExternalBusy,
      place: booking.place,
    },
  ).around(startsAt)
  const fresh = {
    ...gaps,
    // Of one that has moved since, to where it stands now.
    leadMinutes: (startsAt - madeAt) / MINUTE,
    localWeekday: days.weekdayOf(startsAt),
    localMinute: days.minuteOf(startsAt),
    sessionsThatDay: counts.day.get(counts.dayOf(startsAt)) ?? 0,
    sessionsThatWeek: counts.week.get(counts.weekOf(startsAt)) ?? 0,
    conflict: outside(booking, coach) ? ({ code: 'OUTSIDE_HOURS' } as const) : null,
    allowFirmBooking: settings.allowFirmBooking,
    firmBookingThresholdHours: settings.firmBookingThresholdHours,
    requireApprovalNonConnected: settings.requireApprovalNonConnected,
    maxSessionsPerDay: settings.maxSessionsPerDay,
    maxSessionsPerWeek: settings.maxSessionsPerWeek,
    limitOutcome: 'refuse' as const,
    bufferMinutes: Math.max(settings.bufferMinutes, ground.buffers.get(offerId) ?? 0),
    approvalHours: settings.approvalHours,
  }
  const ways = booking.facts.length > 0 ? booking.facts : [bareFacts(booking)]
  return ways.map(facts => ({ ...facts, ...fresh }))
}

/** Those of sessions in order of start that start within this reach, before or after. */
function around(sessions: readonly StandingSession[], startsAt: number, reach: number) {
  const firstFrom = (instant: number) => lowerBound(sessions.length, at => sessions[at]!.startsAt >= instant)
  return sessions.slice(firstFrom(startsAt - reach), firstFrom(startsAt + reach))
}

function isEarlier(other: StandingSession, booking: Standing): boolean {
  if (other.sessionId === booking.sessionId) return false
  if (other.madeAt !== booking.madeAt) return other.madeAt < booking.madeAt
  return other.sessionId < booking.sessionId
}

function asClaim({ sessionId, startsAt, endsAt, place }: StandingSession) {
  return {
    ...{ sessionId, startsAt, endsAt, place, bufferMinutes: 0 },
    ...{ holdId: null, expiresAt: null, bookingId: null, status: 'booked' as const },
  }
}

function outside({ startsAt, endsAt }: Interval, { calendar }: GroundCoach): boolean {
  const request = {
    ...{ from: 0, to: 0, now: 0, earliest: null, latest: null },
    ...{ durationMinutes: (endsAt - startsAt) / MINUTE, stepMinutes: 1 },
    ...{ bufferMinutes: 0, bufferExternalBusy: false },
  }
  return conflictsAt({ ...calendar, externalBusy: [] }, request, startsAt).some(
    ({ code }) => code === 'OUTSIDE_HOURS',
  )
}

/** Of a booking made before attempts were kept: by somebody who could book it, of whom nothing is known. */
function bareFacts({ kind, offerId, coachId, priceMinor }: Standing) {
  return {
    ...{ by: 'client' as const, kind, offerId, coachId, priceMinor, client: STRANGER },
    viewer: { signedIn: false, proven: false, connected: false, blocked: false, invited: false },
    ...{ calendarVisibility: 'public' as const, offerListed: true, appliesApproval: true },
    ...{ minimumNoticeMinutes: 0, horizonDays: null, zoneDistanceHours: 0 },
  }
}
