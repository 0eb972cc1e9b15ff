import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { lockBooking } from './lock-booking.ts'
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
  await changeBooking(
    command,
    booking,
    { attendance },
    { name: 'booking.attendance_marked', data: { attendance } },
  )
}
