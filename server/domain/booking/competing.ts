import { sql } from 'kysely'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { Command } from '../command.ts'
import { declineRequest } from './decline-request.ts'
import { lockBooking } from './lock-booking.ts'

/** A time that a booking takes, or is to take, for itself alone. */
export interface TakenTime {
  coachId: string
  sessionId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date
}

/**
 * Declines the requests that wanted time which a booking now takes for good, with `competing_request`: the first to be
 * approved, or booked firm, wins (C9). Their clients are told of other times. By Rapport, so nobody undoes it.
 */
export async function declineCompetitors(command: Command, taken: TakenTime): Promise<void> {
  for (const id of await findCompetitors(command, taken)) {
    const request = await lockBooking(command, id)
    await declineRequest(command, request, { by: 'system', code: 'competing_request', reason: null })
  }
}

/** Open requests too close to a time of the same coach, by the larger of what either needs. */
async function findCompetitors(
  { trx, tenantId }: { trx: TenantTransaction; tenantId: string },
  { coachId, sessionId, startsAt, endsAt, blockedUntil }: TakenTime,
): Promise<string[]> {
  const gap = sql`greatest(make_interval(secs => ${(blockedUntil.getTime() - endsAt.getTime()) / 1000}), x.blocked_until - x.ends_at)`
  const { rows } = await sql<{ id: string }>`
    SELECT b.id FROM claims x
    JOIN sessions s ON s.tenant_id = x.tenant_id AND s.id = x.session_id AND s.terms IS NULL
    JOIN bookings b ON b.tenant_id = x.tenant_id AND b.session_id = x.session_id AND b.status = 'REQUESTED'
    WHERE x.tenant_id = ${tenantId} AND x.coach_id = ${coachId} AND x.released_at IS NULL
      AND x.session_id <> ${sessionId}
      AND x.starts_at > ${startsAt}::timestamptz - interval '48 hours' AND x.starts_at < ${endsAt}::timestamptz + ${gap}
      AND x.ends_at + ${gap} > ${startsAt}::timestamptz
    ORDER BY b.id`.execute(trx)
  return rows.map(({ id }) => id)
}
