import type { PriceLine, SeatMode, SessionTerms } from '@rapport/sdk'
import { type Selectable, sql } from 'kysely'
import type { BookingStatus, BookingType, Party, SessionsTable } from '#server/db/tables.ts'
import { type SessionOfBooking, sessionOfBooking } from '../booking/view-session.ts'
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
  createdAt: Date
  seats: number
  mode: SeatMode
  priceMinor: number
  currency: string
  priceLines: PriceLine[]
  /** Of the price, what is due at once; null for all of it. */
  depositMinor: number | null
  balanceDueAt: Date | null
  /** What is owed for cancelling, staying away or moving late. */
  feeMinor: number
  /** What it was sold with: see `readSoldTerms`. */
  policySnapshot: Record<string, unknown>
  /** Why it is firm or a request, in a sentence for the client. */
  decisionSentence: string | null
  manageVersion: number
  session: {
    id: string
    calendarUid: string
    sequence: number
    timeZone: string
    /** Of its first date. */
    startsAt: Date
    endsAt: Date
  }
  /** The session as one of many who take part sees it; null where it was made by booking a slot. */
  held: HeldSession | null
  offer: {
    slug: string
    title: string
    location: string
    kind: string
    kindSettings: Record<string, unknown>
  }
  client: { personId: string; name: string; email: string; timeZone: string }
  coach: {
    id: string
    personId: string
    name: string
    email: string
    timeZone: string
    /** What becomes of a request that nobody answers. */
    approvalTimeout: 'decline' | 'approve'
  }
  /** Other times that nobody has answered yet: the coach's, and the client's second and third choice. */
  proposals: ProposalFacts[]
  openQuestionId: string | null
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

export interface ProposalFacts {
  id: string
  startsAt: Date
  endsAt: Date
  proposedBy: 'client' | 'coach'
  expiresAt: Date | null
  message: string | null
  createdAt: Date
}

/** A session with dates and seats of its own. */
export interface HeldSession {
  state: Selectable<SessionsTable>['state']
  stateReason: string | null
  /** When it is decided whether it takes place; null where that is certain. */
  decideBy: Date | null
  terms: SessionTerms
  /** In order of time. */
  dates: { startsAt: Date; endsAt: Date }[]
  /** Names, the one who leads it first. */
  coaches: string[]
  /** Seats taken, and all there are. */
  taken: number
  capacity: number
}

interface Row extends Omit<BookingFacts, 'session' | 'held' | 'offer' | 'client' | 'coach' | 'move'> {
  sessionId: string
  ofSession: SessionOfBooking
  offerKind: string
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
  coachTimeout: 'decline' | 'approve'
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
      (SELECT coalesce(json_agg(json_build_object('id', r.id, 'startsAt', r.starts_at, 'endsAt', r.ends_at,
          'proposedBy', r.proposed_by, 'expiresAt', r.expires_at, 'message', r.message, 'createdAt', r.created_at)
          ORDER BY r.position), '[]')
        FROM proposals r WHERE r.tenant_id = b.tenant_id AND r.booking_id = b.id AND r.status = 'open') AS proposals,
      (SELECT q.id FROM questions q
        WHERE q.tenant_id = b.tenant_id AND q.booking_id = b.id AND q.ended_at IS NULL) AS "openQuestionId",
      b.client_notes AS "clientNotes", b.created_at AS "createdAt", b.seats, b.mode, b.price_minor AS "priceMinor", b.currency,
      b.price_lines AS "priceLines", b.deposit_minor AS "depositMinor", b.balance_due_at AS "balanceDueAt",
      b.fee_minor AS "feeMinor", b.policy_snapshot AS "policySnapshot",
      s.id AS "sessionId", ${sessionOfBooking} AS "ofSession", o.kind AS "offerKind",
      b.decision ->> 'sentence' AS "decisionSentence", b.manage_version AS "manageVersion",
      s.calendar_uid AS "calendarUid", s.sequence, s.time_zone AS "sessionZone",
      d.starts_at AS "startsAt", d.ends_at AS "endsAt",
      o.slug AS "offerSlug", o.title AS "offerTitle", o.location AS "offerLocation",
      b.client_id AS "clientId", b.client_name AS "clientName", p.email AS "clientEmail", b.client_zone AS "clientZone",
      c.id AS "coachId", c.person_id AS "coachPersonId", cp.name AS "coachName", cp.email AS "coachEmail", c.time_zone AS "coachZone",
      c.approval_timeout AS "coachTimeout",
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
  const { sessionId, ofSession, calendarUid, sequence, sessionZone, startsAt, endsAt, ...booking } = row
  const { offerSlug, offerTitle, offerLocation, offerKind, ...rest } = booking
  const { clientId, clientName, clientEmail, clientZone, ...without } = rest
  const { coachId, coachPersonId, coachName, coachEmail, coachZone, coachTimeout, ...plain } = without
  const { moveId, moveStatus, moveStartsAt, moveEndsAt, moveAnswerBy, moveReason, ...own } = plain
  return {
    ...own,
    proposals: own.proposals.map(proposalOf),
    session: { id: sessionId, calendarUid, sequence, timeZone: sessionZone, startsAt, endsAt },
    held: heldOf(ofSession),
    offer: {
      slug: offerSlug,
      title: offerTitle,
      location: offerLocation,
      kind: offerKind,
      kindSettings: ofSession.kindSettings,
    },
    client: { personId: clientId, name: clientName, email: clientEmail, timeZone: clientZone },
    coach: {
      ...{ id: coachId, personId: coachPersonId, name: coachName, email: coachEmail, timeZone: coachZone },
      approvalTimeout: coachTimeout,
    },
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

/** Instants inside JSON come as text. */
function proposalOf({ startsAt, endsAt, expiresAt, createdAt, ...proposal }: ProposalFacts): ProposalFacts {
  return {
    ...proposal,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    expiresAt: expiresAt && new Date(expiresAt),
    createdAt: new Date(createdAt),
  }
}

/** Instants inside JSON come as text. */
export function heldOf({ terms, ...session }: SessionOfBooking): HeldSession | null {
  if (!terms) return null
  const { state, stateReason, decideBy, dates, coaches, taken, capacityTotal: capacity } = session
  return {
    ...{ state, stateReason, terms, coaches, taken, capacity },
    decideBy: decideBy === null ? null : new Date(decideBy),
    dates: dates.map(date => ({ startsAt: new Date(date.startsAt), endsAt: new Date(date.endsAt) })),
  }
}
