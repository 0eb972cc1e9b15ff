import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireCoachSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { endProposals, ofCoach } from './end-conversation.ts'
import { lockBooking } from './lock-booking.ts'
import { coachsTurn } from './turns.ts'

/**
 * The coach takes the suggested times back; they are free again, and a request is the coach's to answer. Refuses with
 * 409 `PROPOSAL_GONE` where none is open.
 */
export async function withdrawProposals(command: Command, { id }: { id: string }): Promise<void> {
  const booking = await lockBooking(command, id)
  requireCoachSide(command.actor, booking)
  const proposals = ofCoach(booking.proposals)
  if (proposals.length === 0) {
    throw new Refusal(
      'conflict',
      'PROPOSAL_GONE',
      'The times you suggested were answered or ran out. There is nothing to take back.',
    )
  }
  await endProposals(command, booking, proposals, { as: 'withdrawn' })
  await changeBooking(command, booking, await coachsTurn(command, booking), {
    name: 'booking.proposals_withdrawn',
  })
}
