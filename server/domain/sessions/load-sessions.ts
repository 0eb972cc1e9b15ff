import type { PriceLine, SeatMode, SessionTerms } from '@rapport/sdk'
import { type RawBuilder, sql } from 'kysely'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import { clientRecord } from '../availability/client-record.ts'
import type { Query } from '../command.ts'
import { type PolicyRow, policyReader } from '../policies/current-policy.ts'
import { type ClientRecord, STRANGER } from '../rules/facts.ts'
import type { Policy } from '../rules/policy.ts'

/** A session with dates of its own as read for one viewer, before it is judged. */
export interface SessionFacts {
  id: string
  kind: string
  state: 'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'
  listing: 'public' | 'unlisted' | 'connected' | 'private'
  timeZone: string
  terms: SessionTerms
  /** When it is decided whether enough take part; null where that is certain, or not asked. */
  decideBy: Date | null
  offer: {
    id: string
    slug: string
    title: string
    active: boolean
    priceMinor: number
    currency: string
    kindSettings: Record<string, unknown>
  }
  /** In order of time, at least one. */
  dates: { startsAt: Date; endsAt: Date }[]
  /** The one who leads it first, then those beside. */
  coaches: SessionCoach[]
  seats: Quota[]
  /** The viewer's own live hold on its seats. */
  hold: SeatHold | null
  /** The business's rules as of now. */
  policy: Policy
  /** What is known of the viewer. */
  client: ClientRecord
  clientBlocked: boolean
  beside: unknown
}

export interface SessionCoach {
  id: string
  name: string
  slug: string
  approvalHours: number
  /** The tie between this coach and the viewer; null where there is none. */
  connection: 'invited' | 'requested' | 'accepted' | 'blocked' | null
}

/** Seats for one way to take part. */
export interface Quota {
  mode: SeatMode
  total: number
  booked: number
  /** By others, and not yet run out. */
  held: number
}

export interface SeatHold {
  id: string
  mode: SeatMode
  seats: number
  priceLines: PriceLine[]
  expiresAt: Date
}

export interface SessionsWanted {
  /** May name `s` (the session), `o` (its offer) and `d` (its first date). */
  condition: RawBuilder<unknown>
  limit?: number
  /** Whose connections count: by id when signed in, otherwise by address. */
  client?: { personId: string } | { email: string } | undefined
  /** A booking of the client's that is being moved, and so isn't part of the record. */
  without?: string | undefined
  /** Which live hold is the viewer's own: by the browser it was placed from, or by its id. */
  own: { visitorHash: string | null; holdId: string | null }
  /** A JSON value to be read in the same statement. */
  beside?: RawBuilder<unknown>
}

/** Sessions with dates of their own, by start; those made by booking a slot are none. One statement. */
export async function loadSessions(
  { trx, tenantId, now }: Pick<Query, 'tenantId' | 'now'> & { trx: TenantTransaction },
  wanted: SessionsWanted,
): Promise<SessionFacts[]> {
  const reader = policyReader(tenantId)
  const { rows } = await sessionsStatement(tenantId, now, wanted, reader.row).execute(trx)
  return rows.map(row => ({
    ...row,
    policy: reader.read(row.policy),
    client: row.client ?? STRANGER,
    dates: row.dates.map(({ startsAt, endsAt }) => ({
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    })),
    hold: row.hold && { ...row.hold, expiresAt: new Date(row.hold.expiresAt) },
  }))
}

type Row = Omit<SessionFacts, 'policy' | 'client'> & {
  policy: PolicyRow | null
  client: ClientRecord | null
}

function sessionsStatement(
  tenant: string,
  now: Date,
  { condition, limit = 500, client, without, own, beside = sql`NULL` }: SessionsWanted,
  policy: RawBuilder<PolicyRow | null>,
): RawBuilder<Row> {
  const person =
    client === undefined
      ? sql`NULL::uuid`
      : 'personId' in client
        ? sql`${client.personId}::uuid`
        : sql`(SELECT id FROM people WHERE tenant_id = ${tenant} AND email = ${client.email})`
  const isOwn = sql`h.purpose = 'checkout' AND (h.id = ${own.holdId}::uuid OR h.visitor_hash = ${own.visitorHash}::text)`
  return sql<Row>`
    WITH client AS (SELECT ${person} AS id)
    SELECT s.id, s.kind, s.state, s.listing, s.time_zone AS "timeZone", s.terms, s.decide_by AS "decideBy",
      json_build_object('id', o.id, 'slug', o.slug, 'title', o.title, 'active', o.active, 'priceMinor', o.price_minor,
        'currency', o.currency, 'kindSettings', o.kind_settings) AS offer,
      (SELECT json_agg(json_build_object('startsAt', starts_at, 'endsAt', ends_at) ORDER BY starts_at)
        FROM session_dates WHERE tenant_id = s.tenant_id AND session_id = s.id) AS dates,
      (SELECT coalesce(json_agg(json_build_object('id', co.id, 'name', p.name, 'slug', co.slug,
          'approvalHours', co.approval_hours, 'connection', (SELECT cn.status FROM connections cn
            WHERE cn.tenant_id = co.tenant_id AND cn.coach_id = co.id AND cn.client_id = (SELECT id FROM client))
          ) ORDER BY sc.position), '[]')
        FROM session_coaches sc
        JOIN coaches co ON co.tenant_id = sc.tenant_id AND co.id = sc.coach_id
        JOIN people p ON p.tenant_id = co.tenant_id AND p.id = co.person_id
        WHERE sc.tenant_id = s.tenant_id AND sc.session_id = s.id) AS coaches,
      (SELECT json_agg(json_build_object('mode', q.mode, 'total', q.capacity, 'booked', q.taken,
          'held', q.held - coalesce(x.seats, 0)) ORDER BY q.mode)
        FROM session_seats q
        LEFT JOIN LATERAL (SELECT sum(h.seats) AS seats FROM holds h
          WHERE h.tenant_id = q.tenant_id AND h.session_id = q.session_id AND h.mode = q.mode
            AND h.released_at IS NULL AND (h.expires_at <= ${now} OR (${isOwn}))) x ON true
        WHERE q.tenant_id = s.tenant_id AND q.session_id = s.id) AS seats,
      (SELECT json_build_object('id', h.id, 'mode', h.mode, 'seats', h.seats, 'priceLines', h.price_lines,
          'expiresAt', h.expires_at)
        FROM holds h WHERE h.tenant_id = s.tenant_id AND h.session_id = s.id AND h.released_at IS NULL
          AND h.expires_at > ${now} AND ${isOwn} ORDER BY h.created_at LIMIT 1) AS hold,
      coalesce((SELECT blocked_at IS NOT NULL FROM clients
        WHERE tenant_id = ${tenant} AND person_id = (SELECT id FROM client)), false) AS "clientBlocked",
      ${policy} AS policy, ${clientRecord({ tenantId: tenant, now, without })} AS client, ${beside} AS beside
    FROM sessions s
    JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
    JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.position = 0
    WHERE s.tenant_id = ${tenant} AND s.terms IS NOT NULL AND ${condition}
    ORDER BY d.starts_at, s.id LIMIT ${limit}`
}
