import type { Command } from '../command.ts'
import { requireCoachSide } from './authority.ts'
import { declineRequest } from './decline-request.ts'
import { lockBooking } from './lock-booking.ts'
import { declineMove } from './moves.ts'
import { requireSeen } from './recheck.ts'

export interface Decline {
  id: string
  /** Told to the client; required of a coach. */
  reason: string
  /** One of the common reasons, or `other`. */
  code: string
  /** The time the coach means to decline. */
  startsAt?: Date | undefined
}

/** The coach says no, with a reason: the time is free again in the same transaction (004, 033). A pending move is declined and the old time stays. */
export async function decline(command: Command, { id, reason, code, startsAt }: Decline): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  requireSeen(booking, startsAt)
  if (booking.move) await declineMove(command, booking, booking.move, reason)
  else await declineRequest(command, booking, { by: 'coach', code, reason })
}
