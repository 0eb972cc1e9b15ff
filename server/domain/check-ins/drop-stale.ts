import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { opensBefore } from './window.ts'

/**
 * Forgets check-ins for dates that have moved to another time since: who came then hasn't come yet. Call it after the
 * dates of a session were rewritten.
 */
export async function dropStaleCheckIns({ trx, tenantId, now }: Command, sessionId: string): Promise<void> {
  await sql`
    WITH dropped AS (
      DELETE FROM check_ins c USING bookings b
      WHERE c.tenant_id = ${tenantId} AND b.tenant_id = c.tenant_id AND b.id = c.booking_id
        AND b.session_id = ${sessionId} AND NOT EXISTS (
          SELECT FROM session_dates d WHERE d.tenant_id = b.tenant_id AND d.session_id = b.session_id
            AND d.position = c.position AND c.at >= ${opensBefore('d')})
      RETURNING c.booking_id)
    UPDATE bookings SET attendance = NULL, changed_at = ${now}
    WHERE tenant_id = ${tenantId} AND attendance = 'attended' AND id IN (SELECT booking_id FROM dropped)`.execute(
    trx,
  )
}
