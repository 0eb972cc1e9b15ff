import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { releaseExpired } from './attempts.ts'
import { declineCompetitors } from './competing.ts'
import type { LockedBooking } from './lock-booking.ts'
import { requireRoom } from './recheck.ts'
import { takeClaim } from './write-booking.ts'

const MINUTE = 60_000

/**
 * A request that is approved takes its time for itself alone: those that compete with it are declined, and where its
 * own claim let others ask too, it is taken anew as one that doesn't. A seat has its time already. Refuses with 409
 * `SLOT_TAKEN`.
 */
export async function takeForGood(command: Command, booking: LockedBooking): Promise<void> {
  if (command.kind(booking.kind).bookedBy !== 'slot') return
  const { trx, tenantId, now } = command
  const { coachId, sessionId, startsAt, endsAt } = booking
  const blockedUntil = await blockedUntilOf(command, booking)
  await declineCompetitors(command, { coachId, sessionId, startsAt, endsAt, blockedUntil })
  if (booking.isExclusive) return

  await requireRoom(command, { ...booking, bufferMinutes: minutesBetween(endsAt, blockedUntil) })
  await releaseExpired(command, coachId, startsAt, blockedUntil)
  await sql`UPDATE claims SET released_at = ${now}
    WHERE tenant_id = ${tenantId} AND session_id = ${sessionId} AND released_at IS NULL`.execute(trx)
  const { rows } = await takeClaim(command, {
    coachId,
    sessionId,
    startsAt,
    endsAt,
    blockedUntil,
  }).execute(trx)
  if (rows.length === 0)
    throw new Refusal(
      'conflict',
      'SLOT_TAKEN',
      'This time is taken meanwhile. Suggest another one or decline.',
    )
}

/** As the claim of its session has it. */
export async function blockedUntilOf(
  { trx, tenantId }: Command,
  { sessionId, endsAt }: Pick<LockedBooking, 'sessionId' | 'endsAt'>,
): Promise<Date> {
  const claim = await trx
    .selectFrom('claims')
    .select('blocked_until')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('released_at', 'is', null)
    .executeTakeFirst()
  return claim?.blocked_until ?? endsAt
}

export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / MINUTE
}
