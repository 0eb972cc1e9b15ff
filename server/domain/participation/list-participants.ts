import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import type { BookingStatus } from '#server/db/tables.ts'
import { LIVE_STATUSES } from '../booking/transitions.ts'
import type { Query } from '../command.ts'
import { findSessionForStaff } from './held-session.ts'

/** A live booking of a session as its staff see it. Instants are ISO 8601 in UTC. */
export interface ListedParticipant {
  bookingId: string
  name: string
  email: string
  seats: number
  mode: SeatMode
  /** Names of those in the further seats, where given. */
  guests: string[]
  status: BookingStatus
  attendance: 'attended' | 'no_show' | null
  checkIns: { seat: number; position: number; at: string }[]
  certificates: { id: string; seat: number; code: string; revokedAt: string | null }[]
  /** What the client wrote when booking. */
  notes: string
}

/** Who booked a session, in order of booking, for staff whose role covers one of its coaches. */
export async function listParticipants(query: Query, sessionId: string): Promise<ListedParticipant[]> {
  await findSessionForStaff(query, sessionId, 'bookings.see')
  const { rows } = await sql<ListedParticipant>`
    SELECT b.id AS "bookingId", b.client_name AS name, p.email, b.seats, b.mode, b.guests, b.status, b.attendance,
      b.client_notes AS notes,
      coalesce((SELECT json_agg(json_build_object('seat', c.seat, 'position', c.position, 'at', ${iso('c.at')})
          ORDER BY c.seat, c.position)
        FROM check_ins c WHERE c.tenant_id = b.tenant_id AND c.booking_id = b.id), '[]') AS "checkIns",
      coalesce((SELECT json_agg(json_build_object('id', c.id, 'seat', c.seat, 'code', c.code,
          'revokedAt', ${iso('c.revoked_at')}) ORDER BY c.seat)
        FROM certificates c WHERE c.tenant_id = b.tenant_id AND c.booking_id = b.id), '[]') AS certificates
    FROM bookings b JOIN people p ON p.tenant_id = b.tenant_id AND p.id = b.client_id
    WHERE b.tenant_id = ${query.tenantId} AND b.session_id = ${sessionId} AND b.status IN (${sql.join([...LIVE_STATUSES])})
    ORDER BY b.created_at, b.id`.execute(query.trx)
  return rows
}

/** An instant in JSON as the API writes it. */
function iso(column: string) {
  return sql`to_char(${sql.ref(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
