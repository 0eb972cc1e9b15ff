import type { Plugin } from '@rapport/sdk'
import type { InstallationRow } from '#server/domain/plugins/read-installations.ts'
import { PROVIDER_KINDS, type RefusedPlugin } from './load.ts'
import { type SecretField, type SettingField, secretFields, settingFields } from './setting-fields.ts'

/**
 * `always`: part of every business, such as a kind of session. `operator`: set up for all businesses by whoever runs
 * this server. `installed`: could be enabled. `failing`: enabled, and its last calls failed. `disabled`: was enabled.
 */
export type PluginState = 'always' | 'operator' | 'installed' | 'enabled' | 'failing' | 'disabled'

/** A plugin as the admin lists it. */
export interface DescribedPlugin {
  id: string
  name: string
  description: string
  version: string
  /** `kinds`, `email`, `video`, `realtime`, `events`. */
  provides: string[]
  /** Whether businesses enable it and have settings of their own. */
  isForBusinesses: boolean
}

export interface ListedPlugin extends DescribedPlugin {
  state: PluginState
  failingSince: Date | null
  lastError: string | null
}

/** A plugin with its form. */
export interface ShownPlugin extends ListedPlugin {
  byOperator: boolean
  restsUntil: Date | null
  healthyAt: Date | null
  config: (SettingField & { value: unknown })[]
  secrets: (SecretField & { isSet: boolean })[]
  /** Events it is told of. */
  listensTo: string[]
  hasHealthCheck: boolean
  /** Where other systems tell it something; null where it takes nothing or has no settings yet. */
  webhookUrl: string | null
}

export function describePlugin(plugin: Plugin): DescribedPlugin {
  const { id, name, description, version, provides = {}, on = {} } = plugin
  const listens = Object.keys(on).length > 0
  return {
    id,
    name,
    description,
    version,
    provides: [
      ...(provides.kinds?.length ? ['kinds'] : []),
      ...PROVIDER_KINDS.filter(kind => provides[kind]),
      ...(listens ? ['events'] : []),
    ],
    isForBusinesses: plugin.config !== undefined || plugin.secrets !== undefined || listens,
  }
}

/** The plugins that mean something to a business: not those that only the operator could set up, and didn't. */
export function listPlugins(
  plugins: readonly Plugin[],
  refused: readonly RefusedPlugin[],
  rows: readonly InstallationRow[],
  isOperated: (pluginId: string) => boolean,
): { plugins: ListedPlugin[]; refused: readonly RefusedPlugin[] } {
  const listed = plugins.flatMap(plugin => {
    const row = rows.find(row => row.pluginId === plugin.id) ?? null
    const one = listPlugin(plugin, row, isOperated(plugin.id))
    return one ? [one] : []
  })
  return { plugins: listed, refused }
}

function listPlugin(plugin: Plugin, row: InstallationRow | null, byOperator: boolean): ListedPlugin | null {
  const described = describePlugin(plugin)
  const state = stateOf(described, row, byOperator)
  if (!state) return null
  return {
    ...described,
    state,
    failingSince: row?.enabled ? row.failingSince : null,
    lastError: row?.enabled ? row.lastError : null,
  }
}

function stateOf(
  { isForBusinesses, provides }: DescribedPlugin,
  row: InstallationRow | null,
  byOperator: boolean,
): PluginState | null {
  if (row?.enabled) return row.failingSince ? 'failing' : 'enabled'
  if (byOperator) return 'operator'
  if (provides.includes('kinds')) return 'always'
  if (!isForBusinesses) return null
  return row ? 'disabled' : 'installed'
}

interface Shown {
  row: InstallationRow | null
  byOperator: boolean
  secretsSet: readonly string[]
  webhookUrl: string | null
}

export function showPlugin(
  plugin: Plugin,
  { row, byOperator, secretsSet, webhookUrl }: Shown,
): ShownPlugin | null {
  const listed = listPlugin(plugin, row, byOperator)
  if (!listed) return null
  return {
    ...listed,
    byOperator,
    restsUntil: row?.restsUntil ?? null,
    healthyAt: row?.healthyAt ?? null,
    config: settingFields(plugin.config).map(field => ({ ...field, value: row?.config[field.name] ?? null })),
    secrets: secretFields(plugin.secrets).map(field => ({
      ...field,
      isSet: secretsSet.includes(field.name),
    })),
    listensTo: Object.keys(plugin.on ?? {}),
    hasHealthCheck: plugin.health !== undefined,
    webhookUrl: plugin.webhook ? webhookUrl : null,
  }
}
