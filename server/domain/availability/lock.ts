import { sql } from 'kysely'
import { literal } from '#server/db/in-tenant.ts'
import type { Command } from '../command.ts'
import { lockOfSeatsOfBooking } from '../sessions/lock-seats.ts'

/*
 * The lock of a coach's time is the update of the calendar's version, always in the order of the coaches' ids.
 * Facts are read by a later statement: one that locks and reads at once would read with a snapshot older than
 * its lock. Each text below is sent together with BEGIN, see `inTenant`.
 */

function lockText(tenantId: string, coaches: string): string {
  return `
    WITH locked AS (
      SELECT c.coach_id FROM calendars c
      WHERE c.tenant_id = ${literal(tenantId)} AND c.coach_id IN (${coaches})
      ORDER BY c.coach_id FOR UPDATE
    )
    UPDATE calendars c SET version = c.version + 1 FROM locked
    WHERE c.tenant_id = ${literal(tenantId)} AND c.coach_id = locked.coach_id`
}

/** Locks one coach of an offer, or all of them where none is named. `offer` is a slug or an id. */
export function lockOfOffer(tenantId: string, offer: string, coachId: string | undefined): string {
  const tenant = literal(tenantId)
  const named = coachId ? `AND oc.coach_id = ${literal(coachId)}` : ''
  return lockText(
    tenantId,
    `SELECT oc.coach_id FROM offers o JOIN offer_coaches oc ON oc.tenant_id = o.tenant_id AND oc.offer_id = o.id
     WHERE o.tenant_id = ${tenant} AND (o.slug = ${literal(offer)} OR o.id::text = ${literal(offer)}) ${named}`,
  )
}

/** Locks one coach. */
export function lockOfCoach(tenantId: string, coachId: string): string {
  return lockText(tenantId, literal(coachId))
}

/**
 * Locks what a change of a booking may take or give back: of a slot, the coaches of its session, of its pending move,
 * of times proposed for it and the one it may move to; of a session with dates of its own, whose time is its own already, only its seats and
 * those of the session it may move to.
 */
export function lockOfBooking(
  tenantId: string,
  bookingId: string,
  { coachId, sessionId }: { coachId?: string | undefined; sessionId?: string | undefined } = {},
): string {
  const tenant = literal(tenantId)
  const booking = literal(bookingId)
  const another = coachId ? `UNION SELECT ${literal(coachId)}::uuid` : ''
  const lock = lockText(
    tenantId,
    `SELECT sc.coach_id FROM bookings b
       JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id AND s.terms IS NULL
       JOIN session_coaches sc ON sc.tenant_id = b.tenant_id AND sc.session_id = b.session_id
       WHERE b.tenant_id = ${tenant} AND b.id = ${booking}
     UNION SELECT m.coach_id FROM moves m WHERE m.tenant_id = ${tenant} AND m.booking_id = ${booking} AND m.status = 'pending'
     UNION SELECT r.coach_id FROM proposals r WHERE r.tenant_id = ${tenant} AND r.booking_id = ${booking} AND r.status = 'open'
     ${another}`,
  )
  const seats = lockOfSeatsOfBooking(tenantId, bookingId, sessionId)
  // Twice, since the first may have waited for a move to another coach or session: the second sees it, and locks it too.
  return `${lock}; ${lock}; ${seats}; ${seats}`
}

/**
 * Locks the calendars of coaches whose hours or settings a command changes, and raises their versions, so that
 * no cached answer outlives the change. Ids that aren't this tenant's are passed over.
 */
export async function lockCalendars(command: Command, coachIds: readonly string[]): Promise<void> {
  if (coachIds.length === 0) return
  await sql.raw(lockText(command.tenantId, coachIds.map(literal).join(', '))).execute(command.trx)
  for (const coachId of coachIds) command.hint(`calendar:${coachId}`)
}
