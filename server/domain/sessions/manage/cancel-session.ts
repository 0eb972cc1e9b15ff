import { sql } from 'kysely'
import { eventRow, record } from '#server/events/record.ts'
import { actorKey, type Command } from '../../command.ts'
import { Refusal } from '../../refusal.ts'
import { releaseClaims } from './claim-dates.ts'
import { hintSession, type LockedSession, lockSession, requireOn } from './lock-session.ts'

/** Why a session was cancelled: by its coach's side, or since too few had booked. */
export type CancelCode = 'coach' | 'minimum_not_met'

/**
 * Staff cancel a session: all its bookings end, its coaches have their time back, and everybody is told once.
 * 409 `SESSION_CANCELLED`, or `SESSION_PAST` where it is over.
 */
export async function cancelSession(
  command: Command,
  { id, reason }: { id: string; reason: string | null },
): Promise<void> {
  const session = await lockSession(command, id, { time: true })
  requireOn(session)
  requireNotOver(command, session)
  await endSession(command, session, { code: 'coach', reason })
}

/** 409 `SESSION_PAST`. */
export function requireNotOver({ now }: Pick<Command, 'now'>, { dates }: LockedSession): void {
  if (dates.at(-1)!.endsAt > now) return
  throw new Refusal('conflict', 'SESSION_PAST', 'This session is over, so it can’t be cancelled any more.')
}

/** Cancels a locked session; its coaches' calendars are locked too. `reason` is a text for those who booked. */
export async function endSession(
  command: Command,
  session: LockedSession,
  { code, reason }: { code: CancelCode; reason: string | null },
): Promise<void> {
  const { trx, tenantId, now } = command
  const { id, coachIds } = session
  const bookings = await endBookings(command, session, reason)
  await releaseClaims(command, id)
  await sql`
    WITH ended AS (UPDATE holds SET released_at = least(expires_at, ${now})
      WHERE tenant_id = ${tenantId} AND session_id = ${id} AND released_at IS NULL)
    UPDATE session_seats SET taken = 0, held = 0 WHERE tenant_id = ${tenantId} AND session_id = ${id}`.execute(
    trx,
  )
  await trx
    .updateTable('sessions')
    .set({
      state: 'CANCELLED',
      state_reason: code,
      sequence: session.sequence + 1,
      decide_by: null,
      decided_at: session.decidedAt ?? now,
      changed_at: now,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
  await record(command, 'session.cancelled', {
    subject: 'session',
    subjectId: id,
    coachId: coachIds[0]!,
    data: { reason: code, bookings, sequence: session.sequence + 1 },
  })
  hintSession(command, session)
  command.hint('requests')
}

/**
 * Cancels all live bookings of a session, free of any fee, with an event each; returns how many. Nobody can
 * undo one: its session is gone.
 */
async function endBookings(
  command: Command,
  { id, coachIds }: LockedSession,
  reason: string | null,
): Promise<number> {
  const { trx, tenantId, now } = command
  const by = command.actor.as === 'system' ? 'system' : 'coach'
  await sql`SELECT FROM bookings WHERE tenant_id = ${tenantId} AND session_id = ${id} ORDER BY id FOR UPDATE`.execute(
    trx,
  )
  const { rows: ended } = await sql<{ id: string; from: string; seats: number; priceMinor: number }>`
    UPDATE bookings SET status = 'CANCELLED', awaiting = NULL, coach_seconds_left = NULL,
      cancelled_by = ${by}, cancel_reason = ${reason},
      fee_minor = 0, ended_at = ${now}, ended_by = ${actorKey({ as: 'system' })}, ended_from = bookings.status, changed_at = ${now}
    FROM (SELECT id, status FROM bookings WHERE tenant_id = ${tenantId} AND session_id = ${id}
      AND status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')) live
    WHERE bookings.tenant_id = ${tenantId} AND bookings.id = live.id
    RETURNING bookings.id, live.status AS from, bookings.seats, bookings.price_minor AS "priceMinor"`.execute(
    trx,
  )
  if (ended.length === 0) return 0
  await sql`UPDATE questions SET ended_at = ${now}
    WHERE tenant_id = ${tenantId} AND booking_id = ANY(${ended.map(booking => booking.id)}::uuid[]) AND ended_at IS NULL`.execute(
    trx,
  )

  const events = ended.map(({ id: bookingId, from, seats, priceMinor }) =>
    eventRow(command, 'booking.cancelled', {
      subject: 'booking',
      subjectId: bookingId,
      coachId: coachIds[0]!,
      data: {
        ...{ status: 'CANCELLED', from, by, withdrawn: false, sessionId: id, seats, withSession: true },
        ...{ feeMinor: 0, refundMinor: priceMinor },
      },
    }),
  )
  await trx.insertInto('events').values(events).execute()
  await command.sendMany(
    'event',
    events.map(event => ({ payload: { tenantId, eventId: event.id } })),
  )
  for (const booking of ended) command.hint(`booking:${booking.id}`)
  return ended.length
}
