import { type RawBuilder, sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { releaseExpired } from './attempts.ts'
import { recordForBooking } from './change-booking.ts'
import { declineCompetitors } from './competing.ts'
import { termsAfterMove } from './fees.ts'
import type { LockedBooking } from './lock-booking.ts'
import { isConfirmed } from './transitions.ts'
import { takeClaim } from './write-booking.ts'

/** Where a session is to go. */
export interface NewTime {
  coachId: string
  startsAt: Date
  endsAt: Date
  /** The end plus the session's own buffer. */
  blockedUntil: Date
  /** False of a request that others may compete with there (C9). */
  isExclusive?: boolean
}

/**
 * Moves a session made by booking to another time, and to another coach where one is named: the same booking id
 * and calendar UID, the next sequence. `terms` says what a late move costs, whether staff chose the time, which
 * proposal it was and whether it is a part of confirming. A booking that is confirmed takes the time from requests that
 * compete for it. Of its break it gets what staff have left of it since the time was set aside. Refuses with 409
 * `SLOT_TAKEN` when another claim is in the way.
 */
export async function moveSession(
  command: Command,
  booking: LockedBooking,
  to: NewTime,
  terms: { feeMinor?: number; byStaff?: boolean; proposalId?: string; confirms?: boolean } = {},
): Promise<void> {
  const { trx, tenantId, now } = command
  const { coachId, startsAt, endsAt, blockedUntil, isExclusive = true } = to
  const claim = { sessionId: booking.sessionId, coachId, startsAt, endsAt, blockedUntil, isExclusive }
  if (isConfirmed(booking.status)) await declineCompetitors(command, claim)
  await sql`UPDATE claims SET released_at = ${now}
    WHERE tenant_id = ${tenantId} AND session_id = ${booking.sessionId} AND released_at IS NULL`.execute(trx)
  await releaseExpired(command, to.coachId, to.startsAt, to.blockedUntil)
  const { rows } = await takeClaim(command, { ...claim, blockedUntil: breakUntil(command, to) }).execute(trx)
  if (rows.length === 0)
    throw new Refusal('conflict', 'SLOT_TAKEN', 'This time was taken a moment ago. Choose another one.')
  await sql`
    WITH moved AS (UPDATE session_dates SET starts_at = ${to.startsAt}, ends_at = ${to.endsAt}
      WHERE tenant_id = ${tenantId} AND session_id = ${booking.sessionId} AND position = 0),
    led AS (UPDATE session_coaches SET coach_id = ${to.coachId}
      WHERE tenant_id = ${tenantId} AND session_id = ${booking.sessionId} AND position = 0)
    UPDATE sessions SET sequence = sequence + 1,
      time_zone = (SELECT time_zone FROM coaches WHERE tenant_id = ${tenantId} AND id = ${to.coachId})
    WHERE tenant_id = ${tenantId} AND id = ${booking.sessionId}`.execute(trx)
  await trx
    .updateTable('bookings')
    .set({
      changed_at: now,
      // What a deposit leaves open is due by the start.
      balance_due_at: sql`CASE WHEN balance_due_at IS NOT NULL THEN ${to.startsAt}::timestamptz END`,
      ...termsAfterMove(booking, terms),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', booking.id)
    .execute()
  await recordForBooking(
    command,
    { id: booking.id, coachId: to.coachId },
    {
      name: 'booking.moved',
      data: {
        from: booking.startsAt,
        to: to.startsAt,
        sequence: booking.sequence + 1,
        fromCoachId: booking.coachId,
        ...(terms.feeMinor && { feeMinor: terms.feeMinor }),
        ...(terms.proposalId && { proposalId: terms.proposalId }),
        ...(terms.confirms && { confirms: true }),
      },
    },
  )
  command.hint(`calendar:${booking.coachId}`)
}

/** The end of the break, or the start of a session that staff have put into it. */
function breakUntil({ tenantId }: Command, { coachId, endsAt, blockedUntil }: NewTime): RawBuilder<Date> {
  return sql<Date>`least(${blockedUntil}::timestamptz, (
    SELECT min(starts_at) FROM claims WHERE tenant_id = ${tenantId} AND coach_id = ${coachId}
      AND released_at IS NULL AND exclusive AND starts_at >= ${endsAt} AND starts_at < ${blockedUntil}))`
}
