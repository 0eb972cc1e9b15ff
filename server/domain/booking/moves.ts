import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { partyOf } from './authority.ts'
import { changeBooking, recordForBooking } from './change-booking.ts'
import { endMove } from './end-move.ts'
import { feeOfMove } from './fees.ts'
import { type LockedBooking, lockBooking, type PendingMove } from './lock-booking.ts'
import { moveSession } from './move-session.ts'
import { requireAhead, requireNothingOutside, requireRoom } from './recheck.ts'

const MINUTE = 60_000

/**
 * The coach's yes to a move: the session goes to its new time, checked again under the lock. What was set aside for it
 * is its own, also where staff have left it less of a break since; what ran out is checked as a new time.
 */
export async function approveMove(
  command: Command,
  booking: LockedBooking,
  move: PendingMove,
): Promise<void> {
  requireAhead(command, move.toStartsAt)
  await requireNothingOutside(command, move.coachId, move.toStartsAt, move.toEndsAt)
  await endMove(command, booking, move, 'approved', null)
  if (move.answerBy && move.answerBy <= command.now)
    await requireRoom(command, {
      sessionId: booking.sessionId,
      coachId: move.coachId,
      startsAt: move.toStartsAt,
      endsAt: move.toEndsAt,
      bufferMinutes: move.bufferMinutes,
    })
  const to = {
    coachId: move.coachId,
    startsAt: move.toStartsAt,
    endsAt: move.toEndsAt,
    blockedUntil: new Date(move.toEndsAt.getTime() + move.bufferMinutes * MINUTE),
  }
  await moveSession(command, booking, to, { feeMinor: feeOfMove(booking, move) })
}

/** The coach's no to a move: the old time stands. */
export async function declineMove(
  command: Command,
  booking: LockedBooking,
  move: PendingMove,
  reason: string | null,
): Promise<void> {
  await endMove(command, booking, move, 'declined', reason)
  await changeBooking(
    command,
    booking,
    {},
    { name: 'booking.move_declined', data: { moveId: move.id, to: move.toStartsAt } },
  )
}

/** The client takes a move back before it is answered. */
export async function withdrawMove(command: Command, { id }: { id: string }): Promise<void> {
  const booking = await lockBooking(command, id)
  partyOf(command.actor, booking)
  const { move } = booking
  if (!move) throw new Refusal('conflict', 'NO_MOVE', 'There is no move waiting for an answer any more.')
  await endMove(command, booking, move, 'withdrawn', null)
  await changeBooking(command, booking, {}, { name: 'booking.move_withdrawn', data: { moveId: move.id } })
}

/** What a move's timer does: a reminder at half time, then a decline; nothing when it was answered. */
export async function ringMove(
  command: Command,
  { bookingId, moveId, step }: { bookingId: string; moveId: string; step: 'remind' | 'expire' },
): Promise<void> {
  const booking = await lockBooking(command, bookingId)
  const { move } = booking
  if (move?.id !== moveId) return
  if (step === 'expire') await declineMove(command, booking, move, null)
  else await recordForBooking(command, booking, { name: 'booking.answer_due', data: { moveId } })
}
