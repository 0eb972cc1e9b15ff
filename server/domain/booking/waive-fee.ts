import { readSoldTerms } from '../cancellation/terms.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { lockBooking } from './lock-booking.ts'

export interface WaiveFee {
  id: string
  /** For the record; its client doesn't see it. */
  reason: string
}

/**
 * The coach's side lets a client off what a booking owes for cancelling, staying away or moving late (067). Refuses
 * with 409 `NO_FEE` where nothing is owed, or no longer.
 */
export async function waiveFee(command: Command, { id, reason }: WaiveFee): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  const { feeMinor, policySnapshot } = booking
  if (feeMinor === 0) throw new Refusal('conflict', 'NO_FEE', 'There is no fee to waive on this booking.')
  const sold = readSoldTerms(policySnapshot)
  await changeBooking(
    command,
    booking,
    {
      fee_minor: 0,
      fee_waived_minor: feeMinor,
      fee_waived_at: command.now,
      fee_waived_by: command.actor.as === 'member' ? command.actor.personId : null,
      fee_waive_reason: reason,
      // What its late moves have cost is let off with it, so that it isn't charged again when it is cancelled.
      ...(sold && { policy_snapshot: JSON.stringify({ ...sold, moveFeeMinor: 0 }) }),
    },
    { name: 'booking.fee_waived', data: { feeMinor } },
  )
}
