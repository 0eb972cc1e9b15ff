import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireClientSide } from './authority.ts'
import { confirmAt } from './confirm.ts'
import { endConversation, endProposals, ofCoach } from './end-conversation.ts'
import { type LockedBooking, lockBooking, type OpenProposal } from './lock-booking.ts'
import { moveSession } from './move-session.ts'
import { requireAhead, requireNothingOutside } from './recheck.ts'
import { isConfirmed } from './transitions.ts'

/**
 * The client takes one of the times the coach suggested, by one tap: the session goes there and is confirmed without
 * another approval, the other times are free again (034). A second tap on the time that was taken changes nothing.
 * Refuses with 409 `PROPOSAL_GONE` one that ran out, was taken back, or whose client is blocked since, `SLOT_TAKEN` one
 * that an outside calendar has taken since, `SESSION_PAST`.
 */
export async function acceptProposal(
  command: Command,
  { id, proposalId }: { id: string; proposalId: string },
): Promise<void> {
  const booking = await lockBooking(command, id)
  requireClientSide(command.actor, booking)
  if (await isTaken(command, booking, proposalId)) return
  const proposal = requireStanding(command, booking, proposalId)
  if (await isBlocked(command, booking)) throw gone()
  requireAhead(command, proposal.startsAt)
  await requireNothingOutside(command, proposal.coachId, proposal.startsAt, proposal.endsAt, 'client')

  await endProposals(command, booking, ofCoach(booking.proposals), { as: 'declined', accepted: proposalId })
  await endConversation(command, booking)
  if (booking.status === 'REQUESTED') await confirmAt(command, booking, proposal, 'client')
  else await moveSession(command, booking, proposal, { proposalId })
}

/** Whether the session is where this proposal has brought it. */
async function isTaken(
  { trx, tenantId }: Command,
  { id, status, startsAt, coachId }: LockedBooking,
  proposalId: string,
): Promise<boolean> {
  if (!isConfirmed(status)) return false
  const taken = await trx
    .selectFrom('proposals')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', id)
    .where('id', '=', proposalId)
    .where('proposed_by', '=', 'coach')
    .where('status', '=', 'accepted')
    .where('starts_at', '=', startsAt)
    .where('coach_id', '=', coachId)
    .executeTakeFirst()
  return taken !== undefined
}

function requireStanding(command: Command, booking: LockedBooking, proposalId: string): OpenProposal {
  const proposal = ofCoach(booking.proposals).find(({ id }) => id === proposalId)
  if (proposal && proposal.expiresAt! > command.now) return proposal
  throw gone()
}

/** By the business or by this coach. A blocked client isn't told. */
async function isBlocked({ trx, tenantId }: Command, { clientId, coachId }: LockedBooking): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM clients
    WHERE tenant_id = ${tenantId} AND person_id = ${clientId} AND blocked_at IS NOT NULL
    UNION ALL SELECT FROM connections
    WHERE tenant_id = ${tenantId} AND client_id = ${clientId} AND coach_id = ${coachId} AND status = 'blocked'`.execute(
    trx,
  )
  return rows.length > 0
}

function gone(): Refusal {
  return new Refusal(
    'conflict',
    'PROPOSAL_GONE',
    'This time is no longer kept for you. Choose another of the suggested times, or ask your coach for a new one.',
  )
}
