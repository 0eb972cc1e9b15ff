import { sql } from 'kysely'
import type { Command } from '../command.ts'
import type { LockedBooking, PendingMove } from './lock-booking.ts'

/** Answers a pending move and gives back the time it held. */
export async function endMove(
  command: Command,
  booking: LockedBooking,
  move: PendingMove,
  status: 'approved' | 'declined' | 'withdrawn',
  reason: string | null,
): Promise<void> {
  const { tenantId, now } = command
  await sql`
    WITH answered AS (UPDATE moves SET status = ${status}, reason = ${reason}, answered_at = ${now}
      WHERE tenant_id = ${tenantId} AND id = ${move.id}),
    freed AS (UPDATE claims SET released_at = ${now}
      WHERE tenant_id = ${tenantId} AND hold_id = ${move.holdId} AND released_at IS NULL)
    UPDATE holds SET released_at = ${now} WHERE tenant_id = ${tenantId} AND id = ${move.holdId} AND released_at IS NULL`.execute(
    command.trx,
  )
  command.hint(`calendar:${move.coachId}`)
  command.hint(`booking:${booking.id}`)
}
