import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import type { BookingStatus } from '#server/db/tables.ts'
import type { Command } from '../command.ts'
import { notFound } from '../refusal.ts'

/** A booking under lock, with what its commands need to know of session, coach and a move that waits. */
export interface LockedBooking {
  id: string
  status: BookingStatus
  clientId: string
  connectionStatus: 'connected' | 'not_connected'
  answerBy: Date | null
  endedAt: Date | null
  endedFrom: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | null
  endedBy: string | null
  attendance: 'attended' | 'no_show' | null
  sessionId: string
  sequence: number
  sessionState: 'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'
  kind: string
  offerId: string
  seats: number
  mode: SeatMode
  /** The coach who leads it, and all who give it. */
  coachId: string
  coachIds: string[]
  /** The first date; `lastEndsAt` is the end of the last one. */
  startsAt: Date
  endsAt: Date
  lastEndsAt: Date
  /** Minutes this session keeps free after itself. */
  bufferMinutes: number
  approvalHours: number
  approvalTimeout: 'decline' | 'approve'
  move: PendingMove | null
}

export interface PendingMove {
  id: string
  holdId: string
  coachId: string
  toStartsAt: Date
  toEndsAt: Date
  proposedBy: 'client' | 'coach'
  answerBy: Date | null
}

/**
 * Locks a booking's row and reads it. Its coaches' calendars and its session's seats are locked before (see
 * `lockOfBooking`), so the order is always calendars, then seats, then the booking. Refuses with 404.
 */
export async function lockBooking(command: Command, id: string): Promise<LockedBooking> {
  const { trx, tenantId } = command
  await sql`SELECT FROM bookings WHERE tenant_id = ${tenantId} AND id = ${id} FOR UPDATE`.execute(trx)
  const { rows } = await sql<LockedBooking>`
    SELECT b.id, b.status, b.client_id AS "clientId",
      b.connection_status AS "connectionStatus", b.answer_by AS "answerBy",
      b.ended_at AS "endedAt", b.ended_from AS "endedFrom", b.ended_by AS "endedBy",
      b.attendance, b.session_id AS "sessionId", s.sequence, s.kind,
      s.state AS "sessionState", b.offer_id AS "offerId", b.seats, b.mode, sc.coach_id AS "coachId",
      ARRAY(SELECT coach_id FROM session_coaches
        WHERE tenant_id = b.tenant_id AND session_id = b.session_id) AS "coachIds",
      (SELECT max(ends_at) FROM session_dates
        WHERE tenant_id = b.tenant_id AND session_id = b.session_id) AS "lastEndsAt", d.starts_at AS "startsAt", d.ends_at AS "endsAt",
      greatest(o.buffer_minutes, co.buffer_minutes) AS "bufferMinutes",
      co.approval_hours AS "approvalHours", co.approval_timeout AS "approvalTimeout", to_json(m) AS move
    FROM bookings b
    JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
    JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id AND d.position = 0
    JOIN session_coaches sc ON sc.tenant_id = b.tenant_id AND sc.session_id = b.session_id AND sc.position = 0
    JOIN coaches co ON co.tenant_id = b.tenant_id AND co.id = sc.coach_id
    JOIN offers o ON o.tenant_id = b.tenant_id AND o.id = b.offer_id
    LEFT JOIN LATERAL (
      SELECT m.id, m.hold_id AS "holdId", m.coach_id AS "coachId", m.to_starts_at AS "toStartsAt",
        m.to_ends_at AS "toEndsAt", m.proposed_by AS "proposedBy", m.answer_by AS "answerBy"
      FROM moves m WHERE m.tenant_id = b.tenant_id AND m.booking_id = b.id AND m.status = 'pending') m ON true
    WHERE b.tenant_id = ${tenantId} AND b.id = ${id}`.execute(trx)
  const [booking] = rows
  if (!booking) throw notFound('booking')
  return { ...booking, move: booking.move && withDates(booking.move) }
}

/** Instants inside JSON come as text. */
function withDates(move: PendingMove): PendingMove {
  return {
    ...move,
    toStartsAt: new Date(move.toStartsAt),
    toEndsAt: new Date(move.toEndsAt),
    answerBy: move.answerBy && new Date(move.answerBy),
  }
}
