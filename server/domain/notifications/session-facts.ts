import { sql } from 'kysely'
import { type SessionOfBooking, sessionOfBooking } from '../booking/view-session.ts'
import type { Query } from '../command.ts'
import { type HeldSession, heldOf } from './booking-facts.ts'

/** All that messages to its coaches say of a session with dates of its own, as it is now. */
export interface SessionMessageFacts extends HeldSession {
  id: string
  calendarUid: string
  sequence: number
  timeZone: string
  offer: { slug: string; title: string; kind: string; kindSettings: Record<string, unknown> }
  /** Those who lead it now, in their order. */
  leaders: Leader[]
}

export interface Leader {
  coachId: string
  personId: string
  name: string
  email: string
  timeZone: string
}

interface Row extends Pick<SessionMessageFacts, 'id' | 'calendarUid' | 'sequence' | 'timeZone' | 'leaders'> {
  slug: string
  title: string
  kind: string
  ofSession: SessionOfBooking
}

/** Reads a session with dates of its own, with those who lead it; undefined where there is none. */
export async function findSessionFacts(
  query: Query,
  sessionId: string,
): Promise<SessionMessageFacts | undefined> {
  const [session] = await findAllSessionFacts(query, [sessionId])
  return session
}

/** The same for several, in the order in which they were made. */
export async function findAllSessionFacts(
  { trx, tenantId }: Query,
  sessionIds: readonly string[],
): Promise<SessionMessageFacts[]> {
  const { rows } = await sql<Row>`
    SELECT s.id, s.calendar_uid AS "calendarUid", s.sequence, s.time_zone AS "timeZone", o.slug, o.title, o.kind,
      ${sessionOfBooking} AS "ofSession",
      (SELECT json_agg(json_build_object('coachId', c.id, 'personId', p.id, 'name', p.name, 'email', p.email,
          'timeZone', c.time_zone) ORDER BY sc.position)
        FROM session_coaches sc
        JOIN coaches c ON c.tenant_id = sc.tenant_id AND c.id = sc.coach_id
        JOIN people p ON p.tenant_id = c.tenant_id AND p.id = c.person_id
        WHERE sc.tenant_id = s.tenant_id AND sc.session_id = s.id) AS leaders
    FROM sessions s
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    WHERE s.tenant_id = ${tenantId} AND s.id = ANY(${sessionIds}) AND s.terms IS NOT NULL
    ORDER BY s.id`.execute(trx)
  return rows.map(({ slug, title, kind, ofSession, ...own }) => ({
    ...own,
    ...heldOf(ofSession)!,
    offer: { slug, title, kind, kindSettings: ofSession.kindSettings },
  }))
}
