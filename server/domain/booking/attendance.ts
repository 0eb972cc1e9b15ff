import { whatNoShowCosts } from '../cancellation/cost.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { NOT_WAIVED, saleOf, standingFee } from './fees.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { isConfirmed } from './transitions.ts'

export interface MarkAttendance {
  id: string
  attendance: 'attended' | 'no_show' | null
}

/** The coach notes whether the client came, once the session has begun; null takes it back (C6). */
export async function markAttendance(command: Command, { id, attendance }: MarkAttendance): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  if (!isConfirmed(booking.status)) {
    throw new Refusal('conflict', 'BOOKING_STATUS', 'Attendance is noted for confirmed bookings only.', {
      data: { status: booking.status },
    })
  }
  if (booking.startsAt > command.now) {
    throw new Refusal('conflict', 'SESSION_AHEAD', 'The session has not begun yet.', { field: 'attendance' })
  }
  if (attendance === 'no_show' && (await isCheckedIn(command, id))) {
    throw new Refusal('conflict', 'CHECKED_IN', 'This client was checked in. Take that back first.', {
      field: 'attendance',
    })
  }
  await changeAttendance(command, booking, attendance)
}

/** Whether any of a booking's seats is checked in. */
export async function isCheckedIn({ trx, tenantId }: Command, bookingId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('check_ins')
    .select('seat')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Notes whether the client of a locked booking came: marked by the coach, or found by checking in its seats. Who stayed
 * away owes what the terms say; taking the mark back takes the fee back (067).
 */
export async function changeAttendance(
  command: Command,
  booking: LockedBooking,
  attendance: MarkAttendance['attendance'],
): Promise<void> {
  const feeMinor = attendance === 'no_show' ? whatNoShowCosts(saleOf(booking)).feeMinor : standingFee(booking)
  const touchesFee = attendance !== booking.attendance && [attendance, booking.attendance].includes('no_show')
  await changeBooking(
    command,
    booking,
    { attendance, ...(touchesFee && { fee_minor: feeMinor, ...NOT_WAIVED }) },
    { name: 'booking.attendance_marked', data: { attendance, ...(touchesFee && { feeMinor }) } },
  )
}
