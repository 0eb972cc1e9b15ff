import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { eventRow } from '#server/events/record.ts'
import type { SlotPrice } from '../availability/slot-price.ts'
import type { SoldTerms } from '../cancellation/terms.ts'
import type { Command } from '../command.ts'
import type { answerRow } from '../idempotency.ts'
import type { Decision } from '../rules/decide.ts'
import { attemptOfBooking, type Tried } from './keep-attempt.ts'

/** A booking about to be written, with the session made for it. Instants are UTC, money in minor units. */
export interface NewBooking {
  id: string
  sessionId: string
  offerId: string
  kind: string
  coachId: string
  /** The coach's zone: the wall clock the session is held by. */
  timeZone: string
  capacity: number
  startsAt: Date
  endsAt: Date
  /** The end plus the session's own buffer. */
  blockedUntil: Date
  client: { name: string; email: string; timeZone: string }
  notes: string
  status: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED'
  bookingType: 'FIRM_BOOKED' | 'REQUESTED'
  answerBy: Date | null
  confirmedBy: 'coach' | 'system' | null
  decision: Decision
  connectionStatus: 'connected' | 'not_connected'
  price: SlotPrice
  currency: string
  /** How cancelling it is charged, frozen with it. */
  sold: SoldTerms
  tried: Tried
  /** The client's checkout hold on this very time: its claim becomes the session's. */
  holdId: string | null
  /** False of a request that others may compete with (C9). */
  isExclusive: boolean
}

interface Beside {
  event: ReturnType<typeof eventRow>
  answer: ReturnType<typeof answerRow>
}

/**
 * Writes session, claim, client, booking, attempt, event and idempotency key in one statement.
 * Returns false when the claim met another one: the caller must then refuse, which takes the rest back.
 * An address that is known keeps the name it has: an unproven booking never overwrites one.
 */
export async function writeBooking(
  command: Command,
  booking: NewBooking,
  { event, answer }: Beside,
): Promise<boolean> {
  const { tenantId: tenant, now } = command
  const { client, price, decision } = booking
  const isConfirmed = booking.status !== 'REQUESTED'
  const { rows } = await sql`
    WITH person AS (
      INSERT INTO people (tenant_id, id, email, name, time_zone, created_at)
      VALUES (${tenant}, ${uuidv7()}, ${client.email}, ${client.name}, ${client.timeZone}, ${now})
      ON CONFLICT (tenant_id, email) DO UPDATE SET email = excluded.email
      RETURNING id
    ), new_client AS (
      INSERT INTO clients (tenant_id, person_id, created_at) SELECT ${tenant}, id, ${now} FROM person
      ON CONFLICT (tenant_id, person_id) DO NOTHING
    ), new_session AS (
      INSERT INTO sessions (tenant_id, id, offer_id, kind, time_zone, calendar_uid, created_at)
      VALUES (${tenant}, ${booking.sessionId}, ${booking.offerId}, ${booking.kind}, ${booking.timeZone},
        ${`${booking.sessionId}@rapport`}, ${now})
    ), new_date AS (
      INSERT INTO session_dates (tenant_id, session_id, position, starts_at, ends_at)
      VALUES (${tenant}, ${booking.sessionId}, 0, ${booking.startsAt}, ${booking.endsAt})
    ), new_coach AS (
      INSERT INTO session_coaches (tenant_id, session_id, coach_id, position)
      VALUES (${tenant}, ${booking.sessionId}, ${booking.coachId}, 0)
    ), new_seats AS (
      INSERT INTO session_seats (tenant_id, session_id, capacity, taken)
      VALUES (${tenant}, ${booking.sessionId}, ${booking.capacity}, 1)
    ), new_booking AS (
      INSERT INTO bookings (tenant_id, id, session_id, offer_id, client_id, status, booking_type, awaiting, answer_by,
        decision, policy_version, connection_status, client_name, client_zone, confirmed_at, confirmed_by, price_minor,
        currency, price_lines, deposit_minor, balance_due_at, policy_snapshot, client_notes, created_at, changed_at)
      SELECT ${tenant}, ${booking.id}, ${booking.sessionId}, ${booking.offerId}, person.id, ${booking.status},
        ${booking.bookingType}, ${isConfirmed ? null : 'coach'}, ${booking.answerBy}::timestamptz,
        ${JSON.stringify(decision)}::jsonb, ${decision.policyVersion}::integer, ${booking.connectionStatus}, ${client.name}, ${client.timeZone},
        ${isConfirmed ? now : null}::timestamptz, ${booking.confirmedBy}, ${price.amountMinor}::bigint,
        ${booking.currency}, ${JSON.stringify(price.lines)}::jsonb, ${price.depositMinor}::bigint,
        ${price.depositMinor === null ? null : booking.startsAt}::timestamptz, ${JSON.stringify(booking.sold)}::jsonb, ${booking.notes}, ${now}::timestamptz, ${now}::timestamptz
      FROM person
    ), new_attempt AS (
      ${attemptOfBooking(command, booking.id, booking.tried)}
    ), new_event AS (
      INSERT INTO events (tenant_id, id, at, name, subject, subject_id, coach_id, actor, actor_id, request_id, data)
      VALUES (${tenant}, ${event.id}, ${event.at}, ${event.name}, ${event.subject}, ${event.subject_id},
        ${event.coach_id}, ${event.actor}, ${event.actor_id}, ${event.request_id}, ${event.data})
    ), new_answer AS (
      INSERT INTO idempotency_keys (tenant_id, procedure, caller, key, body_hash, answer, created_at)
      VALUES (${tenant}, ${answer.procedure}, ${answer.caller}, ${answer.key}, ${answer.body_hash}, ${answer.answer}, ${now})
    ), ended_hold AS (
      UPDATE holds SET released_at = ${now} WHERE tenant_id = ${tenant} AND id = ${booking.holdId}
    ), claim AS (${booking.holdId ? keepClaim(command, booking) : takeSlot(command, booking)})
    SELECT id FROM claim`.execute(command.trx)
  return rows.length === 1
}

