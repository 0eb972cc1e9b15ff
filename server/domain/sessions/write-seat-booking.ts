import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { eventRow } from '#server/events/record.ts'
import { attemptOfBooking, type Tried } from '../booking/keep-attempt.ts'
import type { SoldTerms } from '../cancellation/terms.ts'
import type { Command } from '../command.ts'
import type { answerRow } from '../idempotency.ts'
import type { Decision } from '../rules/decide.ts'
import type { SessionPrice } from './price.ts'
import { exchangeSeats } from './seats.ts'

/** A booking of seats about to be written. Instants are UTC. */
export interface NewSeatBooking {
  id: string
  sessionId: string
  offerId: string
  mode: SeatMode
  seats: number
  guests: readonly string[]
  client: { name: string; email: string; timeZone: string }
  notes: string
  status: 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED'
  bookingType: 'FIRM_BOOKED' | 'REQUESTED'
  answerBy: Date | null
  confirmedBy: 'coach' | 'system' | null
  decision: Decision
  tried: Tried
  connectionStatus: 'connected' | 'not_connected'
  price: SessionPrice
  /** How cancelling it is charged, frozen with it. */
  sold: SoldTerms
  /** The client's live holds: their seats make room for the booking's. */
  endHolds: readonly string[]
}

interface Beside {
  event: ReturnType<typeof eventRow>
  answer: ReturnType<typeof answerRow>
}

/**
 * Takes the seats and writes client, booking, attempt, event and idempotency key in one statement, after giving back what holds
 * that ran out still took. An address that is known keeps the name it has.
 */
export async function writeSeatBooking(
  command: Command,
  booking: NewSeatBooking,
  { event, answer }: Beside,
): Promise<void> {
  const { tenantId: tenant, now } = command
  const { client, price, mode, seats, decision } = booking
  const isConfirmed = booking.status !== 'REQUESTED'
  const exchange = exchangeSeats(command, booking.sessionId, {
    endHolds: booking.endHolds,
    take: { mode, seats, as: 'taken' },
  })
  await sql`
    WITH ${exchange}, person AS (
      INSERT INTO people (tenant_id, id, email, name, time_zone, created_at)
      VALUES (${tenant}, ${uuidv7()}, ${client.email}, ${client.name}, ${client.timeZone}, ${now})
      ON CONFLICT (tenant_id, email) DO UPDATE SET email = excluded.email
      RETURNING id
    ), new_client AS (
      INSERT INTO clients (tenant_id, person_id, created_at) SELECT ${tenant}, id, ${now} FROM person
      ON CONFLICT (tenant_id, person_id) DO NOTHING
    ), new_event AS (
      INSERT INTO events (tenant_id, id, at, name, subject, subject_id, coach_id, actor, actor_id, request_id, data)
      VALUES (${tenant}, ${event.id}, ${event.at}, ${event.name}, ${event.subject}, ${event.subject_id},
        ${event.coach_id}, ${event.actor}, ${event.actor_id}, ${event.request_id}, ${event.data})
    ), new_answer AS (
      INSERT INTO idempotency_keys (tenant_id, procedure, caller, key, body_hash, answer, created_at)
      VALUES (${tenant}, ${answer.procedure}, ${answer.caller}, ${answer.key}, ${answer.body_hash}, ${answer.answer}, ${now})
    ), new_attempt AS (
      ${attemptOfBooking(command, booking.id, booking.tried)}
    )
    INSERT INTO bookings (tenant_id, id, session_id, offer_id, client_id, mode, seats, guests, status, booking_type,
      awaiting, answer_by, decision, policy_version, connection_status, client_name, client_zone, confirmed_at, confirmed_by,
      price_minor, currency, price_lines, deposit_minor, balance_due_at, policy_snapshot, client_notes, created_at,
      changed_at)
    SELECT ${tenant}, ${booking.id}, ${booking.sessionId}, ${booking.offerId}, person.id, ${mode}, ${seats}::integer,
      ${booking.guests}::text[], ${booking.status}, ${booking.bookingType}, ${isConfirmed ? null : 'coach'},
      ${booking.answerBy}::timestamptz, ${JSON.stringify(decision)}::jsonb, ${decision.policyVersion}::integer,
      ${booking.connectionStatus}, ${client.name}, ${client.timeZone}, ${isConfirmed ? now : null}::timestamptz, ${booking.confirmedBy},
      ${price.amountMinor}::bigint, ${price.currency}, ${JSON.stringify(price.lines)}::jsonb,
      ${price.depositMinor}::bigint, ${price.balanceDueAt}::timestamptz, ${JSON.stringify(booking.sold)}::jsonb,
      ${booking.notes}, ${now}::timestamptz, ${now}::timestamptz
    FROM person`.execute(command.trx)
}
