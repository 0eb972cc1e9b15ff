import type { Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'

/** An installation as the database has it. */
export interface Installation {
  tenantId: string
  pluginId: string
  enabled: boolean
  config: Record<string, unknown>
  /** Sealed; null for none. */
  secrets: string | null
  failures: number
  restsUntil: Date | null
  healthyAt: Date | null
  changedAt: Date
}

/** The installations of businesses, from a cache of two seconds: a business that changes one is seen at once by this process. */
export interface Installations {
  of(tenantId: string): Promise<Installation[]>
  forget(tenantId: string): void
}

const KEPT_FOR = 2_000
const KEPT_AT_MOST = 2_000

export function createInstallations(db: Db): Installations {
  const entries = new Map<string, { read: Promise<Installation[]>; at: number }>()
  return {
    of(tenantId) {
      const known = entries.get(tenantId)
      if (known && performance.now() - known.at < KEPT_FOR) return known.read
      if (entries.size >= KEPT_AT_MOST) entries.delete(entries.keys().next().value!)
      const entry = { read: readInstallations(db, tenantId), at: performance.now() }
      entries.set(tenantId, entry)
      entry.read.catch(() => {
        if (entries.get(tenantId) === entry) entries.delete(tenantId)
      })
      return entry.read
    },
    forget(tenantId) {
      entries.delete(tenantId)
    },
  }
}

function readInstallations(db: Db, tenantId: string): Promise<Installation[]> {
  return inTenant(db, tenantId, async trx => {
    const rows = await trx
      .selectFrom('installations')
      .select([
        'plugin_id',
        'enabled',
        'config',
        'secrets',
        'failures',
        'rests_until',
        'healthy_at',
        'changed_at',
      ])
      .where('tenant_id', '=', tenantId)
      .execute()
    return rows.map(row => ({
      tenantId,
      pluginId: row.plugin_id,
      enabled: row.enabled,
      config: row.config,
      secrets: row.secrets,
      failures: row.failures,
      restsUntil: row.rests_until,
      healthyAt: row.healthy_at,
      changedAt: row.changed_at,
    }))
  })
}
