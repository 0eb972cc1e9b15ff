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
  clientZone: string
  connectionStatus: 'connected' | 'not_connected'
  awaiting: 'coach' | 'client' | null
  answerBy: Date | null
  /** Of the coach's time to answer, while the client is to answer first. */
  coachSecondsLeft: number | null
  endedAt: Date | null
  endedFrom: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | null
  endedBy: string | null
  attendance: 'attended' | 'no_show' | null
  priceMinor: number
  depositMinor: number | null
  feeMinor: number
  bookedAt: Date
  /** What it was sold with: see `readSoldTerms`. */
  policySnapshot: Record<string, unknown>
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
  /** Minutes this session keeps free after itself, as it was booked. */
  bufferMinutes: number
  approvalHours: number
  approvalTimeout: 'decline' | 'approve'
  /** Whether its coach lets requests compete for a time, and whether this one's claim is for itself alone (C9). */
  competingRequests: boolean
  isExclusive: boolean
  move: PendingMove | null
  /** Those nobody has answered yet, whether they ran out or not. */
  proposals: OpenProposal[]
  /** What the client is asked and hasn't answered. */
  question: { id: string } | null
}

export interface PendingMove {
  id: string
  /** Minutes it keeps free after itself, as was decided for the new time. */
  bufferMinutes: number
  holdId: string
  coachId: string
  toStartsAt: Date
  toEndsAt: Date
  proposedBy: 'client' | 'coach'
  askedAt: Date
  answerBy: Date | null
}

export interface OpenProposal {
  id: string
  /** Of the coach's, what keeps the time until `expiresAt`. */
  holdId: string | null
  coachId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date
  proposedBy: 'client' | 'coach'
  expiresAt: Date | null
}

/**
 * Locks a booking's row and reads it. Its coaches' calendars and its session's seats are locked before (see
 * `lockOfBooking`), so the order is always calendars, then seats, then the booking. Refuses with 404.
 */
export async function lockBooking(command: Command, id: string): Promise<LockedBooking> {
  const { trx, tenantId } = command
  await sql`SELECT FROM bookings WHERE tenant_id = ${tenantId} AND id = ${id} FOR UPDATE`.execute(trx)
  const { rows } = await sql<LockedBooking>`
    SELECT b.id, b.status, b.client_id AS "clientId", b.client_zone AS "clientZone",
      b.connection_status AS "connectionStatus", b.awaiting, b.answer_by AS "answerBy",
      b.coach_seconds_left AS "coachSecondsLeft",
      b.ended_at AS "endedAt", b.ended_from AS "endedFrom", b.ended_by AS "endedBy",
      b.attendance, b.price_minor AS "priceMinor", b.deposit_minor AS "depositMinor", b.fee_minor AS "feeMinor",
      b.created_at AS "bookedAt", b.policy_snapshot AS "policySnapshot", b.session_id AS "sessionId", s.sequence, s.kind,
      s.state AS "sessionState", b.offer_id AS "offerId", b.seats, b.mode, sc.coach_id AS "coachId",
      ARRAY(SELECT coach_id FROM session_coaches
        WHERE tenant_id = b.tenant_id AND session_id = b.session_id) AS "coachIds",
      (SELECT max(ends_at) FROM session_dates
        WHERE tenant_id = b.tenant_id AND session_id = b.session_id) AS "lastEndsAt", d.starts_at AS "startsAt", d.ends_at AS "endsAt",
      coalesce((SELECT round(extract(epoch FROM x.blocked_until - x.ends_at) / 60)::integer FROM claims x
        WHERE x.tenant_id = b.tenant_id AND x.session_id = b.session_id
        ORDER BY x.released_at IS NULL DESC, x.id DESC LIMIT 1), 0) AS "bufferMinutes",
      co.approval_hours AS "approvalHours", co.approval_timeout AS "approvalTimeout",
      co.competing_requests AS "competingRequests", to_json(m) AS move,
      coalesce((SELECT bool_and(x.exclusive) FROM claims x
        WHERE x.tenant_id = b.tenant_id AND x.session_id = b.session_id AND x.released_at IS NULL), true) AS "isExclusive",
      (SELECT coalesce(json_agg(json_build_object('id', r.id, 'holdId', r.hold_id, 'coachId', r.coach_id,
          'startsAt', r.starts_at, 'endsAt', r.ends_at, 'blockedUntil', r.blocked_until, 'proposedBy', r.proposed_by,
          'expiresAt', r.expires_at) ORDER BY r.position), '[]') FROM proposals r
        WHERE r.tenant_id = b.tenant_id AND r.booking_id = b.id AND r.status = 'open') AS proposals,
      (SELECT json_build_object('id', q.id) FROM questions q
        WHERE q.tenant_id = b.tenant_id AND q.booking_id = b.id AND q.ended_at IS NULL) AS question
    FROM bookings b
    JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
    JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id AND d.position = 0
    JOIN session_coaches sc ON sc.tenant_id = b.tenant_id AND sc.session_id = b.session_id AND sc.position = 0
    JOIN coaches co ON co.tenant_id = b.tenant_id AND co.id = sc.coach_id
    JOIN offers o ON o.tenant_id = b.tenant_id AND o.id = b.offer_id
    LEFT JOIN LATERAL (
      SELECT m.id, m.hold_id AS "holdId", m.coach_id AS "coachId", m.to_starts_at AS "toStartsAt",
        m.to_ends_at AS "toEndsAt", CASE WHEN m.decision -> 'waived' @> '[{"rule": "buffer"}]' THEN 0 ELSE
          coalesce((m.decision #>> '{values,bufferMinutes}')::integer, greatest(o.buffer_minutes, co.buffer_minutes))
          END AS "bufferMinutes", m.proposed_by AS "proposedBy", m.created_at AS "askedAt",
        m.answer_by AS "answerBy"
      FROM moves m WHERE m.tenant_id = b.tenant_id AND m.booking_id = b.id AND m.status = 'pending') m ON true
    WHERE b.tenant_id = ${tenantId} AND b.id = ${id}`.execute(trx)
  const [booking] = rows
  if (!booking) throw notFound('booking')
  return {
    ...booking,
    move: booking.move && withDates(booking.move),
    proposals: booking.proposals.map(proposalWithDates),
  }
}

/** Instants inside JSON come as text. */
function withDates(move: PendingMove): PendingMove {
  return {
    ...move,
    toStartsAt: new Date(move.toStartsAt),
    toEndsAt: new Date(move.toEndsAt),
    askedAt: new Date(move.askedAt),
    answerBy: move.answerBy && new Date(move.answerBy),
  }
}

function proposalWithDates(proposal: OpenProposal): OpenProposal {
  return {
    ...proposal,
    startsAt: new Date(proposal.startsAt),
    endsAt: new Date(proposal.endsAt),
    blockedUntil: new Date(proposal.blockedUntil),
    expiresAt: proposal.expiresAt && new Date(proposal.expiresAt),
  }
}
