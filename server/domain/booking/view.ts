import type { SeatMode } from '@rapport/sdk'
import { type RawBuilder, sql } from 'kysely'
import type { BookingStatus, BookingType, Party, PriceLine } from '#server/db/tables.ts'
import { actorKey, type Query } from '../command.ts'
import { notFound } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { clientTrace } from '../rules/trace.ts'
import { maySee } from './authority.ts'
import { calendarLinks } from './calendar-links.ts'
import { undoUntil } from './undo.ts'
import { type OwedRow, owedOfBooking, viewCancellation } from './view-cancellation.ts'
import { type ConversationRow, conversationOfBooking, viewConversation } from './view-conversation.ts'
import { type SessionOfBooking, sessionOfBooking, viewSessionOfBooking } from './view-session.ts'
import { concerned, whatMayBeDone } from './what-may-be-done.ts'

/** A row of the statement below: everything a view shows, before it is known who looks. */
export interface BookingRow extends ConversationRow {
  id: string
  status: BookingStatus
  bookingType: BookingType
  awaiting: 'coach' | 'client' | null
  answerBy: Date | null
  sessionId: string
  startsAt: Date
  endsAt: Date
  timeZone: string
  calendarUid: string
  sequence: number
  offer: { id: string; slug: string; title: string; kind: string; location: string }
  /** Who leads it; all who give it are `coachIds`. */
  coach: { id: string; name: string; slug: string; timeZone: string }
  coachIds: string[]
  session: SessionOfBooking
  seats: number
  mode: SeatMode
  guests: string[]
  depositMinor: number | null
  balanceDueAt: Date | null
  clientId: string
  clientName: string
  clientEmail: string
  clientZone: string
  connectionStatus: 'connected' | 'not_connected'
  priceMinor: number
  currency: string
  priceLines: PriceLine[]
  clientNotes: string
  coachNotes: string
  declineCode: string | null
  declineReason: string | null
  cancelledBy: Party | null
  cancelReason: string | null
  endedAt: Date | null
  endedBy: string | null
  confirmedAt: Date | null
  confirmedBy: Party | null
  attendance: 'attended' | 'no_show' | null
  owed: OwedRow
  manageVersion: number
  decision: Decision
  createdAt: Date
  changedAt: Date
  move: MoveRow | null
  feedback: { rating: number; comment: string } | null
}

interface MoveRow {
  startsAt: string
  endsAt: string
  coachId: string
  proposedBy: 'client' | 'coach'
  status: 'pending' | 'approved' | 'declined' | 'withdrawn'
  answerBy: string | null
  reason: string | null
  sentence: string
}

export type BookingView = ReturnType<typeof viewBooking>

/** One booking for whoever may see it; 404 for all others (111). */
export async function getBooking(query: Query, id: string): Promise<BookingView> {
  return viewBooking(await requireSight(query, id), query)
}

/** The booking's row, where the one who asks may see it; 404 for all others. */
export async function requireSight(query: Query, id: string): Promise<BookingRow> {
  const row = await findBooking(query, id)
  if (!row || !maySee(query.actor, concerned(row))) throw notFound('booking')
  return row
}

/** A booking as its client sees it, whoever asks: the answer to having just made it. */
export async function getBookingAsClient(query: Query, id: string): Promise<BookingView> {
  const row = await findBooking(query, id)
  if (!row) throw notFound('booking')
  return viewBooking(row, {
    now: query.now,
    actor: { as: 'client', personId: row.clientId, signedIn: false },
  })
}

export async function findBooking(
  query: Pick<Query, 'trx' | 'tenantId'>,
  id: string,
): Promise<BookingRow | undefined> {
  const { rows } = await bookingRows(query.tenantId, sql`b.id = ${id}`).execute(query.trx)
  return rows[0]
}

