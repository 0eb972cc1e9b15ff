import { deadlines } from '../../sessions/deadlines.ts'
import type { BookingFacts } from '../booking-facts.ts'
import type { MessageData, MessageType, TypeRules } from '../message.ts'
import type { SessionMessageFacts } from '../session-facts.ts'
import { isAt, isConfirmed } from './standing.ts'

const HOUR = 3_600_000
/** A worker that was down sends late: from here on "tomorrow" misleads, and the reminder an hour before suffices. */
const LEAST_BEFORE_START = 3 * HOUR
/** Asked later than so long after a session, nobody remembers well how it was. */
const LATEST_QUESTION = 7 * 24 * HOUR

const stands = (booking: BookingFacts, { sequence, sessionId = booking.session.id }: MessageData) =>
  isConfirmed(booking) && booking.session.sequence === sequence && booking.session.id === sessionId
/** The start that a reminder is about: of the one date, or of one of several. */
const startOf = ({ session, held }: BookingFacts, { position = 0 }: MessageData) =>
  held?.dates[position]?.startsAt ?? session.startsAt
const endOf = ({ session, held }: BookingFacts) => held?.dates.at(-1)?.endsAt ?? session.endsAt
/** Whether the terms still ask for the reminder: the coach may have taken its day out of them. */
const isAskedFor = ({ session, held }: BookingFacts, { remindAt }: MessageData) =>
  held !== null &&
  deadlines(held.terms, held.dates[0]!.startsAt, session.timeZone).reminders.some(
    instant => instant.toISOString() === remindAt,
  )
const millisecondsTo = (instant: Date, now: Date) => instant.getTime() - now.getTime()
/** Those who lead a session that nobody has booked needn't be reminded of it. */
const isNear = (session: SessionMessageFacts, data: MessageData, now: Date, least: number) =>
  isAt(session, data) &&
  session.taken > 0 &&
  millisecondsTo(session.dates[data.position ?? 0]?.startsAt ?? now, now) > least

/** Before a session, and the question after it. */
export const reminderTypes = {
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
      stands(booking, data) &&
      isAskedFor(booking, data) &&
      millisecondsTo(startOf(booking, data), now) >= 24 * HOUR,
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
} satisfies Partial<Record<MessageType, TypeRules>>
