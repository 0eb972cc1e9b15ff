import { sql } from 'kysely'
import { readManageToken } from '#server/domain/booking/manage-token.ts'
import type { Actor, Query } from '#server/domain/command.ts'
import { permits, permitsFor } from '#server/domain/people/roles.ts'
import type { Secrets } from '#server/secrets.ts'
import { isStaffOf, seats, sessions } from './session-topics.ts'

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
const TOPIC = new RegExp(`^(?:(calendar|booking|sessions|session):(${ID.source})|requests|offers|tenant)$`)

export function isTopic(text: string): boolean {
  return TOPIC.test(text)
}

export interface AskedTopics {
  topics: readonly string[]
  /** A manage token, whose holder may follow that booking; null for none. */
  token: string | null
}

/**
 * Those of the topics that this viewer may follow, each with its version: what has another version than before
 * was changed meanwhile. Topics of others, of other tenants and of nothing at all are left out alike.
 */
export async function grantTopics(
  query: Query,
  { topics, token }: AskedTopics,
  secrets: Secrets,
): Promise<Map<string, string>> {
  const asked = new Set(topics)
  const managed = token === null ? null : readManageToken(secrets, query.tenantId, token)
  const granted = [
    ...(await calendars(query, idsOf(topics, 'calendar'))),
    ...(await bookings(query, idsOf(topics, 'booking'), managed)),
    ...(await seats(query, idsOf(topics, 'sessions'))),
    ...(await sessions(query, idsOf(topics, 'session'), managed)),
    ...(asked.has('requests') ? await requests(query) : []),
    ...(asked.has('offers') ? await offers(query) : []),
    ...(asked.has('tenant') ? await tenant(query) : []),
  ]
  return new Map(granted)
}

function idsOf(topics: readonly string[], noun: string): string[] {
  return topics.filter(topic => topic.startsWith(`${noun}:`)).map(topic => topic.slice(noun.length + 1))
}

export type Granted = [topic: string, version: string][]

interface CalendarRow {
  coachId: string
  version: number
  visibility: 'public' | 'connected' | 'private'
  isConnected: boolean
  isBlocked: boolean
}

async function calendars({ trx, tenantId, actor }: Query, ids: string[]): Promise<Granted> {
  if (ids.length === 0) return []
  const viewer = 'personId' in actor ? actor.personId : null
  const { rows } = await sql<CalendarRow>`
    SELECT ca.coach_id AS "coachId", ca.version, co.calendar_visibility AS visibility,
      coalesce(cn.status = 'accepted' AND p.email_proven_at IS NOT NULL, false) AS "isConnected",
      coalesce(cn.status = 'blocked', false) OR cl.blocked_at IS NOT NULL AS "isBlocked"
    FROM calendars ca
    JOIN coaches co ON co.tenant_id = ca.tenant_id AND co.id = ca.coach_id
    LEFT JOIN people p ON p.tenant_id = ca.tenant_id AND p.id = ${viewer}::uuid
    LEFT JOIN clients cl ON cl.tenant_id = ca.tenant_id AND cl.person_id = p.id
    LEFT JOIN connections cn ON cn.tenant_id = ca.tenant_id AND cn.coach_id = ca.coach_id AND cn.client_id = p.id
    WHERE ca.tenant_id = ${tenantId} AND ca.coach_id = ANY(${ids}::uuid[])`.execute(trx)
  return rows
    .filter(calendar => mayFollow(actor, calendar))
    .map(({ coachId, version }) => [`calendar:${coachId}`, String(version)])
}

function mayFollow(actor: Actor, { coachId, visibility, isConnected, isBlocked }: CalendarRow): boolean {
  if (actor.as === 'member' && permitsFor(actor, 'bookings.see', coachId)) return true
  if (isBlocked) return false
  return visibility === 'public' || (visibility === 'connected' && isConnected)
}

interface BookingRow {
  id: string
  changedAt: Date
  clientId: string
  manageVersion: number
  coachIds: string[]
}

async function bookings(
  { trx, tenantId, actor }: Query,
  ids: string[],
  managed: ReturnType<typeof readManageToken>,
): Promise<Granted> {
  if (ids.length === 0) return []
  const { rows } = await sql<BookingRow>`
    SELECT b.id, b.changed_at AS "changedAt", b.client_id AS "clientId", b.manage_version AS "manageVersion",
      ARRAY(SELECT sc.coach_id FROM session_coaches sc
        WHERE sc.tenant_id = b.tenant_id AND sc.session_id = b.session_id) AS "coachIds"
    FROM bookings b WHERE b.tenant_id = ${tenantId} AND b.id = ANY(${ids}::uuid[])`.execute(trx)
  return rows
    .filter(
      booking =>
        (managed?.id === booking.id && managed.manageVersion === booking.manageVersion) ||
        isParty(actor, booking),
    )
    .map(({ id, changedAt }) => [`booking:${id}`, changedAt.toISOString()])
}

function isParty(actor: Actor, { clientId, coachIds }: BookingRow): boolean {
  if (actor.as === 'client') return actor.signedIn && actor.personId === clientId
  if (actor.as !== 'member') return false
  return actor.personId === clientId || isStaffOf(actor, coachIds)
}

async function requests({ trx, tenantId, actor }: Query): Promise<Granted> {
  if (actor.as !== 'member' || !permits(actor.role, 'bookings.seeOwn')) return []
  const { rows } = await sql<{ version: string }>`
    SELECT concat_ws('.',
      (SELECT concat_ws('.', count(*), max(changed_at)) FROM bookings
        WHERE tenant_id = ${tenantId} AND status = 'REQUESTED'),
      (SELECT concat_ws('.', count(*), max(created_at)) FROM moves
        WHERE tenant_id = ${tenantId} AND status = 'pending')) AS version`.execute(trx)
  return [['requests', rows[0]!.version]]
}

async function offers({ trx, tenantId }: Query): Promise<Granted> {
  const { rows } = await sql<{ seq: number | null }>`
    SELECT max(e.seq) AS seq FROM offers o JOIN events e ON e.tenant_id = o.tenant_id AND e.subject_id = o.id
    WHERE o.tenant_id = ${tenantId}`.execute(trx)
  return [['offers', String(rows[0]!.seq ?? 0)]]
}

async function tenant({ trx, tenantId }: Query): Promise<Granted> {
  const { rows } = await sql<{ seq: number | null }>`
    SELECT max(seq) AS seq FROM events WHERE tenant_id = ${tenantId} AND subject_id = ${tenantId}`.execute(
    trx,
  )
  return [['tenant', String(rows[0]!.seq ?? 0)]]
}
