import type { BookingFacts } from './booking-facts.ts'
import type { SessionMessageFacts } from './session-facts.ts'

const HOUR = 3_600_000
/** A worker that was down sends late: from here on "tomorrow" misleads, and the reminder an hour before suffices. */
const LEAST_BEFORE_START = 3 * HOUR
/** Asked later than so long after a session, nobody remembers well how it was. */
const LATEST_QUESTION = 7 * 24 * HOUR

/** Who is told: the client, the session's coach, or the coach who led it before a move. */
export type Audience = 'client' | 'coach' | 'formerCoach'

export type MessageType =
  | 'request_received'
  | 'approval_required'
  | 'approval_reminder'
  | 'booking_confirmed'
  | 'new_booking'
  | 'booking_declined'
  | 'booking_cancelled'
  | 'request_withdrawn'
  | 'booking_moved'
  | 'booking_handed_over'
  | 'move_requested'
  | 'move_declined'
  | 'move_withdrawn'
  | 'booking_restored'
  | 'reminder_24h'
  | 'reminder_1h'
  | 'reminder_days'
  | 'feedback_request'
  | 'certificate_ready'
  | 'session_scheduled'
  | 'session_moved'
  | 'session_changed'
  | 'session_handed_over'
  | 'session_cancelled'
  | 'session_confirmed'
  | 'session_extended'
  | 'minimum_warning'
  | 'minimum_decision'
  | 'minimum_reminder'
  | 'session_update'
  | 'material_available'
  | 'connection_invited'
  | 'connection_requested'
  | 'connection_accepted'
  | 'sign_in_link'
  | 'password_reset'
  | 'business_found'

/** What a message carries of its cause: ids, instants and codes, never text. */
export interface MessageData {
  audience?: Audience
  /** The session's sequence when it was planned. */
  sequence?: number
  /** Of a session with dates of its own, which one it was planned for: a booking may move to another. */
  sessionId?: string
  /** Which of its dates, from 0. */
  position?: number
  /** How many dates it had before a move. */
  formerDates?: number
  /** The deadline it tells of. */
  decideBy?: string
  postId?: string
  materialId?: string
  /** The start before a move. */
  from?: string
  moveId?: string
  linkId?: string
  /** The two of a connection. */
  clientId?: string
  coachId?: string
}

interface TypeRules {
  /** Of the seed's names (178–187), the one it stands for; its own in capitals where the seed has none (C24). */
  seedName: string
  /** Whether people may switch it off. */
  essential: boolean
  /** The calendar object it brings, where the session is or was confirmed. */
  calendar: 'REQUEST' | 'CANCEL' | null
  /** Whether the booking's present state, at this instant, still calls for it: asked again when it is sent. */
  wanted(booking: BookingFacts, data: MessageData, now: Date): boolean
  /** The same of a message about a session as a whole, to one who leads it; of no such message where it is left out. */
  wantedOfSession?(session: SessionMessageFacts, data: MessageData, now: Date): boolean
}

const isConfirmed = ({ status }: BookingFacts) => status === 'FIRM_BOOKED' || status === 'CONFIRMED'
const isRequested = ({ status }: BookingFacts) => status === 'REQUESTED'
const isCancelled = ({ status }: BookingFacts) => status === 'CANCELLED'
const isLive = (booking: BookingFacts) => isConfirmed(booking) || isRequested(booking)
const stands = (booking: BookingFacts, { sequence, sessionId = booking.session.id }: MessageData) =>
  isConfirmed(booking) && booking.session.sequence === sequence && booking.session.id === sessionId
/** The start that a reminder is about: of the one date, or of one of several. */
const startOf = ({ session, held }: BookingFacts, { position = 0 }: MessageData) =>
  held?.dates[position]?.startsAt ?? session.startsAt
const endOf = ({ session, held }: BookingFacts) => held?.dates.at(-1)?.endsAt ?? session.endsAt
const millisecondsTo = (instant: Date, now: Date) => instant.getTime() - now.getTime()

