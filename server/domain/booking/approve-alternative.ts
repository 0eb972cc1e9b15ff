import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { confirmAt } from './confirm.ts'
import { endConversation, endProposals } from './end-conversation.ts'
import type { LockedBooking } from './lock-booking.ts'
import { requireAhead, requireNothingOutside, requireRoom } from './recheck.ts'
import { minutesBetween } from './take-for-good.ts'

/**
 * The coach says yes to a client's second or third choice: the session goes there and is confirmed. Nothing kept that
 * time, so it is checked as a new one. Refuses with 409 `PROPOSAL_GONE`, `SLOT_TAKEN` or `SESSION_PAST`.
 */
export async function approveAlternative(
  command: Command,
  booking: LockedBooking,
  proposalId: string,
): Promise<void> {
  const choice = booking.proposals.find(({ id, proposedBy }) => id === proposalId && proposedBy === 'client')
  if (!choice) {
    throw new Refusal(
      'conflict',
      'PROPOSAL_GONE',
      'The client doesn’t offer this time any more. Look again before you answer.',
    )
  }
  const { coachId, startsAt, endsAt, blockedUntil } = choice
  requireAhead(command, startsAt)
  await requireNothingOutside(command, coachId, startsAt, endsAt)
  await endProposals(command, booking, booking.proposals, { as: 'withdrawn', accepted: proposalId })
  await endConversation(command, booking)
  await requireRoom(command, { ...booking, ...choice, bufferMinutes: minutesBetween(endsAt, blockedUntil) })
  await confirmAt(command, booking, choice, 'coach')
}
