import type { Party } from '#server/db/tables.ts'
import type { Command } from '../command.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { approveMove } from './moves.ts'
import { requireAhead, requireSeen, requireTimeToSpare } from './recheck.ts'
import { requireTransition } from './transitions.ts'

/**
 * The coach says yes: a request becomes CONFIRMED (003, 032), a move that waits takes place. Checked again under the
 * lock: a time that has passed or that an outside calendar has taken since is refused with 409.
 */
export async function approve(
  command: Command,
  { id, startsAt }: { id: string; startsAt?: Date | undefined },
): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  requireSeen(booking, startsAt)
  if (booking.move) await approveMove(command, booking, booking.move)
  else await confirmRequest(command, booking, 'coach')
}

export async function confirmRequest(command: Command, booking: LockedBooking, by: Party): Promise<void> {
  requireTransition(booking, 'CONFIRMED', by)
  requireAhead(command, booking.startsAt)
  await requireTimeToSpare(command, booking)
  await changeBooking(
    command,
    booking,
    { status: 'CONFIRMED', awaiting: null, confirmed_at: command.now, confirmed_by: by },
    { name: 'booking.confirmed', data: { status: 'CONFIRMED', startsAt: booking.startsAt } },
  )
}
