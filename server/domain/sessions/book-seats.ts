import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { dispatch, eventRow } from '#server/events/record.ts'
import { refusalOf } from '../booking/attempts.ts'
import { isProven } from '../booking/authority.ts'
import { type Booked, callerOf, confirmedBy, eventName } from '../booking/book.ts'
import { RefusedAttempt, type Tried } from '../booking/keep-attempt.ts'
import { requireShownPrice } from '../booking/shown-price.ts'
import { answerBy, scheduleApproval } from '../booking/time-to-answer.ts'
import { cancellationTermsFor } from '../cancellation/terms.ts'
import type { Actor, Command, Query } from '../command.ts'
import { answerRow, type EarlierRow, earlierRow, judgeEarlier, refusingReuse } from '../idempotency.ts'
import { permitsFor } from '../people/roles.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { isConnected, judgeSeats, settleMode } from './judge-seats.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import { priceOf, type SessionPrice } from './price.ts'
import { hintSeats, refusingFull } from './seats.ts'
import { type NewSeatBooking, writeSeatBooking } from './write-seat-booking.ts'

export interface BookSeats {
  sessionId: string
  seats: number
  /** How to take part, where there are several ways; who names none gets the first with room. */
  mode?: SeatMode | undefined
  /** Names of those who take the further seats. */
  guests: readonly string[]
  client: { name: string; email: string; timeZone: string }
  notes: string
  hold: { holdId: string | null; visitorHash: string | null }
  /** Coaches whose personal link the client holds (015). */
  invitedBy: readonly string[]
  /** Whose wall clock the client lives by, where that is known. */
  timeZone?: string | undefined
  /** The most they may cost, minor units: what the client was shown. */
  shownPriceMinor?: number | undefined
  idempotency: { procedure: string; key: string; body: unknown }
}

/**
 * Books seats of a session: confirmed at once, or as a request that takes the seats all the same where the session's
 * terms ask for approval (268, 282, C11). One transaction under the lock of the seats alone (see `lockOfSeats`), since
 * the coach's time is the session's already. A member's `actor` books for a client: listing, closing and seats per
 * booking only warn, capacity never.
 *
 * Refuses with 409 and the rule's code (`SESSION_FULL`, `REGISTRATION_CLOSED`, …), 403 for a session that isn't open to
 * this client, 404 for an unknown one, 400 `MODE_MISSING` for a way to take part that it doesn't have. A repeated idempotency key gets the first answer.
 */
export async function bookSeats(command: Command, input: BookSeats): Promise<Booked> {
  const { actor } = command
  const repeatable = { ...input.idempotency, caller: callerOf(actor, input) }
  const session = await loadForSeats(command, input)
  const { earlier, otherHolds } = session.beside as { earlier: EarlierRow | null; otherHolds: string[] }
  const answered = judgeEarlier<Booked>(earlier, repeatable)
  if (answered) return answered

  requireAnswerable(actor, session)
  const mode = settleMode(session, input.mode, input.seats)
  requireFewGuests(input)
  const judged = await judgeAsked(command, session, input, mode)
  const endHolds = session.hold ? [session.hold.id, ...otherHolds] : otherHolds
  const booking = newBooking(command, input, { session, mode, endHolds, ...judged })
  const coachId = session.coaches[0]!.id
  const event = eventRow(command, eventName(booking), {
    subject: 'booking',
    subjectId: booking.id,
    coachId,
    data: {
      status: booking.status,
      ...session.dates[0]!,
      offerId: session.offer.id,
      sessionId: session.id,
      seats: booking.seats,
    },
  })
  const { id, status, bookingType } = booking
  const answer: Booked = { id, status, bookingType, manageVersion: 1 }
  await refusingReuse(() =>
    refusingFull(() =>
      writeSeatBooking(command, booking, { event, answer: answerRow(command, repeatable, answer) }),
    ),
  )
  await dispatch(command, event.id)
  if (booking.answerBy) await scheduleApproval(command, booking.id, booking.answerBy)

  hintSeats(command, { sessionId: session.id, offerId: session.offer.id, coachId })
  if (status === 'REQUESTED') command.hint('requests')
  return answer
}

/**
 * Refuses a client's booking without taking the lock when the present facts rule it out already, so that a hundred who
 * want the last seat don't queue for its row. Lets everything else through, a repeated key too.
 */
export async function foreseeSeats(query: Query & Asking, input: BookSeats): Promise<void> {
  const session = await loadForSeats(query, input)
  const { earlier } = session.beside as { earlier: EarlierRow | null }
  if (earlier) return
  await judgeAsked(query, session, input, settleMode(session, input.mode, input.seats))
}

