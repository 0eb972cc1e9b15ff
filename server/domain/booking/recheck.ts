import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'

/** Refuses with 409 `SESSION_PAST` to confirm a time that has passed. */
export function requireAhead(command: Command, startsAt: Date): void {
  if (startsAt > command.now) return
  throw new Refusal('conflict', 'SESSION_PAST', 'This time has passed. Agree on another one with the client.')
}

/** The claim keeps all other bookings away; an outside calendar knows nothing of claims (032, 041). */
export async function requireNothingOutside(
  command: Command,
  coachId: string,
  startsAt: Date,
  endsAt: Date,
): Promise<void> {
  const { rows } = await sql`
    SELECT FROM external_busy WHERE tenant_id = ${command.tenantId} AND coach_id = ${coachId}
      AND starts_at < ${endsAt} AND ends_at > ${startsAt} LIMIT 1`.execute(command.trx)
  if (rows.length === 0) return
  throw new Refusal(
    'conflict',
    'SLOT_TAKEN',
    'Your outside calendar has taken this time since. Suggest another one or decline.',
  )
}
