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

/** The newest lines of an installation's log, at most 50 from before an instant on. */
export function readLog(
  { trx, tenantId }: Query,
  { pluginId, before }: { pluginId: string; before?: Date | undefined },
) {
  let select = trx
    .selectFrom('plugin_log')
    .select(['id', 'at', 'operation', 'ok', 'milliseconds', 'detail'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE)
  if (before) select = select.where('at', '<', before)
  return select.execute()
}

/** The newest deliveries of events to a plugin, at most 50 from before an instant on. */
export async function readDeliveries(
  { trx, tenantId }: Query,
  { pluginId, before }: { pluginId: string; before?: Date | undefined },
) {
  let select = trx
    .selectFrom('plugin_deliveries')
    .select(['event_id', 'event', 'state', 'attempts', 'last_error', 'created_at', 'changed_at'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .orderBy('created_at', 'desc')
    .orderBy('event_id', 'desc')
    .limit(PAGE)
  if (before) select = select.where('created_at', '<', before)
  const rows = await select.execute()
  return rows.map(row => ({
    eventId: row.event_id,
    event: row.event,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }))
}
