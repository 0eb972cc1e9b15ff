import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { releaseExpired } from './attempts.ts'
import { partyOf } from './authority.ts'
import { changeBooking, recordForBooking } from './change-booking.ts'
import { declineCompetitors } from './competing.ts'
import { feeOfMove, termsAfterMove } from './fees.ts'
import { type LockedBooking, lockBooking, type PendingMove } from './lock-booking.ts'
import { requireAhead, requireNothingOutside, requireRoom } from './recheck.ts'
import { isConfirmed } from './transitions.ts'
import { takeClaim } from './write-booking.ts'

const MINUTE = 60_000

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
 * compete for it. Refuses with 409 `SLOT_TAKEN` when another claim is in the way.
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
  const { rows } = await takeClaim(command, claim).execute(trx)
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

/** The coach's yes to a move: the session goes to its new time, checked again under the lock. */
export async function approveMove(
  command: Command,
  booking: LockedBooking,
  move: PendingMove,
): Promise<void> {
  requireAhead(command, move.toStartsAt)
  await requireNothingOutside(command, move.coachId, move.toStartsAt, move.toEndsAt)
  await endMove(command, booking, move, 'approved', null)
  await requireRoom(command, {
    sessionId: booking.sessionId,
    coachId: move.coachId,
    startsAt: move.toStartsAt,
    endsAt: move.toEndsAt,
    bufferMinutes: move.bufferMinutes,
  })
  const to = {
    coachId: move.coachId,
    startsAt: move.toStartsAt,
    endsAt: move.toEndsAt,
    blockedUntil: new Date(move.toEndsAt.getTime() + move.bufferMinutes * MINUTE),
  }
  await moveSession(command, booking, to, { feeMinor: feeOfMove(booking, move) })
}

/** The coach's no to a move: the old time stands. */
export async function declineMove(
  command: Command,
  booking: LockedBooking,
  move: PendingMove,
  reason: string | null,
): Promise<void> {
  await endMove(command, booking, move, 'declined', reason)
  await changeBooking(
    command,
    booking,
    {},
    { name: 'booking.move_declined', data: { moveId: move.id, to: move.toStartsAt } },
  )
}

/** The client takes a move back before it is answered. */
export async function withdrawMove(command: Command, { id }: { id: string }): Promise<void> {
  const booking = await lockBooking(command, id)
  partyOf(command.actor, booking)
  const { move } = booking
  if (!move) throw new Refusal('conflict', 'NO_MOVE', 'There is no move waiting for an answer any more.')
  await endMove(command, booking, move, 'withdrawn', null)
  await changeBooking(command, booking, {}, { name: 'booking.move_withdrawn', data: { moveId: move.id } })
}

/** What a move's timer does: a reminder at half time, then a decline; nothing when it was answered. */
export async function ringMove(
  command: Command,
  { bookingId, moveId, step }: { bookingId: string; moveId: string; step: 'remind' | 'expire' },
): Promise<void> {
  const booking = await lockBooking(command, bookingId)
  const { move } = booking
  if (move?.id !== moveId) return
  if (step === 'expire') await declineMove(command, booking, move, null)
  else await recordForBooking(command, booking, { name: 'booking.answer_due', data: { moveId } })
}

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
