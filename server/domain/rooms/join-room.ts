import type { SessionKind, SessionTerms } from '@rapport/sdk'
import { sql } from 'kysely'
import type { Query } from '../command.ts'
import { permitsFor } from '../people/roles.ts'
import { notFound } from '../refusal.ts'
import { joinTimes } from './join-times.ts'

/** What somebody who wants to enter a room is told. `url` is the provider's own address. */
export type Joining =
  | { state: 'open'; url: string }
  | { state: 'early' | 'preparing'; title: string; startsAt: Date; endsAt: Date; opensAt: Date }
  | { state: 'unconfirmed' | 'over'; title: string }

interface Row {
  kind: string
  title: string
  settings: Record<string, unknown>
  terms: SessionTerms | null
  isCancelled: boolean
  dates: { startsAt: string; endsAt: string }[]
  coachIds: string[]
  joinUrl: string | null
  hostUrl: string | null
  status: string | null
  mode: string | null
}

interface Asking extends Query {
  kind(id: string): SessionKind
}

/**
 * Lets a booking's client into the room of its session: from 15 minutes before a date's start until an hour after its
 * end. 404 for what was cancelled or declined, and for who takes part in person.
 */
export async function joinAsClient(query: Asking, bookingId: string): Promise<Joining> {
  const row = await load(query, sql`b.id = ${bookingId}`, true)
  if (!row || row.mode === 'in_person' || row.status === 'CANCELLED' || row.status === 'DECLINED')
    throw notFound('room')
  if (row.status === 'REQUESTED') return { state: 'unconfirmed', title: row.title }
  return join(query, row, row.joinUrl)
}

/** The same for staff who may see the bookings of one of its coaches; they enter as the host where there is such an address. */
export async function joinAsStaff(query: Asking, sessionId: string): Promise<Joining> {
  const { actor } = query
  const row = await load(query, sql`s.id = ${sessionId}`, false)
  const isTheirs =
    actor.as === 'member' && row?.coachIds.some(coachId => permitsFor(actor, 'bookings.see', coachId))
  if (!row || !isTheirs) throw notFound('session')
  return join(query, row, row.hostUrl ?? row.joinUrl)
}

function join({ kind, now }: Asking, row: Row, url: string | null): Joining {
  const { title } = row
  if (row.isCancelled || kind(row.kind).format(row) === 'in_person') throw notFound('room')
  const dates = row.dates.map(({ startsAt, endsAt }) => ({
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }))
  const times = joinTimes(dates, now)
  if (!times) return { state: 'over', title }
  const { opensAt, startsAt, endsAt } = times
  if (opensAt > now) return { state: 'early', title, startsAt, endsAt, opensAt }
  return url ? { state: 'open', url } : { state: 'preparing', title, startsAt, endsAt, opensAt }
}

async function load(
  { trx, tenantId }: Query,
  condition: ReturnType<typeof sql>,
  ofBooking: boolean,
): Promise<Row | null> {
  const booking = ofBooking
    ? sql`JOIN bookings b ON b.tenant_id = s.tenant_id AND b.session_id = s.id`
    : sql`LEFT JOIN bookings b ON false`
  const { rows } = await sql<Row>`
    SELECT s.kind, o.title, o.kind_settings AS settings, s.terms, s.state = 'CANCELLED' AS "isCancelled",
      (SELECT json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at) ORDER BY starts_at)
        FROM session_dates WHERE tenant_id = s.tenant_id AND session_id = s.id) AS dates,
      ARRAY(SELECT coach_id FROM session_coaches
        WHERE tenant_id = s.tenant_id AND session_id = s.id) AS "coachIds",
      r.join_url AS "joinUrl", r.host_url AS "hostUrl", b.status, b.mode
    FROM sessions s
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    LEFT JOIN rooms r ON r.tenant_id = s.tenant_id AND r.session_id = s.id AND r.state <> 'removed'
    ${booking}
    WHERE s.tenant_id = ${tenantId} AND ${condition}`.execute(trx)
  return rows[0] ?? null
}
