import { sql } from 'kysely'
import type { Command } from '../command.ts'
import type { LockedBooking, OpenProposal } from './lock-booking.ts'

type Ending = 'declined' | 'expired' | 'withdrawn'

/** Of these, the coach's. */
export function ofCoach(proposals: readonly OpenProposal[]): OpenProposal[] {
  return proposals.filter(({ proposedBy }) => proposedBy === 'coach')
}

/**
 * Answers open proposals of a booking, one of them perhaps with yes, and gives back the time they held. `answer` is
 * what the client wrote about them.
 */
export async function endProposals(
  command: Command,
  booking: LockedBooking,
  proposals: readonly OpenProposal[],
  { as, accepted, answer }: { as: Ending; accepted?: string; answer?: string | null },
): Promise<void> {
  if (proposals.length === 0) return
  const { trx, tenantId, now } = command
  const ids = proposals.map(({ id }) => id)
  await sql`
    WITH answered AS (
      UPDATE proposals SET status = CASE WHEN id = ${accepted ?? null}::uuid THEN 'accepted' ELSE ${as} END,
        answer = ${answer ?? null}, answered_at = ${now}
      WHERE tenant_id = ${tenantId} AND booking_id = ${booking.id} AND id = ANY(${ids}::uuid[]) AND status = 'open'
      RETURNING hold_id
    ), freed AS (
      UPDATE claims SET released_at = ${now}
      WHERE tenant_id = ${tenantId} AND hold_id IN (SELECT hold_id FROM answered) AND released_at IS NULL)
    UPDATE holds SET released_at = ${now}
    WHERE tenant_id = ${tenantId} AND id IN (SELECT hold_id FROM answered) AND released_at IS NULL`.execute(
    trx,
  )
  for (const { coachId } of proposals) command.hint(`calendar:${coachId}`)
  command.hint(`booking:${booking.id}`)
}

/** Ends the open question of a booking, with the client's answer or without. */
export async function endQuestion(
  { trx, tenantId, now }: Command,
  { question }: LockedBooking,
  answer: string | null = null,
): Promise<void> {
  if (!question) return
  await trx
    .updateTable('questions')
    .set({ answer, ended_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', question.id)
    .where('ended_at', 'is', null)
    .execute()
}

/** Nothing is left to be said: what was proposed or asked on either side is withdrawn, for a booking that was answered or has ended. */
export async function endConversation(
  command: Command,
  booking: LockedBooking,
  as: Ending = 'withdrawn',
): Promise<void> {
  await endProposals(command, booking, booking.proposals, { as })
  await endQuestion(command, booking)
}
