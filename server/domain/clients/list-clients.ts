import { sql } from 'kysely'
import type { Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { seenBy } from './own-clients.ts'

export interface ListedClient {
  clientId: string
  name: string
  email: string
  tags: string[]
  /** Bookings that stand or took place, ever. */
  bookings: number
  /** The latest start of these, past or to come. */
  lastStartsAt: Date | null
  /** By the whole business. */
  blocked: boolean
}

export interface ListClients {
  /** Only this one, if the member may see them. */
  clientId?: string | undefined
  /** Part of the name, the address or a tag. */
  query?: string | undefined
  cursor?: string | null | undefined
}

const CLIENTS_AT_ONCE = 50

/** Clients by name: of all the business or, for a coach, the own ones. */
export async function listClients(
  query: Query,
  { clientId, query: text, cursor }: ListClients,
): Promise<{ clients: ListedClient[]; nextCursor: string | null }> {
  const { trx, tenantId } = query
  const conditions = [seenBy(query, sql`cl.person_id`)]
  if (clientId) conditions.push(sql`cl.person_id = ${clientId}::uuid`)
  if (text) {
    const part = text.toLowerCase()
    conditions.push(sql`(position(${part} IN lower(p.name)) > 0 OR position(${part} IN p.email) > 0
      OR EXISTS (SELECT FROM unnest(cl.tags) AS tag WHERE position(${part} IN lower(tag)) > 0))`)
  }
  if (cursor) conditions.push(afterCursor(cursor))
  const { rows } = await sql<ListedClient>`
    SELECT cl.person_id AS "clientId", p.name, p.email, cl.tags, cl.blocked_at IS NOT NULL AS blocked,
      b.bookings, b."lastStartsAt"
    FROM clients cl
    JOIN people p ON p.tenant_id = cl.tenant_id AND p.id = cl.person_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS bookings, max(d.starts_at) AS "lastStartsAt"
      FROM bookings b
      JOIN session_dates d ON d.tenant_id = b.tenant_id AND d.session_id = b.session_id AND d.position = 0
      WHERE b.tenant_id = cl.tenant_id AND b.client_id = cl.person_id
        AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')) b
    WHERE cl.tenant_id = ${tenantId} AND p.erased_at IS NULL AND ${sql.join(conditions, sql` AND `)}
    ORDER BY lower(p.name), cl.person_id LIMIT ${CLIENTS_AT_ONCE + 1}`.execute(trx)
  const clients = rows.slice(0, CLIENTS_AT_ONCE)
  return { clients, nextCursor: rows.length > clients.length ? clients.at(-1)!.clientId : null }
}

/** The cursor is the last client's id: where that one stands now is where the list goes on. */
function afterCursor(cursor: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor))
    throw new Refusal('input', 'BAD_INPUT', 'This is no cursor of this list.', { field: 'cursor' })
  return sql<boolean>`(lower(p.name), cl.person_id) > (SELECT lower(last.name), last.id FROM people last
    WHERE last.tenant_id = cl.tenant_id AND last.id = ${cursor}::uuid)`
}

/** The tags in use with how many clients have them, the most frequent first; for a coach, among the own clients. */
export async function listTags(query: Query): Promise<{ tag: string; clients: number }[]> {
  const { rows } = await sql<{ tag: string; clients: number }>`
    SELECT min(tag) AS tag, count(*) AS clients
    FROM clients cl CROSS JOIN LATERAL unnest(cl.tags) AS tag
    WHERE cl.tenant_id = ${query.tenantId} AND ${seenBy(query, sql`cl.person_id`)}
    GROUP BY lower(tag) ORDER BY count(*) DESC, lower(min(tag)) LIMIT 500`.execute(query.trx)
  return rows
}
