import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import { refusalOf } from '../booking/attempts.ts'
import { isProven } from '../booking/authority.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { chooseMode, isConnected, judgeSeats } from './judge-seats.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import { priceOf, type SessionPrice } from './price.ts'
import { exchangeSeats, hintSeats, refusingFull } from './seats.ts'

const MINUTE = 60_000
const HOLD_MINUTES = 10
/** Live holds from one network address, however many browsers stand behind it. */
const HOLDS_PER_ADDRESS = 5
/** After a hold on a session ran out, the same visitor can't hold seats of it again for this long. */
const REST_MINUTES = 30

export interface HoldSeats {
  sessionId: string
  seats: number
  mode?: SeatMode | undefined
  visitorHash: string
  addressHash: string
  invitedBy: readonly string[]
  /** Whose wall clock the visitor lives by, where that is known. */
  timeZone?: string | undefined
}

export interface HeldSeats {
  id: string
  expiresAt: Date
  session: SessionFacts
  seats: number
  mode: SeatMode
  /** Frozen: booking these seats with the hold costs no more. */
  price: SessionPrice
  decision: Decision
}

/**
 * Sets seats aside for a visitor for ten minutes, at the price shown now (275, Q5). One live hold per visitor and offer:
 * other seats replace it, the same ones leave it as it is, never renewed. Under the lock of the seats.
 *
 * Refuses with 409 and the rule's code what couldn't be booked, and with 429 `HOLDS` a visitor who would block the
 * session; both may still try to book without a hold.
 */
export async function holdSeats(command: Command, input: HoldSeats): Promise<HeldSeats> {
  const { actor, now } = command
  const proven = isProven(actor)
  const session = await loadForHold(command, input)
  const asker = { by: 'client' as const, proven, invitedBy: input.invitedBy, timeZone: input.timeZone }
  const { seats } = input
  const mode = chooseMode(session, input.mode)
  const { decision } = await judgeSeats(session, asker, { mode, seats }, now)
  if (decision.outcome === 'refuse') throw refusalOf(decision)
  const connected = proven && isConnected(session)
  const price = priceOf(command.kind(session.kind), session, {
    ...{ seats, mode, connected, now },
    values: decision.values,
  })
  const held = { session, seats, mode, price, decision }
  const own = session.hold
  if (own && own.mode === mode && own.seats === seats)
    return { ...held, id: own.id, expiresAt: own.expiresAt }

  const { endHolds, ...tries } = session.beside as Tries
  const expiresAt = requireExpiry(now, tries)
  const id = uuidv7()
  const exchange = exchangeSeats(command, session.id, { endHolds, take: { mode, seats, as: 'held' } })
  await refusingFull(() => sql`WITH ${exchange} SELECT`.execute(command.trx))
  await command.trx
    .insertInto('holds')
    .values({
      tenant_id: command.tenantId,
      id,
      purpose: 'checkout',
      visitor_hash: input.visitorHash,
      address_hash: input.addressHash,
      offer_id: session.offer.id,
      ...{ session_id: session.id, mode, seats },
      price_lines: JSON.stringify(price.lines),
      expires_at: expiresAt,
      created_at: now,
    })
    .execute()
  const coachId = session.coaches[0]!.id
  await record(command, 'hold.placed', {
    subject: 'hold',
    subjectId: id,
    coachId,
    data: { sessionId: session.id, seats, expiresAt },
  })
  const job = { tenantId: command.tenantId, sessionId: session.id, holdId: id }
  await command.send('hold', job, { startAfter: expiresAt })
  hintSeats(command, { sessionId: session.id, offerId: session.offer.id, coachId })
  return { ...held, id, expiresAt }
}

interface Tries {
  /** The visitor's holds on this offer that still count. */
  endHolds: string[]
  /** Live holds of other visitors from this address. */
  fromAddress: number
  /** Holds on this session that ran out lately: the visitor's, and all from this address. */
  lapsed: number
  lapsedFromAddress: number
  /** The end of an earlier hold of this visitor on this session. */
  earlier: string | null
}