function keepClaim(
  { tenantId }: Command,
  { holdId, sessionId, isExclusive }: NewBooking,
): RawBuilder<unknown> {
  return sql`
    UPDATE claims SET session_id = ${sessionId}, hold_id = NULL, expires_at = NULL, exclusive = ${isExclusive}
    WHERE tenant_id = ${tenantId} AND hold_id = ${holdId} AND released_at IS NULL
    RETURNING id`
}

function takeSlot(command: Command, booking: NewBooking): RawBuilder<unknown> {
  const { sessionId, coachId, startsAt, endsAt, blockedUntil, isExclusive } = booking
  return takeClaim(command, { sessionId, coachId, startsAt, endsAt, blockedUntil, isExclusive })
}

interface Claimed {
  sessionId?: string
  holdId?: string
  expiresAt?: Date
  coachId: string
  startsAt: Date
  endsAt: Date
  blockedUntil: Date | RawBuilder<Date>
  /** False lets others take the same time: it is in nobody's way, and nobody in its. */
  isExclusive?: boolean
}

/** Takes a coach's time for a session or a hold: returns the claim's id, or no row where another claim is in the way. */
export function takeClaim({ tenantId }: Command, claim: Claimed): RawBuilder<{ id: string }> {
  return sql`
    INSERT INTO claims (tenant_id, id, coach_id, starts_at, ends_at, blocked_until, exclusive, session_id, hold_id,
      expires_at)
    VALUES (${tenantId}, ${uuidv7()}, ${claim.coachId}, ${claim.startsAt}, ${claim.endsAt}, ${claim.blockedUntil},
      ${claim.isExclusive ?? true}, ${claim.sessionId ?? null}, ${claim.holdId ?? null}, ${claim.expiresAt ?? null})
    ON CONFLICT ON CONSTRAINT claims_no_overlap DO NOTHING
    RETURNING id`
}
