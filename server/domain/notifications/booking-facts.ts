import { sql } from 'kysely'
import type { BookingStatus, BookingType, Party } from '#server/db/tables.ts'
import type { Query } from '../command.ts'

/** All that messages say of a booking, as it is now. */
export interface BookingFacts {
  id: string
  status: BookingStatus
  bookingType: BookingType
  answerBy: Date | null
  confirmedAt: Date | null
  declineCode: string | null
  declineReason: string | null
  cancelledBy: Party | null
  cancelReason: string | null
  /** What it was before it ended. */
  endedFrom: BookingStatus | null
  attendance: 'attended' | 'no_show' | null
  hasFeedback: boolean
  clientNotes: string
  priceMinor: number
  currency: string
  /** Why it is firm or a request, in a sentence for the client. */
  decisionSentence: string | null
  manageVersion: number
  session: { calendarUid: string; sequence: number; timeZone: string; startsAt: Date; endsAt: Date }
  offer: { slug: string; title: string; location: string }
  client: { personId: string; name: string; email: string; timeZone: string }
  coach: { id: string; personId: string; name: string; email: string; timeZone: string }
  /** The latest wish to move it. */
  move: {
    id: string
    status: string
    startsAt: Date
    endsAt: Date
    answerBy: Date | null
    reason: string | null
  } | null
}

interface Row extends Omit<BookingFacts, 'session' | 'offer' | 'client' | 'coach' | 'move'> {
  calendarUid: string
  sequence: number
  sessionZone: string
  startsAt: Date
  endsAt: Date
  offerSlug: string
  offerTitle: string
  offerLocation: string
  clientId: string
  clientName: string
  clientEmail: string
  clientZone: string
  coachId: string
  coachPersonId: string
  coachName: string
  coachEmail: string
  coachZone: string
  moveId: string | null
  moveStatus: string
  moveStartsAt: Date
  moveEndsAt: Date
  moveAnswerBy: Date | null
  moveReason: string | null
}

/*
 * Each subquery ends in OFFSET 0, which keeps the join in the written order: with eight tables that share the tenant
 * PostgreSQL otherwise plans for longer than it runs, and in a database that hasn't been analysed yet joins all of a
 * tenant's sessions with all of its people.
 */

/** Reads a booking with session, offer, coach, client and its latest move; undefined when it isn't there. */
export async function findBookingFacts(
  { trx, tenantId }: Query,
  bookingId: string,
): Promise<BookingFacts | undefined> {
  const { rows } = await sql<Row>`
    SELECT b.id, b.status, b.booking_type AS "bookingType", b.answer_by AS "answerBy", b.confirmed_at AS "confirmedAt",
      b.decline_code AS "declineCode", b.decline_reason AS "declineReason", b.cancelled_by AS "cancelledBy",
      b.cancel_reason AS "cancelReason", b.ended_from AS "endedFrom", b.attendance, EXISTS (
        SELECT FROM feedback f WHERE f.tenant_id = b.tenant_id AND f.booking_id = b.id) AS "hasFeedback",
      b.client_notes AS "clientNotes", b.price_minor AS "priceMinor", b.currency,
      b.decision ->> 'sentence' AS "decisionSentence", b.manage_version AS "manageVersion",
      s.calendar_uid AS "calendarUid", s.sequence, s.time_zone AS "sessionZone",
      d.starts_at AS "startsAt", d.ends_at AS "endsAt",
      o.slug AS "offerSlug", o.title AS "offerTitle", o.location AS "offerLocation",
      b.client_id AS "clientId", b.client_name AS "clientName", p.email AS "clientEmail", b.client_zone AS "clientZone",
      c.id AS "coachId", c.person_id AS "coachPersonId", cp.name AS "coachName", cp.email AS "coachEmail", c.time_zone AS "coachZone",
      m.id AS "moveId", m.status AS "moveStatus", m.to_starts_at AS "moveStartsAt", m.to_ends_at AS "moveEndsAt", m.answer_by AS "moveAnswerBy",
      m.reason AS "moveReason"
    FROM bookings b
    CROSS JOIN LATERAL (SELECT * FROM people WHERE tenant_id = b.tenant_id AND id = b.client_id OFFSET 0) p
    CROSS JOIN LATERAL (SELECT * FROM sessions WHERE tenant_id = b.tenant_id AND id = b.session_id OFFSET 0) s
    CROSS JOIN LATERAL (
      SELECT * FROM session_dates WHERE tenant_id = b.tenant_id AND session_id = b.session_id AND position = 0 OFFSET 0) d
    CROSS JOIN LATERAL (
      SELECT * FROM session_coaches WHERE tenant_id = b.tenant_id AND session_id = b.session_id AND position = 0 OFFSET 0) sc
    CROSS JOIN LATERAL (SELECT * FROM coaches WHERE tenant_id = b.tenant_id AND id = sc.coach_id OFFSET 0) c
    CROSS JOIN LATERAL (SELECT * FROM people WHERE tenant_id = b.tenant_id AND id = c.person_id OFFSET 0) cp
    CROSS JOIN LATERAL (SELECT * FROM offers WHERE tenant_id = b.tenant_id AND id = b.offer_id OFFSET 0) o
    LEFT JOIN LATERAL (
      SELECT * FROM moves WHERE tenant_id = b.tenant_id AND booking_id = b.id ORDER BY created_at DESC, id DESC LIMIT 1
    ) m ON true
    WHERE b.tenant_id = ${tenantId} AND b.id = ${bookingId}`.execute(trx)
  return rows[0] && toFacts(rows[0])
}

function toFacts(row: Row): BookingFacts {
  const { calendarUid, sequence, sessionZone, startsAt, endsAt, ...booking } = row
  const { offerSlug, offerTitle, offerLocation, ...rest } = booking
  const { clientId, clientName, clientEmail, clientZone, ...without } = rest
  const { coachId, coachPersonId, coachName, coachEmail, coachZone, ...plain } = without
  const { moveId, moveStatus, moveStartsAt, moveEndsAt, moveAnswerBy, moveReason, ...own } = plain
  return {
    ...own,
    session: { calendarUid, sequence, timeZone: sessionZone, startsAt, endsAt },
    offer: { slug: offerSlug, title: offerTitle, location: offerLocation },
    client: { personId: clientId, name: clientName, email: clientEmail, timeZone: clientZone },
    coach: { id: coachId, personId: coachPersonId, name: coachName, email: coachEmail, timeZone: coachZone },
    move:
      moveId === null
        ? null
        : {
            id: moveId,
            status: moveStatus,
            startsAt: moveStartsAt,
            endsAt: moveEndsAt,
            answerBy: moveAnswerBy,
            reason: moveReason,
          },
  }
}
