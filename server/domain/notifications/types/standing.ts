import type { BookingFacts } from '../booking-facts.ts'
import type { MessageData } from '../message.ts'
import type { SessionMessageFacts } from '../session-facts.ts'

/*
 * How bookings and sessions stand, as several types of message ask it.
 */

export const isConfirmed = ({ status }: BookingFacts) => status === 'FIRM_BOOKED' || status === 'CONFIRMED'
export const isRequested = ({ status }: BookingFacts) => status === 'REQUESTED'
export const isCancelled = ({ status }: BookingFacts) => status === 'CANCELLED'
export const isLive = (booking: BookingFacts) => isConfirmed(booking) || isRequested(booking)
export const isOn = ({ state }: SessionMessageFacts) => state !== 'CANCELLED'
export const isAt = (session: SessionMessageFacts, { sequence }: MessageData) =>
  isOn(session) && session.sequence === sequence
export const isAhead = (instant: Date | null, now: Date) => instant === null || instant > now
export const always = () => true
export const never = () => false