const isOn = ({ state }: SessionMessageFacts) => state !== 'CANCELLED'
const isOff = ({ state }: SessionMessageFacts) => state === 'CANCELLED'
const isAt = (session: SessionMessageFacts, { sequence }: MessageData) =>
  isOn(session) && session.sequence === sequence
/** Those who lead a session that nobody has booked needn't be reminded of it. */
const isNear = (session: SessionMessageFacts, data: MessageData, now: Date, least: number) =>
  isAt(session, data) &&
  session.taken > 0 &&
  millisecondsTo(session.dates[data.position ?? 0]?.startsAt ?? now, now) > least
const isOpen = (session: SessionMessageFacts, { decideBy }: MessageData) =>
  isOn(session) && session.decideBy?.toISOString() === decideBy
const isTold = ({ status, held }: BookingFacts) =>
  (status === 'FIRM_BOOKED' || status === 'CONFIRMED') && held?.state !== 'CANCELLED'
const isAhead = (instant: Date | null, now: Date) => instant === null || instant > now
const waits = ({ move }: BookingFacts, { moveId }: MessageData, now: Date) =>
  move?.id === moveId && move?.status === 'pending' && isAhead(move.answerBy, now)
const awaitsAnswer = (booking: BookingFacts, _: MessageData, now: Date) =>
  isRequested(booking) && isAhead(booking.answerBy, now)
const always = () => true
const never = () => false
const isSameSequence = ({ session }: BookingFacts, { sequence }: MessageData) => session.sequence === sequence

