import type { BookingFacts } from '../booking-facts.ts'
import type { MessageData, MessageType, TypeRules } from '../message.ts'
import type { SessionMessageFacts } from '../session-facts.ts'
import { always, isAt, isCancelled, isConfirmed, isLive, isOn, never } from './standing.ts'

const isOff = ({ state }: SessionMessageFacts) => state === 'CANCELLED'
const isOpen = (session: SessionMessageFacts, { decideBy }: MessageData) =>
  isOn(session) && session.decideBy?.toISOString() === decideBy
const isTold = ({ status, held }: BookingFacts) =>
  (status === 'FIRM_BOOKED' || status === 'CONFIRMED') && held?.state !== 'CANCELLED'
const isSameSequence = ({ session }: BookingFacts, { sequence }: MessageData) => session.sequence === sequence

/** Of sessions with dates of their own: to all who take part, and to those who lead them. */
export const sessionTypes = {
  session_scheduled: {
    seedName: 'SESSION_SCHEDULED',
    essential: true,
    calendar: 'REQUEST',
    wanted: never,
    wantedOfSession: isOn,
  },
  schedule_round: {
    seedName: 'SESSION_SCHEDULED',
    essential: true,
    calendar: 'REQUEST',
    wanted: never,
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
} satisfies Partial<Record<MessageType, TypeRules>>
