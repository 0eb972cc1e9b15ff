import type { SessionTerms } from '@rapport/sdk'
import { type Selectable, sql } from 'kysely'
import type { SessionsTable } from '#server/db/tables.ts'
import type { Actor, Query } from '../command.ts'
import { permitsFor } from '../people/roles.ts'
import { notFound } from '../refusal.ts'

/** A session with dates of its own, as far as taking part in it goes. */
export interface HeldSession {
  id: string
  offer: { id: string; slug: string; title: string }
  state: Selectable<SessionsTable>['state']
  timeZone: string
  terms: SessionTerms
  /** In order of time. */
  dates: SessionDate[]
  /** The one who leads it first. */
  coaches: { id: string; name: string; slug: string }[]
}

export interface SessionDate {
  position: number
  startsAt: Date
  endsAt: Date
}

/** Reads a session; 404 for one that isn't there, and for one that was made by booking a slot. */
export async function findHeldSession({ trx, tenantId }: Query, id: string): Promise<HeldSession> {
  const { rows } = await sql<HeldSession>`
    SELECT s.id, s.state, s.time_zone AS "timeZone", s.terms,
      json_build_object('id', o.id, 'slug', o.slug, 'title', o.title) AS offer,
      (SELECT json_agg(json_build_object('position', d.position, 'startsAt', d.starts_at, 'endsAt', d.ends_at)
          ORDER BY d.starts_at, d.position)
        FROM session_dates d WHERE d.tenant_id = s.tenant_id AND d.session_id = s.id) AS dates,
      (SELECT json_agg(json_build_object('id', c.id, 'name', p.name, 'slug', c.slug) ORDER BY sc.position)
        FROM session_coaches sc
        JOIN coaches c ON c.tenant_id = sc.tenant_id AND c.id = sc.coach_id
        JOIN people p ON p.tenant_id = c.tenant_id AND p.id = c.person_id
        WHERE sc.tenant_id = s.tenant_id AND sc.session_id = s.id) AS coaches
    FROM sessions s JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    WHERE s.tenant_id = ${tenantId} AND s.id = ${id} AND s.terms IS NOT NULL`.execute(trx)
  const [session] = rows
  if (!session) throw notFound('session')
  return { ...session, dates: session.dates.map(withInstants) }
}

/** Instants inside JSON come as text. */
function withInstants({ position, startsAt, endsAt }: SessionDate): SessionDate {
  return { position, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
}

/** The same for staff whose role covers one of its coaches; 404 for all others (111). */
export async function findSessionForStaff(
  query: Query,
  id: string,
  permission: 'bookings.see' | 'bookings.answer',
): Promise<HeldSession> {
  const session = await findHeldSession(query, id)
  if (!coversSession(query.actor, session, permission)) throw notFound('session')
  return session
}

export function coversSession(
  actor: Actor,
  { coaches }: Pick<HeldSession, 'coaches'>,
  permission: 'bookings.see' | 'bookings.answer',
): boolean {
  return actor.as === 'member' && coaches.some(({ id }) => permitsFor(actor, permission, id))
}