/** Every type of message there is. */
export const messageTypes: Record<MessageType, TypeRules> = {
  request_received: {
    seedName: 'BOOKING_CREATED',
    essential: true,
    calendar: null,
    wanted: isRequested,
  },
  approval_required: {
    seedName: 'BOOKING_CREATED',
    essential: true,
    calendar: null,
    wanted: awaitsAnswer,
  },
  approval_reminder: {
    seedName: 'APPROVAL_REMINDER',
    essential: true,
    calendar: null,
    wanted: (booking, data, now) => (data.moveId ? waits : awaitsAnswer)(booking, data, now),
  },
  booking_confirmed: {
    seedName: 'BOOKING_CONFIRMED',
    essential: true,
    calendar: 'REQUEST',
    wanted: isConfirmed,
  },
  new_booking: {
    seedName: 'BOOKING_CONFIRMED',
    essential: true,
    calendar: 'REQUEST',
    wanted: isConfirmed,
  },
  booking_declined: {
    seedName: 'BOOKING_DECLINED',
    essential: true,
    calendar: null,
    wanted: ({ status }) => status === 'DECLINED',
  },
  booking_cancelled: {
    seedName: 'BOOKING_CANCELLED',
    essential: true,
    calendar: 'CANCEL',
    wanted: isCancelled,
  },
  request_withdrawn: {
    seedName: 'BOOKING_CANCELLED',
    essential: true,
    calendar: null,
    wanted: isCancelled,
  },
  booking_moved: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: 'REQUEST',
    wanted: (booking, { sequence }) => isLive(booking) && booking.session.sequence === sequence,
  },
  booking_handed_over: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: 'CANCEL',
    wanted: always,
  },
  move_requested: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: null,
    wanted: waits,
  },
  move_declined: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: null,
    wanted: isLive,
  },
  move_withdrawn: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: null,
    wanted: isLive,
  },
  booking_restored: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: 'REQUEST',
    wanted: isLive,
  },
  reminder_24h: {
    seedName: 'SESSION_REMINDER',
    essential: true,
    calendar: null,
    wanted: (booking, data, now) =>
      stands(booking, data) && millisecondsTo(startOf(booking, data), now) >= LEAST_BEFORE_START,
    wantedOfSession: (session, data, now) => isNear(session, data, now, LEAST_BEFORE_START),
  },
  reminder_1h: {
    seedName: 'SESSION_REMINDER',
    essential: true,
    calendar: null,
    wanted: (booking, data, now) => stands(booking, data) && startOf(booking, data) > now,
    wantedOfSession: (session, data, now) => isNear(session, data, now, 0),
  },
  reminder_days: {
    seedName: 'SESSION_REMINDER',
    essential: true,
    calendar: null,
    wanted: (booking, data, now) =>
      stands(booking, data) && millisecondsTo(startOf(booking, data), now) >= 24 * HOUR,
  },
  feedback_request: {
    seedName: 'FEEDBACK_REQUEST',
    essential: false,
    calendar: null,
    wanted: (booking, data, now) =>
      stands(booking, data) &&
      booking.attendance !== 'no_show' &&
      !booking.hasFeedback &&
      now.getTime() - endOf(booking).getTime() <= LATEST_QUESTION,
  },
  session_scheduled: {
    seedName: 'SESSION_SCHEDULED',
    essential: true,
    calendar: 'REQUEST',
    wanted: never,
    wantedOfSession: isOn,
  },
  session_moved: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: 'REQUEST',
    wanted: (booking, data) => isLive(booking) && isSameSequence(booking, data),
    wantedOfSession: isAt,
  },
  session_changed: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: 'REQUEST',
    wanted: (booking, data) => isLive(booking) && isSameSequence(booking, data),
  },
  session_handed_over: {
    seedName: 'BOOKING_MODIFIED',
    essential: true,
    calendar: 'CANCEL',
    wanted: never,
    wantedOfSession: always,
  },
  session_cancelled: {
    seedName: 'BOOKING_CANCELLED',
    essential: true,
    calendar: 'CANCEL',
    wanted: isCancelled,
    wantedOfSession: isOff,
  },
  session_confirmed: {
    seedName: 'SESSION_CONFIRMED',
    essential: true,
    calendar: null,
    wanted: isTold,
    wantedOfSession: ({ state }) => state === 'GO',
  },
  session_extended: {
    seedName: 'SESSION_EXTENDED',
    essential: true,
    calendar: null,
    wanted: (booking, { decideBy }) => isTold(booking) && booking.held?.decideBy?.toISOString() === decideBy,
    wantedOfSession: isOpen,
  },
  minimum_warning: {
    seedName: 'MINIMUM_WARNING',
    essential: true,
    calendar: null,
    wanted: never,
    wantedOfSession: (session, data) =>
      isOpen(session, data) && session.taken < (session.terms.minimum?.seats ?? 0),
  },
  minimum_decision: {
    seedName: 'MINIMUM_DECISION',
    essential: true,
    calendar: null,
    wanted: never,
    wantedOfSession: isOpen,
  },
  minimum_reminder: {
    seedName: 'MINIMUM_DECISION',
    essential: true,
    calendar: null,
    wanted: never,
    wantedOfSession: isOpen,
  },
  session_update: {
    seedName: 'SESSION_UPDATE',
    essential: true,
    calendar: null,
    wanted: isTold,
  },
  material_available: {
    seedName: 'MATERIAL_AVAILABLE',
    essential: true,
    calendar: null,
    wanted: isTold,
  },
  certificate_ready: {
    seedName: 'CERTIFICATE_READY',
    essential: true,
    calendar: null,
    wanted: isConfirmed,
  },
  connection_invited: { seedName: 'CONNECTION_INVITED', essential: true, calendar: null, wanted: always },
  connection_requested: { seedName: 'CONNECTION_REQUESTED', essential: true, calendar: null, wanted: always },
  connection_accepted: { seedName: 'CONNECTION_ACCEPTED', essential: true, calendar: null, wanted: always },
  sign_in_link: { seedName: 'SIGN_IN_LINK', essential: true, calendar: null, wanted: always },
  password_reset: { seedName: 'PASSWORD_RESET', essential: true, calendar: null, wanted: always },
  business_found: { seedName: 'BUSINESS_FOUND', essential: true, calendar: null, wanted: always },
}
