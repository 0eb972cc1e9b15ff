import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { recordInstallation } from './breaker.ts'

/** What a business typed: values of `config`, and those secrets that are set anew; null takes one away. */
export interface GivenSettings {
  config: Record<string, string | number | boolean | null>
  secrets: Record<string, string | null>
}

export interface KeptSettings {
  config: Record<string, unknown>
  /** Sealed; null for none. */
  secrets: string | null
}

/** Checks what was typed together with the secrets that are kept, and seals them. Throws a `Refusal` that names the field. */
export type CheckSettings = (given: GivenSettings, keptSecrets: string | null) => KeptSettings

/** What failed before says nothing of other settings. */
const fresh = { failures: 0, failing_in: null, failing_since: null, rests_until: null, last_error: null }

/** Keeps a plugin's settings. One that isn't enabled stays so. */
export async function saveInstallation(
  command: Command,
  { pluginId, ...given }: GivenSettings & { pluginId: string },
  check: CheckSettings,
): Promise<void> {
  const { trx, tenantId, now } = command
  const before = await lockInstallation(command, pluginId)
  const { config, secrets } = check(given, before?.secrets ?? null)
  await trx
    .updateTable('installations')
    .set({ config: JSON.stringify(config), secrets, changed_at: now, ...fresh })
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .execute()
  await recordInstallation(command, 'installation.changed', {
    pluginId,
    changed: [...Object.keys(given.config), ...Object.keys(given.secrets)],
  })
  command.hint('tenant')
}

/** Lets a plugin serve this business. Refuses with 400 where its settings lack something. */
export async function enableInstallation(
  command: Command,
  pluginId: string,
  check: CheckSettings,
): Promise<void> {
  const { enabled, config, secrets } = await lockInstallation(command, pluginId)
  if (enabled) return
  check({ config: config as GivenSettings['config'], secrets: {} }, secrets)
  await setEnabled(command, pluginId, true)
  await recordInstallation(command, 'installation.enabled', { pluginId })
}

/** Lets a plugin rest until it is enabled again; its settings and what it remembers stay. */
export async function disableInstallation(command: Command, pluginId: string): Promise<void> {
  const { trx, tenantId } = command
  const row = await trx
    .selectFrom('installations')
    .select('enabled')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('plugin')
  if (!row.enabled) return
  await setEnabled(command, pluginId, false)
  await recordInstallation(command, 'installation.disabled', { pluginId })
}

/** The row of an installation, made where there is none, locked. */
async function lockInstallation({ trx, tenantId, now }: Command, pluginId: string) {
  await trx
    .insertInto('installations')
    .values({ tenant_id: tenantId, plugin_id: pluginId, enabled: false, created_at: now, changed_at: now })
    .onConflict(conflict => conflict.columns(['tenant_id', 'plugin_id']).doNothing())
    .execute()
  return trx
    .selectFrom('installations')
    .select(['enabled', 'config', 'secrets'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

async function setEnabled(command: Command, pluginId: string, enabled: boolean): Promise<void> {
  const { trx, tenantId, now } = command
  await trx
    .updateTable('installations')
    .set({ enabled, changed_at: now, ...fresh })
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .execute()
  command.hint('tenant')
}

/** A setting that can't be kept, by its field: `config.url` or `secrets.apiKey`. */
export function badSetting(field: string, message: string): Refusal {
  return new Refusal('input', 'BAD_SETTING', message, { field })
}