async function loadForHold(command: Command, input: HoldSeats): Promise<SessionFacts> {
  const { tenantId, now, actor } = command
  const { sessionId, visitorHash, addressHash } = input
  const since = new Date(now.getTime() - REST_MINUTES * MINUTE)
  const lapsed = sql`h.session_id = s.id AND h.expires_at > ${since} AND h.expires_at <= ${now}
    AND (h.released_at IS NULL OR h.released_at = h.expires_at)`
  const [session] = await loadSessions(command, {
    condition: sql`s.id = ${sessionId}`,
    client: isProven(actor) ? { personId: actor.personId } : undefined,
    own: { visitorHash, holdId: null },
    beside: sql`(SELECT json_build_object(
      'endHolds', coalesce(json_agg(h.id) FILTER (WHERE h.visitor_hash = ${visitorHash} AND h.offer_id = s.offer_id
        AND h.released_at IS NULL), '[]'),
      'fromAddress', count(*) FILTER (WHERE h.visitor_hash <> ${visitorHash} AND h.released_at IS NULL
        AND h.expires_at > ${now}),
      'lapsed', count(*) FILTER (WHERE h.visitor_hash = ${visitorHash} AND ${lapsed}),
      'lapsedFromAddress', count(*) FILTER (WHERE ${lapsed}),
      'earlier', min(h.expires_at) FILTER (WHERE h.visitor_hash = ${visitorHash} AND h.session_id = s.id
        AND h.expires_at > ${now}))
      FROM holds h WHERE h.tenant_id = ${tenantId} AND h.purpose = 'checkout' AND h.expires_at > ${since}
        AND (h.visitor_hash = ${visitorHash} OR h.address_hash = ${addressHash}))`,
  })
  if (!session) throw notFound('session')
  return session
}

/** Until when a new hold may last: ten minutes, but not beyond an earlier one of the same visitor on this session. */
function requireExpiry(
  now: Date,
  { fromAddress, lapsed, lapsedFromAddress, earlier }: Omit<Tries, 'endHolds'>,
): Date {
  const isTooMuch = lapsed > 0 || fromAddress >= HOLDS_PER_ADDRESS || lapsedFromAddress >= HOLDS_PER_ADDRESS
  if (!isTooMuch) return earlier ? new Date(earlier) : new Date(now.getTime() + HOLD_MINUTES * MINUTE)
  throw new Refusal(
    'too_many',
    'HOLDS',
    'These seats can’t be held for you again just now. You can still book them, if nobody is faster.',
    { data: { retryAfterSeconds: HOLD_MINUTES * 60 } },
  )
}

/** Ends a hold on seats before its time; they are free at once. The session's seats are locked before. */
export async function releaseSeatHold(
  command: Command,
  { id, sessionId, offerId }: { id: string; sessionId: string; offerId: string },
): Promise<void> {
  await sql`WITH ${exchangeSeats(command, sessionId, { endHolds: [id] })} SELECT`.execute(command.trx)
  const coachId = await leaderOf(command, sessionId)
  await record(command, 'hold.released', { subject: 'hold', subjectId: id, coachId })
  hintSeats(command, { sessionId, offerId, coachId })
}

/** When a hold on seats has run out: they are free, and open pages are told. Nothing if it was booked or given back. */
export async function ringSeatHold(command: Command, { sessionId }: { sessionId: string }): Promise<void> {
  await sql`WITH ${exchangeSeats(command, sessionId, {})} SELECT`.execute(command.trx)
  const session = await command.trx
    .selectFrom('sessions')
    .select('offer_id')
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow()
  hintSeats(command, {
    sessionId,
    offerId: session.offer_id,
    coachId: await leaderOf(command, sessionId),
  })
}

async function leaderOf({ trx, tenantId }: Command, sessionId: string): Promise<string> {
  const { coach_id } = await trx
    .selectFrom('session_coaches')
    .select('coach_id')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .where('position', '=', 0)
    .executeTakeFirstOrThrow()
  return coach_id
}
