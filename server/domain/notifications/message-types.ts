import type { BookingFacts } from './booking-facts.ts'

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
  | 'feedback_request'
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
}

const isConfirmed = ({ status }: BookingFacts) => status === 'FIRM_BOOKED' || status === 'CONFIRMED'
const isRequested = ({ status }: BookingFacts) => status === 'REQUESTED'
const isCancelled = ({ status }: BookingFacts) => status === 'CANCELLED'
const isLive = (booking: BookingFacts) => isConfirmed(booking) || isRequested(booking)
const stands = (booking: BookingFacts, { sequence }: MessageData) =>
  isConfirmed(booking) && booking.session.sequence === sequence
const isAhead = (instant: Date | null, now: Date) => instant === null || instant > now
const waits = ({ move }: BookingFacts, { moveId }: MessageData, now: Date) =>
  move?.id === moveId && move?.status === 'pending' && isAhead(move.answerBy, now)
const awaitsAnswer = (booking: BookingFacts, _: MessageData, now: Date) =>
  isRequested(booking) && isAhead(booking.answerBy, now)
const always = () => true

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
      stands(booking, data) && booking.session.startsAt.getTime() - now.getTime() >= LEAST_BEFORE_START,
  },
  reminder_1h: {
    seedName: 'SESSION_REMINDER',
    essential: true,
    calendar: null,
    wanted: (booking, data, now) => stands(booking, data) && booking.session.startsAt > now,
  },
  feedback_request: {
    seedName: 'FEEDBACK_REQUEST',
    essential: false,
    calendar: null,
    wanted: (booking, data, now) =>
      stands(booking, data) &&
      booking.attendance !== 'no_show' &&
      !booking.hasFeedback &&
      now.getTime() - booking.session.endsAt.getTime() <= LATEST_QUESTION,
  },
  connection_invited: { seedName: 'CONNECTION_INVITED', essential: true, calendar: null, wanted: always },
  connection_requested: { seedName: 'CONNECTION_REQUESTED', essential: true, calendar: null, wanted: always },
  connection_accepted: { seedName: 'CONNECTION_ACCEPTED', essential: true, calendar: null, wanted: always },
  sign_in_link: { seedName: 'SIGN_IN_LINK', essential: true, calendar: null, wanted: always },
  password_reset: { seedName: 'PASSWORD_RESET', essential: true, calendar: null, wanted: always },
  business_found: { seedName: 'BUSINESS_FOUND', essential: true, calendar: null, wanted: always },
}