/** Bookings with all that a view shows; `condition` may name `b`, `p` (client), `co` (coach), `d` (date), `m` (last move). */
export function bookingRows(
  tenantId: string,
  condition: RawBuilder<unknown>,
  rest: RawBuilder<unknown> = sql``,
): RawBuilder<BookingRow> {
  return sql<BookingRow>`
    SELECT b.id, b.status, b.booking_type AS "bookingType", b.awaiting, b.answer_by AS "answerBy",
      b.session_id AS "sessionId", d.starts_at AS "startsAt", d.ends_at AS "endsAt", s.time_zone AS "timeZone",
      s.calendar_uid AS "calendarUid", s.sequence,
      json_build_object('id', o.id, 'slug', o.slug, 'title', o.title, 'kind', o.kind, 'location', o.location) AS offer,
      json_build_object('id', co.id, 'name', cp.name, 'slug', co.slug, 'timeZone', co.time_zone) AS coach,
      ARRAY(SELECT coach_id FROM session_coaches g WHERE g.tenant_id = b.tenant_id AND g.session_id = b.session_id
        ORDER BY g.position) AS "coachIds",
      ${sessionOfBooking} AS session, b.seats, b.mode, b.guests, b.deposit_minor AS "depositMinor",
      b.balance_due_at AS "balanceDueAt",
      b.client_id AS "clientId", b.client_name AS "clientName", p.email AS "clientEmail", b.client_zone AS "clientZone",
      b.connection_status AS "connectionStatus", b.price_minor AS "priceMinor", b.currency, b.price_lines AS "priceLines",
      b.client_notes AS "clientNotes", b.coach_notes AS "coachNotes", b.decline_code AS "declineCode",
      b.decline_reason AS "declineReason", b.cancelled_by AS "cancelledBy", b.cancel_reason AS "cancelReason",
      b.ended_at AS "endedAt", b.ended_by AS "endedBy", b.confirmed_at AS "confirmedAt", b.confirmed_by AS "confirmedBy",
      b.attendance, ${owedOfBooking} AS owed, b.manage_version AS "manageVersion", b.decision, b.created_at AS "createdAt", b.changed_at AS "changedAt",
      (SELECT json_build_object('rating', rating, 'comment', comment) FROM feedback f
        WHERE f.tenant_id = b.tenant_id AND f.booking_id = b.id) AS feedback,
      m.move, ${conversationOfBooking}
    FROM bookings b
    JOIN sessions s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
    JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id AND d.position = 0
    JOIN session_coaches sc ON sc.tenant_id = b.tenant_id AND sc.session_id = b.session_id AND sc.position = 0
    JOIN coaches co ON co.tenant_id = b.tenant_id AND co.id = sc.coach_id
    JOIN people cp ON cp.tenant_id = b.tenant_id AND cp.id = co.person_id
    JOIN people p ON p.tenant_id = b.tenant_id AND p.id = b.client_id
    JOIN offers o ON o.tenant_id = b.tenant_id AND o.id = b.offer_id
    LEFT JOIN LATERAL (
      SELECT status, answer_by, json_build_object('startsAt', to_starts_at, 'endsAt', to_ends_at, 'coachId', coach_id,
        'proposedBy', proposed_by, 'status', status, 'answerBy', answer_by, 'reason', reason,
        'sentence', decision ->> 'sentence') AS move
      FROM moves WHERE tenant_id = b.tenant_id AND booking_id = b.id
      ORDER BY (status = 'pending') DESC, created_at DESC LIMIT 1) m ON true
    WHERE b.tenant_id = ${tenantId} AND ${condition} ${rest}`
}

/** A booking as this actor may see it: the coach's notes and the full trace are for staff (054, 112). */
export function viewBooking(row: BookingRow, { actor, now }: Pick<Query, 'actor' | 'now'>) {
  const isStaff =
    actor.as === 'system' || (actor.as === 'member' && maySee(actor, { ...concerned(row), clientId: '' }))
  return {
    id: row.id,
    status: row.status,
    bookingType: row.bookingType,
    approvalRequired: row.bookingType === 'REQUESTED',
    awaiting: row.awaiting,
    answerBy: iso(row.awaiting ? row.answerBy : null),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    durationMinutes: (row.endsAt.getTime() - row.startsAt.getTime()) / 60_000,
    offer: row.offer,
    coach: row.coach,
    session: viewSessionOfBooking(row.sessionId, row.session, now),
    seats: row.seats,
    mode: row.mode,
    guests: row.guests,
    client: {
      ...(isStaff && { id: row.clientId }),
      name: row.clientName,
      email: row.clientEmail,
      timeZone: row.clientZone,
      connectionStatus: row.connectionStatus,
    },
    priceMinor: row.priceMinor,
    currency: row.currency,
    priceLines: row.priceLines,
    /** Of the price, what is due at once; null for all of it. */
    depositMinor: row.depositMinor,
    balanceDueAt: iso(row.balanceDueAt),
    clientNotes: row.clientNotes,
    ...(isStaff && { coachNotes: row.coachNotes }),
    declineCode: row.declineCode,
    declineReason: row.declineReason,
    cancelledBy: row.cancelledBy,
    cancelReason: row.cancelReason,
    endedAt: iso(row.endedAt),
    undoUntil: iso(undoUntil(row, actorKey(actor), now)),
    confirmationTimestamp: iso(row.confirmedAt),
    confirmedBy: row.confirmedBy,
    attendance: row.attendance,
    ...viewCancellation(row, { by: isStaff ? 'coach' : 'client', now }),
    move: row.move && {
      ...row.move,
      startsAt: isoText(row.move.startsAt),
      endsAt: isoText(row.move.endsAt),
      answerBy: row.move.answerBy && isoText(row.move.answerBy),
    },
    ...viewConversation(row, { isStaff, now }),
    decision: {
      outcome: row.decision.outcome,
      sentence: row.decision.sentence,
      trace: isStaff ? row.decision.trace : clientTrace(row.decision),
    },
    calendar: calendarLinks({ ...row, ...placeOf(row) }),
    manageVersion: row.manageVersion,
    can: whatMayBeDone(row, actor, now),
    feedback: row.feedback,
    createdAt: row.createdAt.toISOString(),
    version: row.changedAt.toISOString(),
  }
}

/** Where it is held in person, for entries in calendars. */
function placeOf({ offer, session: { terms } }: BookingRow) {
  return { offer: { ...offer, location: terms?.venue?.address ?? offer.location } }
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null
}

function isoText(instant: string): string {
  return new Date(instant).toISOString()
}
