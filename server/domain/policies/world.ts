import { sql } from 'kysely'
import type { Query } from '../command.ts'
import type { PolicyDocument } from './read-versions.ts'

/** Reading a policy takes the kinds that plugins provide: rules may be for one of them. */
export type PolicyQuery = Query & { kinds: readonly NamedKind[] }

export interface NamedKind {
  id: string
  label: string
}

/** All that rules of a business may be for, with names, so that they can be read out and checked. */
export interface World {
  currency: string
  kinds: readonly NamedKind[]
  coaches: { id: string; name: string; active: boolean }[]
  offers: { id: string; title: string; kind: string; active: boolean }[]
  /** Tags in use. */
  tags: string[]
  /** Of those that the policies name, those that there are. */
  clients: { id: string; name: string }[]
  /** The same, and those to come. */
  sessions: { id: string; title: string; startsAt: string; timeZone: string }[]
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What there is here that these policies could be for. One statement. */
export async function readWorld(
  { trx, tenantId, kinds, now }: PolicyQuery,
  documents: readonly PolicyDocument[],
): Promise<World> {
  const { rows } = await sql<Omit<World, 'kinds'>>`SELECT
    (SELECT currency FROM tenants WHERE id = ${tenantId}) AS currency,
    (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', p.name, 'active', m.active)
        ORDER BY c.created_at, c.id), '[]')
      FROM coaches c
      JOIN people p ON p.tenant_id = c.tenant_id AND p.id = c.person_id
      JOIN members m ON m.tenant_id = c.tenant_id AND m.person_id = c.person_id
      WHERE c.tenant_id = ${tenantId}) AS coaches,
    (SELECT coalesce(json_agg(json_build_object('id', id, 'title', title, 'kind', kind, 'active', active)
        ORDER BY position, id), '[]')
      FROM offers WHERE tenant_id = ${tenantId}) AS offers,
    (SELECT coalesce(json_agg(tag ORDER BY lower(tag)), '[]') FROM (
      SELECT min(tag) AS tag FROM clients cl CROSS JOIN LATERAL unnest(cl.tags) AS tag
      WHERE cl.tenant_id = ${tenantId} GROUP BY lower(tag)) used) AS tags,
    (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name)), '[]')
      FROM clients cl JOIN people p ON p.tenant_id = cl.tenant_id AND p.id = cl.person_id
      WHERE cl.tenant_id = ${tenantId} AND p.erased_at IS NULL
        AND cl.person_id = ANY(${targets(documents, 'client')}::uuid[])) AS clients,
    (SELECT coalesce(json_agg(x ORDER BY x."startsAt"), '[]') FROM (
      SELECT s.id, o.title, d.starts_at AS "startsAt", s.time_zone AS "timeZone"
      FROM sessions s
      JOIN offers o ON o.tenant_id = s.tenant_id AND o.id = s.offer_id
      JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.position = 0
      WHERE s.tenant_id = ${tenantId} AND s.terms IS NOT NULL
        AND (s.id = ANY(${targets(documents, 'session')}::uuid[]) OR (d.starts_at > ${now} AND s.state <> 'CANCELLED'))
      ORDER BY d.starts_at LIMIT 500) x) AS sessions`.execute(trx)
  return { kinds, ...rows[0]! }
}

function targets(documents: readonly PolicyDocument[], scope: 'client' | 'session'): string[] {
  const named = documents.flatMap(({ rules }) => rules.filter(rule => rule.scope === scope))
  return [...new Set(named.map(({ target }) => target ?? ''))].filter(target => ID.test(target))
}
