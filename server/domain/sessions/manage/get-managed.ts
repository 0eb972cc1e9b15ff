import type { SessionTerms } from '@rapport/sdk'
import { sql } from 'kysely'
import type { RoomsTable } from '#server/db/tables.ts'
import type { Query } from '../../command.ts'
import { permitsFor } from '../../people/roles.ts'
import { notFound } from '../../refusal.ts'
import { deadlines } from '../deadlines.ts'
import type { Looking } from '../view.ts'
import { type ManagedSessionRow, viewManaged } from './list-managed.ts'

interface Facts {
  id: string
  startsAt: Date
  stateReason: string | null
  scheduleId: string | null
  timeZone: string
  terms: SessionTerms
  coachIds: string[]
  decidedAt: Date | null
  schedule: {
    id: string
    pattern: string
    firstLocal: string
    timeZone: string
    durationMinutes: number
    endedAt: string | null
  } | null
  participants: { bookings: number; seats: number; requests: number; checkedIn: number }
  room: {
    state: RoomsTable['state']
    pluginId: string
    joinUrl: string | null
    lastError: string | null
  } | null
  materials: number
  posts: number
}

export interface ManagedSession extends ManagedSessionRow {
  terms: SessionTerms
  decidedAt: string | null
  /** The schedule that made it. */
  schedule: Facts['schedule']
  /** Live bookings and their seats, requests among them; seats that were checked in on any date. */
  participants: Facts['participants']
  room: Facts['room']
  counts: { materials: number; posts: number }
  /** When its own reminders go out, and what a deposit left open is due. */
  reminders: string[]
  balanceDueAt: string | null
  /** Whether this member may change it. */
  mayManage: boolean
}

/** One session with all that staff work with. 404 for one of coaches whom this member may not see. */
export async function getManagedSession(
  query: Query & Looking,
  { id }: { id: string },
): Promise<ManagedSession> {
  const { actor } = query
  const facts = await readFacts(query, id)
  const isSeen =
    actor.as === 'member' && facts?.coachIds.some(coach => permitsFor(actor, 'bookings.see', coach))
  if (!facts || !isSeen) throw notFound('session')
  const views = await viewManaged(query, [facts])
  const { terms, startsAt, timeZone, decidedAt, schedule, participants, room, materials, posts } = facts
  const due = deadlines(terms, startsAt, timeZone)
  return {
    ...views.get(id)!,
    ...{ terms, schedule, participants, room },
    decidedAt: decidedAt?.toISOString() ?? null,
    counts: { materials, posts },
    reminders: due.reminders.map(at => at.toISOString()),
    balanceDueAt: due.balanceDueAt?.toISOString() ?? null,
    mayManage: facts.coachIds.some(coach => permitsFor(actor, 'bookings.answer', coach)),
  }
}

async function readFacts({ trx, tenantId }: Query, id: string): Promise<Facts | undefined> {
  const of = sql`tenant_id = s.tenant_id AND session_id = s.id`
  const { rows } = await sql<Facts>`
    SELECT s.id, d.starts_at AS "startsAt", s.state_reason AS "stateReason", s.schedule_id AS "scheduleId",
      s.time_zone AS "timeZone", s.terms, s.decided_at AS "decidedAt",
      (SELECT json_agg(coach_id ORDER BY position) FROM session_coaches WHERE ${of}) AS "coachIds",
      (SELECT json_build_object('id', id, 'pattern', pattern, 'firstLocal', first_local, 'timeZone', time_zone,
          'durationMinutes', duration_minutes, 'endedAt', ended_at)
        FROM schedules WHERE tenant_id = s.tenant_id AND id = s.schedule_id) AS schedule,
      (SELECT json_build_object('bookings', count(*), 'seats', coalesce(sum(b.seats), 0),
          'requests', count(*) FILTER (WHERE b.status = 'REQUESTED'),
          'checkedIn', (SELECT count(DISTINCT (ci.booking_id, ci.seat)) FROM check_ins ci
            JOIN bookings cb ON cb.tenant_id = ci.tenant_id AND cb.id = ci.booking_id
            WHERE cb.tenant_id = s.tenant_id AND cb.session_id = s.id))
        FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id
          AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')) AS participants,
      (SELECT json_build_object('state', state, 'pluginId', plugin_id, 'joinUrl', join_url, 'lastError', last_error)
        FROM rooms WHERE ${of}) AS room,
      (SELECT count(*) FROM materials WHERE ${of} AND removed_at IS NULL) AS materials,
      (SELECT count(*) FROM posts WHERE ${of} AND removed_at IS NULL) AS posts
    FROM sessions s
    JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.position = 0
    WHERE s.tenant_id = ${tenantId} AND s.id = ${id} AND s.terms IS NOT NULL`.execute(trx)
  return rows[0]
}
