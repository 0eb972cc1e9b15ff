import type { Command } from '../command.ts'
import { approveAlternative } from './approve-alternative.ts'
import { requireCoachSide } from './authority.ts'
import { confirmRequest } from './confirm.ts'
import { lockBooking } from './lock-booking.ts'
import { approveMove } from './moves.ts'
import { requireSeen } from './recheck.ts'

export interface Approve {
  id: string
  /** The time the coach means to approve. */
  startsAt?: Date | undefined
  /** The client's second or third choice, in place of the first. */
  proposalId?: string | undefined
}

/**
 * The coach says yes: a request becomes CONFIRMED (003, 032), a move that waits takes place. Checked again under the
 * lock: a time that has passed or that an outside calendar has taken since is refused with 409.
 */
export async function approve(command: Command, { id, startsAt, proposalId }: Approve): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  requireSeen(booking, startsAt)
  if (proposalId) await approveAlternative(command, booking, proposalId)
  else if (booking.move) await approveMove(command, booking, booking.move)
  else await confirmRequest(command, booking, 'coach')
}
