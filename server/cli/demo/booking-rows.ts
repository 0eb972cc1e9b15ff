import { uuidv7 } from 'uuidv7'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import { insertRows } from './insert-rows.ts'
import type { Happened, Life } from './live-through.ts'

const MINUTE = 60_000

export interface DemoClient {
  id: string
  name: string
  timeZone: string
}

export interface EventRow {
  tenant_id: string
  id: string
  /** ISO-8601, UTC. */
  at: string
  name: string
  subject: string
  subject_id: string
  coach_id: string
  actor: string
  actor_id: string | null
  request_id: string
  data: Record<string, unknown>
}

export interface WrittenBooking {
  id: string
  life: Life
}

export interface Writing {
  trx: TenantTransaction
  tenantId: string
  currency: string
  clients: readonly DemoClient[]
}

/** Writes bookings with their sessions, claims, feedback and events, as the commands would have left them. */
export async function writeLives(writing: Writing, lives: readonly Life[]): Promise<WrittenBooking[]> {
  const { trx } = writing
  const written = lives.map(life => ({ id: uuidv7(), sessionId: uuidv7(), life }))
  await insertRows(
    trx,
    'sessions',
    written.map(each => sessionRow(writing, each)),
  )
  await insertRows(
    trx,
    'session_dates',
    written.map(each => dateRow(writing, each)),
  )
  await insertRows(
    trx,
    'session_coaches',
    written.map(each => coachRow(writing, each)),
  )
  await insertRows(
    trx,
    'session_seats',
    written.map(each => seatsRow(writing, each)),
  )
  await insertRows(
    trx,
    'claims',
    written.flatMap(each => claimRows(writing, each)),
  )
  await insertRows(
    trx,
    'bookings',
    written.map(each => bookingRow(writing, each)),
  )
  await insertRows(
    trx,
    'feedback',
    written.flatMap(each => feedbackRows(writing, each)),
  )
  return written
}

/** The rows of all that happened to these bookings. */
export function eventsOf(writing: Writing, written: readonly WrittenBooking[]): EventRow[] {
  return written.flatMap(({ id, life }) => life.events.map(event => eventRow(writing, { id, life, event })))
}

interface Ids {
  id: string
  sessionId: string
  life: Life
}

function sessionRow({ tenantId }: Writing, { sessionId, life }: Ids) {
  return {
    tenant_id: tenantId,
    id: sessionId,
    offer_id: life.offer.id,
    kind: '1on1',
    state: life.ended ? 'CANCELLED' : 'SCHEDULED',
    time_zone: life.coach.calendar.timeZone,
    listing: 'private',
    calendar_uid: `${sessionId}@rapport`,
    sequence: life.sequence,
    created_at: iso(life.createdAt),
  }
}

function dateRow({ tenantId }: Writing, { sessionId, life }: Ids) {
  return {
    tenant_id: tenantId,
    session_id: sessionId,
    position: 0,
    starts_at: iso(life.startsAt),
    ends_at: iso(life.endsAt),
  }
}

function coachRow({ tenantId }: Writing, { sessionId, life }: Ids) {
  return { tenant_id: tenantId, session_id: sessionId, coach_id: life.coach.id, position: 0 }
}

function seatsRow({ tenantId }: Writing, { sessionId, life }: Ids) {
  const taken = life.ended ? 0 : 1
  return { tenant_id: tenantId, session_id: sessionId, mode: 'any', capacity: 1, taken, held: 0 }
}

/** Kept, not deleted (C7): that of the time before a move, and that of a booking that ended, are released. */
function claimRows({ tenantId }: Writing, { sessionId, life }: Ids) {
  const claim = (startsAt: number, releasedAt: number | null) => {
    const endsAt = startsAt + life.endsAt - life.startsAt
    return {
      tenant_id: tenantId,
      id: uuidv7(),
      coach_id: life.coach.id,
      starts_at: iso(startsAt),
      ends_at: iso(endsAt),
      blocked_until: iso(endsAt + life.bufferMinutes * MINUTE),
      exclusive: true,
      session_id: sessionId,
      released_at: releasedAt === null ? null : iso(releasedAt),
    }
  }
  const moved = life.events.find(({ name }) => name === 'booking.moved')
  const before = moved && life.movedFrom !== null ? [claim(life.movedFrom, moved.at)] : []
  return [...before, claim(life.startsAt, life.ended?.at ?? null)]
}

function bookingRow({ tenantId, currency, clients }: Writing, { id, sessionId, life }: Ids) {
  const { offer, coach, status, ended, confirmed } = life
  const client = clients[life.client]!
  const isRequest = status === 'REQUESTED'
  return {
    tenant_id: tenantId,
    id,
    session_id: sessionId,
    offer_id: offer.id,
    client_id: client.id,
    seats: 1,
    status,
    booking_type: life.bookingType,
    awaiting: isRequest ? 'coach' : null,
    answer_by: life.answerBy === null ? null : iso(life.answerBy),
    decision: life.decision,
    policy_version: life.decision.policyVersion,
    connection_status: life.isConnected ? 'connected' : 'not_connected',
    client_name: client.name,
    client_zone: client.timeZone,
    confirmed_at: confirmed && iso(confirmed.at),
    confirmed_by: confirmed?.by,
    decline_code: status === 'DECLINED' ? ended!.code : null,
    decline_reason: status === 'DECLINED' ? ended!.reason : null,
    cancelled_by: status === 'CANCELLED' ? ended!.by : null,
    cancel_reason: status === 'CANCELLED' ? ended!.reason : null,
    ended_at: ended && iso(ended.at),
    ended_from: ended?.from,
    ended_by: ended && endedBy(ended.by, client.id, coach.personId),
    policy_snapshot: life.sold,
    fee_minor: life.feeMinor,
    price_minor: offer.priceMinor,
    currency,
    price_lines: [{ label: offer.title, amountMinor: offer.priceMinor }],
    client_notes: life.clientNotes,
    coach_notes: life.coachNotes,
    attendance: life.attendance,
    manage_version: 1,
    created_at: iso(life.createdAt),
    changed_at: iso(life.events.at(-1)!.at),
  }
}

function endedBy(by: string, clientId: string, coachPersonId: string): string {
  return by === 'client' ? `client:${clientId}` : by === 'coach' ? `member:${coachPersonId}` : 'system'
}

function feedbackRows({ tenantId }: Writing, { id, life: { feedback } }: Ids) {
  if (!feedback) return []
  const { rating, comment, at } = feedback
  return [{ tenant_id: tenantId, booking_id: id, rating, comment, created_at: iso(at) }]
}

function eventRow(
  { tenantId, clients }: Writing,
  { id, life, event }: { id: string; life: Life; event: Happened },
): EventRow {
  const actors = { client: 'client', visitor: 'visitor', coach: 'member', system: 'system' }
  const actorIds = {
    client: clients[life.client]!.id,
    visitor: null,
    coach: life.coach.personId,
    system: null,
  }
  return {
    tenant_id: tenantId,
    id: uuidv7(),
    at: iso(event.at),
    name: event.name,
    subject: 'booking',
    subject_id: id,
    coach_id: life.coach.id,
    actor: actors[event.by],
    actor_id: actorIds[event.by],
    request_id: 'demo',
    data: event.data,
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
