import { type RawBuilder, sql } from 'kysely'
import type { Query } from '../command.ts'
import { type Permission, permits } from '../people/roles.ts'
import { notFound } from '../refusal.ts'

/**
 * The condition that a client, named by this column, is one of those the member who asks may see: with the wide
 * permission all, otherwise those who have a tie to the own calendar or booked in it.
 */
export function seenBy(
  { tenantId, actor }: Query,
  clientId: RawBuilder<unknown>,
  permission: Permission = 'clients.see',
): RawBuilder<boolean> {
  if (actor.as !== 'member') return sql`false`
  if (permits(actor.role, permission)) return sql`true`
  return sql`(EXISTS (SELECT FROM connections own
      WHERE own.tenant_id = ${tenantId} AND own.client_id = ${clientId} AND own.coach_id = ${actor.coachId}::uuid)
    OR EXISTS (SELECT FROM bookings own
      JOIN session_coaches sc ON sc.tenant_id = own.tenant_id AND sc.session_id = own.session_id
      WHERE own.tenant_id = ${tenantId} AND own.client_id = ${clientId} AND sc.coach_id = ${actor.coachId}::uuid))`
}

export interface KnownClient {
  id: string
  name: string
  email: string
  timeZone: string | null
  tags: string[]
}

/** A client whom the member who asks may see: 404 for others as for none. */
export async function requireClient(
  query: Query,
  clientId: string,
  permission: Permission = 'clients.see',
): Promise<KnownClient> {
  const { rows } = await sql<KnownClient>`
    SELECT p.id, p.name, p.email, p.time_zone AS "timeZone", cl.tags
    FROM clients cl JOIN people p ON p.tenant_id = cl.tenant_id AND p.id = cl.person_id
    WHERE cl.tenant_id = ${query.tenantId} AND cl.person_id = ${clientId}
      AND ${seenBy(query, sql`cl.person_id`, permission)}`.execute(query.trx)
  if (!rows[0]) throw notFound('client')
  return rows[0]
}
