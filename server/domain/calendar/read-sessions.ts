import { sql } from 'kysely'
import type { SessionsTable } from '#server/db/tables.ts'
import type { Query } from '../command.ts'
import type { Stretch } from './read-occupation.ts'

/** A date of a session with seats of its own: one entry, however many of its coaches are shown. */
export interface CalendarSession extends Stretch {
  id: string
  offerTitle: string
  /** All its coaches, the one who leads it first. */
  coachIds: string[]
  state: Exclude<SessionsTable['state'], 'CANCELLED'>
  /** Until when it isn't certain to take place; null once it is. */
  decideBy: Date | null
  taken: number
  total: number
  /** Of its dates, counted from 1. */
  date: number
  dates: number
}

interface Window {
  coachIds: string[]
  from: Date
  to: Date
}

/** Sessions of these coaches that aren't cancelled and meet the window, by start. */
export async function readSessions({ trx, tenantId }: Query, window: Window): Promise<CalendarSession[]> {
  const { coachIds, from, to } = window
  const { rows } = await sql<CalendarSession>`
    SELECT s.id, c.ids[1] AS "coachId", c.ids AS "coachIds", d.starts_at AS "startsAt", d.ends_at AS "endsAt",
      o.title AS "offerTitle", s.state, s.decide_by AS "decideBy", seats.taken, seats.total,
      (SELECT count(*)::int FROM session_dates e WHERE e.tenant_id = d.tenant_id AND e.session_id = d.session_id
        AND e.starts_at <= d.starts_at) AS date,
      (SELECT count(*)::int FROM session_dates e
        WHERE e.tenant_id = d.tenant_id AND e.session_id = d.session_id) AS dates
    FROM session_dates d
    JOIN sessions s ON s.tenant_id = d.tenant_id AND s.id = d.session_id
      AND s.terms IS NOT NULL AND s.state <> 'CANCELLED'
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    CROSS JOIN LATERAL (SELECT array_agg(coach_id ORDER BY position) AS ids FROM session_coaches
      WHERE tenant_id = s.tenant_id AND session_id = s.id) c
    CROSS JOIN LATERAL (SELECT sum(taken)::int AS taken, sum(capacity)::int AS total FROM session_seats
      WHERE tenant_id = s.tenant_id AND session_id = s.id) seats
    WHERE d.tenant_id = ${tenantId} AND c.ids && ${coachIds}::uuid[]
      AND d.starts_at < ${to} AND d.ends_at > ${from} AND d.starts_at > ${from}::timestamptz - interval '24 hours'
    ORDER BY d.starts_at, s.id`.execute(trx)
  return rows
}
