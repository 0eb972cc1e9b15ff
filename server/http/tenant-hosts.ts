import type { Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import type { TenantContext } from '#server/trpc/context.ts'

/** Finds the tenant of a host, from a cache of a few seconds. */
export interface TenantHosts {
  /** Null for a host that no tenant has. `host` is in lower case, without port. */
  find(host: string): Promise<TenantContext | null>
  /** Forgets what is cached of a tenant whose look or name has changed. */
  forget(tenantId: string): Promise<void>
}

/** How long another process may still show a tenant's old name or look, ms. */
const KEPT_FOR = 3_000
const KEPT_AT_MOST = 5_000

interface Entry {
  tenant: Promise<TenantContext | null>
  readAt: number
}

/** Unknown hosts aren't kept: a business that has just signed up is found at once, and nobody fills the cache. */
export function createTenantHosts(db: Db): TenantHosts {
  const entries = new Map<string, Entry>()

  async function read(host: string): Promise<TenantContext | null> {
    if (entries.size >= KEPT_AT_MOST) entries.delete(entries.keys().next().value!)
    const entry = { tenant: readTenant(db, host), readAt: performance.now() }
    entries.set(host, entry)
    let tenant: TenantContext | null = null
    try {
      tenant = await entry.tenant
      return tenant
    } finally {
      if (!tenant && entries.get(host) === entry) entries.delete(host)
    }
  }

  return {
    async find(host) {
      const entry = entries.get(host)
      const fresh = entry && performance.now() - entry.readAt < KEPT_FOR
      return fresh ? entry.tenant : read(host)
    },
    async forget(tenantId) {
      for (const [host, entry] of entries) {
        const tenant = await entry.tenant.catch(() => null)
        if (tenant?.id === tenantId && entries.get(host) === entry) entries.delete(host)
      }
    },
  }
}

async function readTenant(db: Db, host: string): Promise<TenantContext | null> {
  const found = await db
    .selectFrom('tenant_hosts')
    .select('tenant_id')
    .where('host', '=', host)
    .executeTakeFirst()
  if (!found) return null
  const row = await inTenant(db, found.tenant_id, trx =>
    trx
      .selectFrom('tenants as t')
      .leftJoin('files as f', join =>
        join.onRef('f.tenant_id', '=', 't.id').onRef('f.id', '=', 't.logo_file_id'),
      )
      .select(['t.slug', 't.name', 't.time_zone', 't.currency', 't.week_starts_on', 't.accent', 't.tagline'])
      .select(['f.sha256 as logo_hash', 't.set_up_at'])
      .where('t.id', '=', found.tenant_id)
      .executeTakeFirstOrThrow(),
  )
  return {
    id: found.tenant_id,
    host,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    weekStartsOn: row.week_starts_on,
    accent: row.accent,
    tagline: row.tagline,
    logoUrl: row.logo_hash && `/logo/${row.logo_hash.slice(0, 16)}`,
    setUp: row.set_up_at !== null,
  }
}
