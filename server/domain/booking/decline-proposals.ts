import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireClientSide } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { endProposals, ofCoach } from './end-conversation.ts'
import { lockBooking } from './lock-booking.ts'
import { coachsTurn } from './turns.ts'

/**
 * The client can take none of the suggested times: they are free again. A request goes back to its coach with what
 * was left of the time to answer; a confirmed booking stays where it is. Refuses with 409 `PROPOSAL_GONE`.
 */
export async function declineProposals(
  command: Command,
  { id, message }: { id: string; message?: string | undefined },
): Promise<void> {
  const booking = await lockBooking(command, id)
  requireClientSide(command.actor, booking)
  const proposals = ofCoach(booking.proposals)
  if (!proposals.some(({ expiresAt }) => expiresAt! > command.now)) {
    throw new Refusal(
      'conflict',
      'PROPOSAL_GONE',
      'These times are no longer kept for you, so there is nothing to decline.',
    )
  }
  await endProposals(command, booking, proposals, { as: 'declined', answer: message?.trim() || null })
  await changeBooking(command, booking, await coachsTurn(command, booking), {
    name: 'booking.proposals_declined',
    data: { proposalId: proposals[0]!.id },
  })
}
