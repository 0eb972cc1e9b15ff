import type { BookingFacts } from '../booking-facts.ts'
import type { MessageData, MessageType, TypeRules } from '../message.ts'
import { always, isAhead, isCancelled, isConfirmed, isLive, isRequested } from './standing.ts'

const waits = ({ move }: BookingFacts, { moveId }: MessageData, now: Date) =>
  move?.id === moveId && move?.status === 'pending' && isAhead(move.answerBy, now)
const awaitsAnswer = (booking: BookingFacts, _: MessageData, now: Date) =>
  isRequested(booking) && isAhead(booking.answerBy, now)

/** Of single bookings: what was asked, answered, moved and cancelled. */
export const bookingTypes = {
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
  times_proposed: {
    seedName: 'TIMES_PROPOSED',
    essential: true,
    calendar: null,
    wanted: ({ proposals }, { proposedAt }, now) =>
      proposals.some(
        ({ createdAt, expiresAt }) => createdAt.toISOString() === proposedAt && isAhead(expiresAt, now),
      ),
  },
  proposal_accepted: {
    seedName: 'BOOKING_CONFIRMED',
    essential: true,
    calendar: 'REQUEST',
    wanted: isConfirmed,
  },
  proposals_declined: {
    seedName: 'TIMES_PROPOSED',
    essential: true,
    calendar: null,
    wanted: isLive,
  },
  question_asked: {
    seedName: 'QUESTION_ASKED',
    essential: true,
    calendar: null,
    wanted: ({ openQuestionId }, { questionId }) => openQuestionId === questionId,
  },
  question_answered: {
    seedName: 'QUESTION_ASKED',
    essential: true,
    calendar: null,
    wanted: isRequested,
  },
  not_answered: {
    seedName: 'APPROVAL_REMINDER',
    essential: true,
    calendar: null,
    wanted: isLive,
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
} satisfies Partial<Record<MessageType, TypeRules>>
