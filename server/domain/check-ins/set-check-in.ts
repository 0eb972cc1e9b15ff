import { changeAttendance } from '../booking/attendance.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { type LockedBooking, lockBooking } from '../booking/lock-booking.ts'
import { isConfirmed } from '../booking/transitions.ts'
import type { Command } from '../command.ts'
import { findSessionForStaff, type HeldSession } from '../participation/held-session.ts'
import { notFound, Refusal } from '../refusal.ts'
import { checkInWindow, isOpen } from './window.ts'

export interface SetCheckIn {
  bookingId: string
  /** 1 is the client's own. */
  seat: number
  /** Of the session's date. */
  position: number
  /** False takes the check-in back. */
  present: boolean
}

/**
 * Notes that somebody in a seat is there on a date, or takes that back; a repeat changes nothing. Once every seat was
 * checked in on some date the booking counts as attended. Refuses with 404 a seat or date that isn't there, with 409
 * `BOOKING_STATUS`, `CHECK_IN_CLOSED`, and `CERTIFICATE_ISSUED` where a certificate rests on it.
 */
export async function setCheckIn(command: Command, input: SetCheckIn): Promise<void> {
  const { actor } = command
  if (actor.as !== 'member') throw notFound('booking')
  const booking = await lockBooking(command, input.bookingId)
  const session = await findSessionForStaff(command, booking.sessionId, 'bookings.answer')
  requireOpen(command, booking, session, input)
  if (!input.present) await requireNoCertificate(command, input)

  const isChanged = input.present ? await add(command, input, actor.personId) : await takeBack(command, input)
  if (!isChanged) return
  await changeBooking(
    command,
    booking,
    {},
    {
      name: input.present ? 'booking.checked_in' : 'booking.check_in_undone',
      data: { sessionId: session.id, seat: input.seat, position: input.position },
    },
  )
  await bringAttendanceInLine(command, booking, input)
}

function requireOpen(
  { now }: Command,
  { status, seats }: LockedBooking,
  { dates, state }: HeldSession,
  { seat, position }: SetCheckIn,
): void {
  const date = dates.find(each => each.position === position)
  if (!date) throw notFound('date')
  if (seat > seats) throw notFound('seat')
  if (!isConfirmed(status) || state === 'CANCELLED') {
    throw new Refusal('conflict', 'BOOKING_STATUS', 'Only seats of confirmed bookings are checked in.', {
      data: { status },
    })
  }
  const window = checkInWindow(dates, date)
  if (!isOpen(window, now)) {
    throw new Refusal(
      'conflict',
      'CHECK_IN_CLOSED',
      now < window.opensAt
        ? 'Check-in opens 12 hours before the session.'
        : 'Check-in closed 7 days after the session.',
      { data: { opensAt: window.opensAt.toISOString(), closesAt: window.closesAt.toISOString() } },
    )
  }
}

async function requireNoCertificate(
  { trx, tenantId }: Command,
  { bookingId, seat }: SetCheckIn,
): Promise<void> {
  const certificate = await trx
    .selectFrom('certificates')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('seat', '=', seat)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (certificate) {
    throw new Refusal(
      'conflict',
      'CERTIFICATE_ISSUED',
      'A certificate rests on this check-in. Revoke the certificate first.',
      { data: { certificateId: certificate.id } },
    )
  }
}

async function add(
  { trx, tenantId, now }: Command,
  { bookingId, seat, position }: SetCheckIn,
  byPerson: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('check_ins')
    .values({
      tenant_id: tenantId,
      booking_id: bookingId,
      seat,
      position,
      at: now,
      by_person: byPerson,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

async function takeBack(
  { trx, tenantId }: Command,
  { bookingId, seat, position }: SetCheckIn,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('check_ins')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('seat', '=', seat)
    .where('position', '=', position)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/**
 * Attended once every seat was checked in, unknown again when that is taken back, and never a no-show while somebody
 * is there; what the coach marked otherwise stays.
 */
async function bringAttendanceInLine(
  command: Command,
  booking: LockedBooking,
  { present }: SetCheckIn,
): Promise<void> {
  const { checkedIn } = await command.trx
    .selectFrom('check_ins')
    .select(select => select.fn.count<number>('seat').distinct().as('checkedIn'))
    .where('tenant_id', '=', command.tenantId)
    .where('booking_id', '=', booking.id)
    .executeTakeFirstOrThrow()
  const isComplete = checkedIn === booking.seats
  const overtaken = present ? 'no_show' : 'attended'
  const unlessComplete = booking.attendance === overtaken ? null : booking.attendance
  const attendance = isComplete ? 'attended' : unlessComplete
  if (attendance !== booking.attendance) await changeAttendance(command, booking, attendance)
}
