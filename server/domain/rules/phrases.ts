import { count, sayDuration, sayTimeLeft, shortDuration } from './durations.ts'
import type { DecisionFacts } from './facts.ts'

/** What a sentence of a rule may say of the attempt: `{name}` in the sentence is replaced by the phrase. */
export const PHRASES = {
  startVersusThreshold: f => {
    const threshold = f.firmBookingThresholdHours * 60
    if (threshold === 0) return `${start(f, threshold)}, instant booking ends when it does`
    const needs = f.leadMinutes === threshold ? 'needs more than' : 'needs'
    return `${start(f, threshold)}, instant booking ${needs} ${sameUnit(start(f, threshold), sayDuration(threshold))}`
  },
  startVersusNotice: f => {
    const notice = f.minimumNoticeMinutes
    const close =
      notice === 0 ? 'bookings close when it starts' : `bookings close ${sayDuration(notice)} before`
    return `${start(f, notice)}, ${close}`
  },
  horizon: f =>
    f.horizonDays === null
      ? 'any day ahead'
      : f.horizonDays === 1
        ? 'the next day'
        : `the next ${f.horizonDays} days`,
  signInIfConnected: f => (isKnown(f) ? '' : ' Sign in if you are one.'),
  howToConnect: f =>
    isKnown(f) ? ' Ask the coach to connect.' : ' Sign in if you are one, or ask the coach to connect.',
  dayIsFull: f =>
    f.limitOutcome === 'request'
      ? "Needs your coach's approval: the coach's usual number of sessions that day is reached."
      : 'This coach has no room left that day. Choose another day.',
  weekIsFull: f =>
    f.limitOutcome === 'request'
      ? "Needs your coach's approval: the coach's usual number of sessions that week is reached."
      : 'This coach has no room left that week. Choose another week.',
  notEnoughSeats: f => {
    const left = f.session?.seatsLeft ?? 0
    if (left <= 0) return 'All seats of this session are taken.'
    return `${left === 1 ? 'Only 1 seat of this session is' : `Only ${left} seats of this session are`} left.`
  },
  seatsPerBooking: f => count(f.session?.maxSeatsPerBooking ?? 1, 'seat'),

  seatState: f =>
    `${count(f.session?.seatsAsked ?? 0, 'seat')} asked for, ${f.session?.seatsLeft ?? 0} left.`,
  closing: f => {
    const minutes = f.session?.minutesToClose ?? 0
    return minutes < 0
      ? `Registration closed ${shortDuration(-minutes)} ago.`
      : `Registration closes in ${shortDuration(minutes)}.`
  },
  listingState: f =>
    f.session?.listing === 'connected'
      ? 'The session is for connected clients.'
      : f.session?.listing === 'private'
        ? 'The session is private.'
        : 'The session is open to everybody.',
  lead: f => shortDuration(f.leadMinutes),
  leadRoundedUp: f => shortDuration(f.leadMinutes, Math.ceil),
  threshold: f => `${f.firmBookingThresholdHours} h`,
  notice: f => shortDuration(f.minimumNoticeMinutes),
  horizonLimit: f => (f.horizonDays === null ? 'no horizon' : `${f.horizonDays} d`),
  dayCount: f => sessionCount(f.sessionsThatDay, f.maxSessionsPerDay, 'day'),
  weekCount: f => sessionCount(f.sessionsThatWeek, f.maxSessionsPerWeek, 'week'),
  buffer: f => shortDuration(f.bufferMinutes),
  gaps: f => {
    const { gapBeforeMinutes: before, gapAfterMinutes: after } = f
    if (before === null && after === null) return 'No session near before or after'
    if (before === null) return `${shortDuration(after!)} to the session after`
    if (after === null) return `${shortDuration(before)} to the session before`
    return `${shortDuration(before)} to the session before, ${shortDuration(after)} to the one after`
  },
  connectionState: f => {
    if (isKnown(f) && f.viewer.connected) return 'The client is connected.'
    return f.requireApprovalNonConnected ? 'The client is not connected.' : "The client needn't be connected."
  },
  visibilityState: f => {
    if (f.calendarVisibility === 'public') return 'The calendar is public.'
    if (f.viewer.invited) return 'The client has a personal link.'
    return 'The calendar is open to connected clients.'
  },
} as const satisfies Record<string, (facts: DecisionFacts) => string>

function isKnown(facts: DecisionFacts) {
  return facts.viewer.signedIn && facts.viewer.proven
}

function start(facts: DecisionFacts, comparedWith: number) {
  if (facts.leadMinutes < 0) return 'it has already started'
  return `it starts in ${sayTimeLeft(facts.leadMinutes, comparedWith)}`
}

/** Leaves out the unit where the words before just named it: `in 18 hours, … needs 24`. */
function sameUnit(before: string, duration: string) {
  const [number, unit, ...more] = duration.split(' ')
  const named = before.match(/in \d+ (hour|day)s?$/)?.[1]
  return more.length === 0 && named && unit?.startsWith(named) ? number : duration
}

function sessionCount(sessions: number, limit: number | null, period: string) {
  if (limit === null) return `${count(sessions, 'session')} that ${period}, no limit`
  return `${count(sessions + 1, 'session')} that ${period} with this one, the limit is ${limit}`
}

const PLACEHOLDER = /\{(\w*)\}/g

/** A sentence of a rule, ready to be said of any attempt. */
export function sayer(sentence: string): (facts: DecisionFacts) => string {
  const pieces = sentence.split(PLACEHOLDER)
  if (pieces.length === 1) return () => sentence
  const says = pieces.map((piece, at) =>
    at % 2 === 0 ? () => piece : PHRASES[piece as keyof typeof PHRASES],
  )
  return facts => says.map(say => say(facts)).join('')
}
