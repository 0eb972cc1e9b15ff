import type { BookingStatus, Party } from '#server/db/tables.ts'
import { Refusal } from '../refusal.ts'

/**
 * Every change of status there is, and who may make it (part D of the requirements). Restoring what was ended
 * is `undo`, which has rules of its own.
 */
const transitions: Record<BookingStatus, Partial<Record<BookingStatus, readonly Party[]>>> = {
  REQUESTED: {
    CONFIRMED: ['coach', 'client', 'system'],
    DECLINED: ['coach', 'system'],
    CANCELLED: ['client', 'coach', 'system'],
  },
  FIRM_BOOKED: { CANCELLED: ['client', 'coach', 'system'] },
  CONFIRMED: { CANCELLED: ['client', 'coach', 'system'] },
  DECLINED: {},
  CANCELLED: {},
}

const said: Record<BookingStatus, string> = {
  REQUESTED: 'waiting for the coach',
  FIRM_BOOKED: 'already confirmed',
  CONFIRMED: 'already confirmed',
  DECLINED: 'already declined',
  CANCELLED: 'already cancelled',
}

export function allowsTransition(from: BookingStatus, to: BookingStatus, by: Party): boolean {
  return transitions[from][to]?.includes(by) ?? false
}

/** Refuses with 409 `BOOKING_STATUS` what is not in the table, saying what the booking is now (006). */
export function requireTransition(booking: { status: BookingStatus }, to: BookingStatus, by: Party): void {
  if (allowsTransition(booking.status, to, by)) return
  throw new Refusal(
    'conflict',
    'BOOKING_STATUS',
    `This booking is ${said[booking.status]}, so this can’t be done any more.`,
    {
      data: { status: booking.status },
    },
  )
}

/** The statuses in which a booking takes its coach's time. */
export const LIVE_STATUSES = [
  'REQUESTED',
  'FIRM_BOOKED',
  'CONFIRMED',
] as const satisfies readonly BookingStatus[]

export function isLive(status: BookingStatus): status is (typeof LIVE_STATUSES)[number] {
  return (LIVE_STATUSES as readonly string[]).includes(status)
}

/** Whether a session with this booking takes place, as far as anybody knows (C4). */
export function isConfirmed(status: BookingStatus): boolean {
  return status === 'FIRM_BOOKED' || status === 'CONFIRMED'
}
