import { sql } from 'kysely'
import type { Query } from '../command.ts'

export interface Stretch {
  coachId: string
  startsAt: Date
  endsAt: Date
}

export interface CalendarBooking extends Stretch {
  id: string
  status: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED'
  clientName: string
  offerTitle: string
  answerBy: Date | null
  /** Whether other requests may take, or have taken, the same time until one is approved (C9). */
  competes: boolean
  attendance: 'attended' | 'no_show' | null
  /** A move that waits for an answer; until then the booking stands where it is. */
  move: (Stretch & { proposedBy: 'client' | 'coach'; answerBy: Date | null }) | null
}

/** Time set aside by somebody at checkout, for the move of a booking that waits for an answer, or as another time suggested for one. */
export interface CalendarHold extends Stretch {
  purpose: 'checkout' | 'move' | 'proposal'
  bookingId: string | null
}

interface Window {
  coachIds: string[]
  from: Date
  to: Date
}

interface BookingRow extends Omit<CalendarBooking, 'move'> {
  moveCoachId: string | null
  moveStartsAt: Date
  moveEndsAt: Date
  moveProposedBy: 'client' | 'coach'
  moveAnswerBy: Date | null
}

/** Live bookings of slots that meet the window, by start; seats are told by their session. A date lasts a day at most. */
export async function readBookings({ trx, tenantId }: Query, window: Window): Promise<CalendarBooking[]> {
  const { coachIds, from, to } = window
  const { rows } = await sql<BookingRow>`
    SELECT b.id, sc.coach_id AS "coachId", d.starts_at AS "startsAt", d.ends_at AS "endsAt", b.status,
      b.client_name AS "clientName", o.title AS "offerTitle", b.answer_by AS "answerBy", b.attendance,
      EXISTS (SELECT FROM claims x WHERE x.tenant_id = b.tenant_id AND x.session_id = b.session_id
        AND x.released_at IS NULL AND NOT x.exclusive) AS competes,
      m.coach_id AS "moveCoachId", m.to_starts_at AS "moveStartsAt", m.to_ends_at AS "moveEndsAt",
      m.proposed_by AS "moveProposedBy", m.answer_by AS "moveAnswerBy"
    FROM session_dates d
    JOIN sessions s ON s.tenant_id = d.tenant_id AND s.id = d.session_id AND s.terms IS NULL
    JOIN session_coaches sc ON sc.tenant_id = d.tenant_id AND sc.session_id = d.session_id
      AND sc.coach_id = ANY(${coachIds}::uuid[])
    JOIN bookings b ON b.tenant_id = d.tenant_id AND b.session_id = d.session_id
      AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')
    JOIN offers o ON o.tenant_id = b.tenant_id AND o.id = b.offer_id
    LEFT JOIN moves m ON m.tenant_id = b.tenant_id AND m.booking_id = b.id AND m.status = 'pending'
    WHERE d.tenant_id = ${tenantId} AND d.starts_at < ${to} AND d.ends_at > ${from}
      AND d.starts_at > ${from}::timestamptz - interval '24 hours'
    ORDER BY d.starts_at, b.id`.execute(trx)
  return rows.map(({ moveCoachId, moveStartsAt, moveEndsAt, moveProposedBy, moveAnswerBy, ...booking }) => ({
    ...booking,
    move:
      moveCoachId === null
        ? null
        : {
            coachId: moveCoachId,
            startsAt: moveStartsAt,
            endsAt: moveEndsAt,
            proposedBy: moveProposedBy,
            answerBy: moveAnswerBy,
          },
  }))
}

/** Holds that have not run out, by start. */
export async function readHolds({ trx, tenantId, now }: Query, window: Window): Promise<CalendarHold[]> {
  const { coachIds, from, to } = window
  const { rows } = await sql<CalendarHold>`
    SELECT c.coach_id AS "coachId", c.starts_at AS "startsAt", c.ends_at AS "endsAt", h.purpose,
      h.booking_id AS "bookingId"
    FROM claims c JOIN holds h ON h.tenant_id = c.tenant_id AND h.id = c.hold_id
    WHERE c.tenant_id = ${tenantId} AND c.coach_id = ANY(${coachIds}::uuid[]) AND c.released_at IS NULL
      AND c.expires_at > ${now} AND c.starts_at < ${to} AND c.ends_at > ${from}
      AND c.starts_at > ${from}::timestamptz - interval '24 hours'
    ORDER BY c.starts_at`.execute(trx)
  return rows
}
