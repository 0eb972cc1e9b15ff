import type { Query } from '../command.ts'

/** An installation as its business sees it. */
export interface InstallationRow {
  pluginId: string
  enabled: boolean
  config: Record<string, unknown>
  /** Sealed; null for none. */
  secrets: string | null
  failingSince: Date | null
  restsUntil: Date | null
  lastError: string | null
  healthyAt: Date | null
}

export async function readInstallations({ trx, tenantId }: Query): Promise<InstallationRow[]> {
  const rows = await trx
    .selectFrom('installations')
    .select([
      'plugin_id',
      'enabled',
      'config',
      'secrets',
      'failing_since',
      'rests_until',
      'last_error',
      'healthy_at',
    ])
    .where('tenant_id', '=', tenantId)
    .execute()
  return rows.map(row => ({
    pluginId: row.plugin_id,
    enabled: row.enabled,
    config: row.config,
    secrets: row.secrets,
    failingSince: row.failing_since,
    restsUntil: row.rests_until,
    lastError: row.last_error,
    healthyAt: row.healthy_at,
  }))
}

const PAGE = 50

interface Paged {
  pluginId: string
  /** Where the page before ended. */
  cursor?: string | undefined
}

/** The lines of an installation's log, newest first, 50 at a time. */
export async function readLog({ trx, tenantId }: Query, { pluginId, cursor }: Paged) {
  let select = trx
    .selectFrom('plugin_log')
    .select(['id', 'at', 'operation', 'ok', 'milliseconds', 'detail'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .orderBy('id', 'desc')
    .limit(PAGE)
  if (cursor) select = select.where('id', '<', cursor)
  const lines = await select.execute()
  return { lines, nextCursor: lines.length === PAGE ? lines.at(-1)!.id : null }
}

/** The events a plugin was told of or is to be, newest first, 50 at a time. */
export async function readDeliveries({ trx, tenantId }: Query, { pluginId, cursor }: Paged) {
  let select = trx
    .selectFrom('plugin_deliveries')
    .select(['event_id', 'event', 'state', 'attempts', 'last_error', 'created_at', 'changed_at'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .orderBy('event_id', 'desc')
    .limit(PAGE)
  if (cursor) select = select.where('event_id', '<', cursor)
  const rows = await select.execute()
  const deliveries = rows.map(row => ({
    eventId: row.event_id,
    event: row.event,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }))
  return { deliveries, nextCursor: rows.length === PAGE ? rows.at(-1)!.event_id : null }
}