/** What the rules say to what was asked for, at what price. Refuses as `bookSeats` does. */
async function judgeAsked(
  { actor, now, kind }: Asking,
  session: SessionFacts,
  input: BookSeats,
  mode: SeatMode,
): Promise<Asked> {
  const { seats } = input
  const { ways, decision } = await judgeSeats(session, askerOf(actor, input), { mode, seats }, now)
  const connected = isProven(actor) && isConnected(session)
  const { values } = decision
  const price = priceOf(kind(session.kind), session, { seats, mode, connected, values, now })
  const tried: Tried = {
    ...{ offerId: session.offer.id, coachId: session.coaches[0]!.id, startsAt: session.dates[0]!.startsAt },
    ...{ ways, decision, priceMinor: price.amountMinor, currency: price.currency },
  }
  if (decision.outcome === 'refuse') throw new RefusedAttempt(refusalOf(decision), tried)
  requireShownPrice(price.amountMinor, input.shownPriceMinor)
  return { decision, price, tried }
}

/** The session as it stands for this client, with what the key was answered before and holds on its sister sessions. */
async function loadForSeats(query: Query, input: BookSeats): Promise<SessionFacts> {
  const { tenantId, now, actor } = query
  const { holdId, visitorHash } = input.hold
  const [session] = await loadSessions(query, {
    condition: sql`s.id = ${input.sessionId}`,
    client: isProven(actor) ? { personId: actor.personId } : { email: input.client.email },
    own: input.hold,
    beside: sql`json_build_object(
      'earlier', ${earlierRow(tenantId, { ...input.idempotency, caller: callerOf(actor, input) })},
      'otherHolds', (SELECT coalesce(json_agg(h.id), '[]') FROM holds h
        WHERE h.tenant_id = s.tenant_id AND h.offer_id = s.offer_id AND h.session_id <> s.id AND h.purpose = 'checkout'
          AND h.released_at IS NULL AND h.expires_at > ${now}
          AND (h.id = ${holdId}::uuid OR h.visitor_hash = ${visitorHash}::text)))`,
  })
  if (!session) throw notFound('session')
  return session
}

function askerOf(actor: Actor, { invitedBy, timeZone }: BookSeats) {
  return {
    by: actor.as === 'member' ? ('staff' as const) : ('client' as const),
    proven: isProven(actor),
    invitedBy,
    timeZone,
  }
}

/** Staff book only for sessions of coaches they may answer for; clients for any. */
function requireAnswerable(actor: Actor, { coaches }: SessionFacts): void {
  if (actor.as !== 'member' || coaches.some(({ id }) => permitsFor(actor, 'bookings.answer', id))) return
  throw new Refusal(
    'forbidden',
    'ROLE',
    'Your role here doesn’t include booking for this coach. Ask an owner.',
  )
}

function requireFewGuests({ guests, seats }: BookSeats): void {
  if (guests.length < seats) return
  throw new Refusal('input', 'BAD_INPUT', 'There are more names than seats beside your own.', {
    field: 'guests',
  })
}

type Asking = Pick<Command, 'actor' | 'now' | 'kind'>

interface Asked {
  decision: Decision
  price: SessionPrice
  tried: Tried
}

interface Judged extends Asked {
  session: SessionFacts
  mode: SeatMode
  endHolds: readonly string[]
}

function newBooking(
  command: Command,
  input: BookSeats,
  { session, mode, decision, price, tried, endHolds }: Judged,
): NewSeatBooking {
  const { actor, now } = command
  const { seats, guests, client, notes } = input
  const isRequest = decision.outcome === 'request'
  const connected = isProven(actor) && isConnected(session)
  return {
    id: uuidv7(),
    sessionId: session.id,
    offerId: session.offer.id,
    ...{ mode, seats, guests, client, notes, decision, price, tried, endHolds },
    sold: cancellationTermsFor(session.policy, command.kind(session.kind), {
      offerId: session.offer.id,
      settings: session.offer.kindSettings,
      terms: session.terms,
    }),
    status: isRequest ? 'REQUESTED' : actor.as === 'member' ? 'CONFIRMED' : 'FIRM_BOOKED',
    bookingType: isRequest ? 'REQUESTED' : 'FIRM_BOOKED',
    answerBy: isRequest
      ? answerBy(now, { approvalHours: decision.values.approvalHours! }, session.dates[0]!.startsAt)
      : null,
    confirmedBy: isRequest ? null : confirmedBy(actor),
    connectionStatus: connected ? 'connected' : 'not_connected',
  }
}
