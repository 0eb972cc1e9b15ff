import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { LockedBooking } from './lock-booking.ts'

/** Refuses with 409 `SESSION_PAST` to confirm a time that has passed. */
export function requireAhead(command: Command, startsAt: Date): void {
  if (startsAt > command.now) return
  throw new Refusal('conflict', 'SESSION_PAST', 'This time has passed. Agree on another one with the client.')
}

/** The claim keeps all other bookings away; an outside calendar knows nothing of claims (032, 041). `reader` is told. */
export async function requireNothingOutside(
  command: Command,
  coachId: string,
  startsAt: Date,
  endsAt: Date,
  reader: 'coach' | 'client' = 'coach',
): Promise<void> {
  const { rows } = await sql`
    SELECT FROM external_busy WHERE tenant_id = ${command.tenantId} AND coach_id = ${coachId}
      AND starts_at < ${endsAt} AND ends_at > ${startsAt} LIMIT 1`.execute(command.trx)
  if (rows.length === 0) return
  throw new Refusal(
    'conflict',
    'SLOT_TAKEN',
    reader === 'coach'
      ? 'Your outside calendar has taken this time since. Suggest another one or decline.'
      : 'Your coach is no longer free at this time. Choose another one.',
  )
}

/** The same for a request of a slot. A seat takes no time of its coach: that is the session's already. */
export async function requireTimeToSpare(command: Command, booking: LockedBooking): Promise<void> {
  if (command.kind(booking.kind).bookedBy !== 'slot') return
  await requireNothingOutside(command, booking.coachId, booking.startsAt, booking.endsAt)
}

/** Refuses with 409 `CHANGED` an answer to a time that the client has since changed; `startsAt` is what the coach saw. */
export function requireSeen(booking: LockedBooking, startsAt: Date | undefined): void {
  const asked = booking.move?.toStartsAt ?? booking.startsAt
  if (startsAt === undefined || startsAt.getTime() === asked.getTime()) return
  throw new Refusal(
    'conflict',
    'CHANGED',
    'The client has asked for another time meanwhile. Look again before you answer.',
    {
      data: { startsAt: asked.toISOString() },
    },
  )
}

interface Room {
  sessionId: string
  coachId: string
  startsAt: Date
  endsAt: Date
  bufferMinutes: number
}

/**
 * Refuses with 409 a time too close to a neighbour, by the larger of what either needs (010). The constraint guards
 * the earlier one's buffer only; this is for times that weren't judged as a new booking.
 */
export async function requireRoom(
  command: Command,
  { sessionId, coachId, startsAt, endsAt, bufferMinutes }: Room,
): Promise<void> {
  const gap = sql`greatest(make_interval(mins => ${bufferMinutes}), blocked_until - ends_at)`
  const { rows } = await sql`
    SELECT FROM claims
    WHERE tenant_id = ${command.tenantId} AND coach_id = ${coachId} AND released_at IS NULL AND exclusive
      AND session_id IS DISTINCT FROM ${sessionId}::uuid AND (expires_at IS NULL OR expires_at > ${command.now})
      AND starts_at > ${startsAt}::timestamptz - interval '48 hours' AND starts_at < ${endsAt}::timestamptz + ${gap}
      AND ends_at + ${gap} > ${startsAt}::timestamptz
    LIMIT 1`.execute(command.trx)
  if (rows.length === 0) return
  throw new Refusal(
    'conflict',
    'SLOT_TAKEN',
    'This time is taken meanwhile, or too close to another session.',
  )
}
