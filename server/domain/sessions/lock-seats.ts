import { sql } from 'kysely'
import { literal } from '#server/db/in-tenant.ts'
import type { Command } from '../command.ts'

/*
 * The lock of a session's seats is that of its seats rows, always in the order of sessions and modes, and always
 * after the calendars and before the bookings. Seats need no lock of a coach's time: the session has it already.
 * Each text below is sent together with BEGIN, see `inTenant`; facts are read by a later statement.
 */

function lockText(tenantId: string, sessions: string): string {
  return `
    SELECT FROM session_seats WHERE tenant_id = ${literal(tenantId)} AND session_id IN (${sessions})
    ORDER BY session_id, mode FOR UPDATE`
}

/**
 * Locks the seats of a session, and those that the visitor's checkout hold takes, which may be of another session and
 * ends with the booking.
 */
export function lockOfSeats(
  tenantId: string,
  sessionId: string,
  { holdId, visitorHash }: { holdId: string | null; visitorHash: string | null },
): string {
  const own = [
    ...(holdId ? [`id = ${literal(holdId)}`] : []),
    ...(visitorHash ? [`visitor_hash = ${literal(visitorHash)}`] : []),
  ]
  const held = `
    UNION SELECT session_id FROM holds WHERE tenant_id = ${literal(tenantId)} AND released_at IS NULL
      AND session_id IS NOT NULL AND (${own.join(' OR ')})`
  return lockText(tenantId, `SELECT ${literal(sessionId)}::uuid ${own.length > 0 ? held : ''}`)
}

/**
 * The same for a new hold, one after the other for a visitor: there is one hold for an offer, and what another request
 * holds at this moment must be seen to be replaced.
 */
export function lockOfNewHold(tenantId: string, sessionId: string, visitorHash: string): string {
  const turn = `SELECT pg_advisory_xact_lock(hashtextextended(${literal(visitorHash)}, 0))`
  return `${turn}; ${lockOfSeats(tenantId, sessionId, { holdId: null, visitorHash })}`
}

/** Locks the seats of the session a booking belongs to, and of one it may move to. For a slot, that is its one seat. */
export function lockOfSeatsOfBooking(tenantId: string, bookingId: string, sessionId?: string): string {
  const another = sessionId ? `UNION SELECT ${literal(sessionId)}::uuid` : ''
  return lockText(
    tenantId,
    `SELECT session_id FROM bookings WHERE tenant_id = ${literal(tenantId)} AND id = ${literal(bookingId)} ${another}`,
  )
}

/** Locks the seats of one session. */
export function lockOfSession(tenantId: string, sessionId: string): string {
  return lockText(tenantId, literal(sessionId))
}

/** The same lock inside a command. Ids that aren't this tenant's are passed over. */
export async function lockSeats(command: Command, sessionId: string): Promise<void> {
  await sql.raw(lockOfSession(command.tenantId, sessionId)).execute(command.trx)
}
