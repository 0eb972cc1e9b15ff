import type { SeatMode, SessionTerms } from '@rapport/sdk'
import { type Selectable, sql } from 'kysely'
import type { SessionsTable } from '#server/db/tables.ts'
import { lockCalendars } from '../../availability/lock.ts'
import type { Command } from '../../command.ts'
import { permitsFor } from '../../people/roles.ts'
import { notFound, Refusal } from '../../refusal.ts'
import { lockSeats } from '../lock-seats.ts'
import { exchangeSeats } from '../seats.ts'

/** A session with dates of its own, under the lock of its seats. */
export interface LockedSession {
  id: string
  offerId: string
  kind: string
  state: Selectable<SessionsTable>['state']
  listing: Selectable<SessionsTable>['listing']
  timeZone: string
  sequence: number
  terms: SessionTerms
  decideBy: Date | null
  decidedAt: Date | null
  scheduleId: string | null
  offerBuffer: number
  offerPrice: number
  /** In order of time. */
  dates: { startsAt: Date; endsAt: Date }[]
  /** The one who leads it first. */
  coachIds: string[]
  seats: { mode: SeatMode; capacity: number; taken: number; held: number }[]
}

interface Locks {
  /** Whether the coaches' time changes hands: then their calendars are locked first. */
  time?: boolean
  /** Coaches who are to lead it, besides those who do. */
  alsoCoaches?: readonly string[]
}

/**
 * Locks a session for a change by staff or a timer, in the order that everybody keeps: calendars, then seats. Seat
 * holds that ran out are given back, so that the counts are those of now. Refuses with 404 a session that isn't there,
 * was made by booking a slot, or belongs to coaches whom the member may not answer for.
 */
export async function lockSession(
  command: Command,
  id: string,
  { time = false, alsoCoaches = [] }: Locks = {},
): Promise<LockedSession> {
  const coaches = time ? await coachesOf(command, id) : []
  if (time) await lockCalendars(command, [...new Set([...coaches, ...alsoCoaches])])
  await lockSeats(command, id)
  await sql`WITH ${exchangeSeats(command, id, {})} SELECT`.execute(command.trx)
  const session = await readSession(command, id)
  requireMayManage(command, session)
  if (time && !session.coachIds.every(coach => coaches.includes(coach))) throw changedMeanwhile()
  return session
}

async function coachesOf({ trx, tenantId }: Command, id: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('session_coaches')
    .select('coach_id')
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', id)
    .execute()
  return rows.map(row => row.coach_id)
}

interface Row extends Omit<LockedSession, 'dates'> {
  dates: { startsAt: string; endsAt: string }[]
}

async function readSession({ trx, tenantId }: Command, id: string): Promise<LockedSession> {
  const { rows } = await sql<Row>`
    SELECT s.id, s.offer_id AS "offerId", s.kind, s.state, s.listing, s.time_zone AS "timeZone", s.sequence, s.terms,
      s.decide_by AS "decideBy", s.decided_at AS "decidedAt", s.schedule_id AS "scheduleId",
      o.buffer_minutes AS "offerBuffer", o.price_minor AS "offerPrice",
      (SELECT json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at) ORDER BY starts_at)
        FROM session_dates WHERE tenant_id = s.tenant_id AND session_id = s.id) AS dates,
      (SELECT json_agg(coach_id ORDER BY position)
        FROM session_coaches WHERE tenant_id = s.tenant_id AND session_id = s.id) AS "coachIds",
      (SELECT json_agg(json_build_object('mode', mode, 'capacity', capacity, 'taken', taken, 'held', held) ORDER BY mode)
        FROM session_seats WHERE tenant_id = s.tenant_id AND session_id = s.id) AS seats
    FROM sessions s
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    WHERE s.tenant_id = ${tenantId} AND s.id = ${id} AND s.terms IS NOT NULL`.execute(trx)
  const [row] = rows
  if (!row) throw notFound('session')
  const dates = row.dates.map(({ startsAt, endsAt }) => ({
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }))
  return { ...row, dates }
}

/** Owners and admins manage all sessions, coaches those that they lead or help to lead. */
function requireMayManage({ actor }: Command, { coachIds }: LockedSession): void {
  if (actor.as === 'system') return
  if (actor.as === 'member' && coachIds.some(coach => permitsFor(actor, 'bookings.answer', coach))) return
  throw notFound('session')
}

/** Whose time a member may give to a session: 403 `ROLE` for that of others. */
export function requireMayGiveTime({ actor }: Pick<Command, 'actor'>, coachIds: readonly string[]): void {
  if (actor.as === 'system') return
  if (actor.as === 'member' && coachIds.every(coach => permitsFor(actor, 'bookings.answer', coach))) return
  const why = 'Your role here lets you plan your own time only. Ask an owner to plan sessions with others.'
  throw new Refusal('forbidden', 'ROLE', why)
}

/** 409 `SESSION_CANCELLED`. */
export function requireOn({ state }: LockedSession): void {
  if (state !== 'CANCELLED') return
  throw new Refusal('conflict', 'SESSION_CANCELLED', 'This session is cancelled. Make a new one.')
}

/** Seats that bookings take, those that wait for approval too. */
export function takenSeats({ seats }: Pick<LockedSession, 'seats'>): number {
  return seats.reduce((sum, { taken }) => sum + taken, 0)
}

function changedMeanwhile(): Refusal {
  const why = 'Somebody else has just changed this session. Look at it again before you go on.'
  return new Refusal('conflict', 'CHANGED', why)
}

/** Open pages of it, and of its offer, show what has changed. */
export function hintSession(command: Command, { id, offerId }: Pick<LockedSession, 'id' | 'offerId'>): void {
  command.hint(`session:${id}`)
  command.hint(`sessions:${offerId}`)
}
