import type { Plugin, PluginContext } from '@rapport/sdk'
import { z } from 'zod'
import type { CheckSettings } from '#server/domain/plugins/change-installation.ts'
import type { InstallationRow } from '#server/domain/plugins/read-installations.ts'
import { notFound, Refusal } from '#server/domain/refusal.ts'
import type { Secrets } from '#server/secrets.ts'
import type { Urls } from '#server/urls.ts'
import type { CallOptions } from './calls.ts'
import { namesOfSecrets, settingsCheck } from './check-settings.ts'
import {
  type DescribedPlugin,
  describePlugin,
  listPlugins,
  type ShownPlugin,
  showPlugin,
} from './describe-plugin.ts'
import type { RefusedPlugin } from './load.ts'
import { PluginFailed } from './plugin-failed.ts'
import { webhookToken } from './webhook-address.ts'

/** What the admin's pages ask of the plugins. */
export interface AdminSide {
  /** What a plugin is; null where it isn't installed. */
  describe(pluginId: string): DescribedPlugin | null
  /** All plugins as the admin lists them, given the installations of a business. */
  list(rows: readonly InstallationRow[]): ReturnType<typeof listPlugins>
  /** One with its form. Throws a `Refusal` where it means nothing to this business. */
  show(pluginId: string, tenant: { id: string; host: string }, row: InstallationRow | null): ShownPlugin
  /** Checks settings that a business typed for a plugin, and seals its secrets; throws a `Refusal`. */
  checkSettings(pluginId: string, tenantId: string): CheckSettings
  /** Asks a plugin whether its settings work. Throws a `Refusal` where it has none yet, or can't tell. */
  check(pluginId: string, tenantId: string): Promise<{ ok: boolean; detail: string }>
}

interface Options {
  plugins: ReadonlyMap<string, Plugin>
  refused: readonly RefusedPlugin[]
  isOperated(pluginId: string): boolean
  /** Whether a business has ever set it up. */
  isSetUp(tenantId: string, pluginId: string): Promise<boolean>
  call<T>(
    target: { tenantId: string; pluginId: string; whileOff?: boolean },
    operation: string,
    work: (plugin: Plugin, context: PluginContext, call: { signal: AbortSignal }) => T | Promise<T>,
    options?: CallOptions<T>,
  ): Promise<T>
  secrets: Secrets
  urls: Pick<Urls, 'tenant'>
}

const CHECK_MS = 15_000

export function createAdminSide(options: Options): AdminSide {
  const { plugins, refused, isOperated, secrets, urls } = options
  return {
    describe(pluginId) {
      const plugin = plugins.get(pluginId)
      return plugin ? describePlugin(plugin) : null
    },
    list: rows => listPlugins([...plugins.values()], refused, rows, isOperated),
    show(pluginId, tenant, row) {
      const token = webhookToken(secrets, tenant.id, pluginId)
      const shown = showPlugin(plugins.get(pluginId)!, {
        row,
        byOperator: isOperated(pluginId),
        secretsSet: row ? namesOfSecrets(secrets, { ...row, tenantId: tenant.id }) : [],
        webhookUrl: urls.tenant(tenant.host, `/webhooks/${token}`),
      })
      if (!shown) throw notFound('plugin')
      return shown
    },
    checkSettings: (pluginId, tenantId) =>
      settingsCheck(secrets, plugins.get(pluginId)!, { pluginId, tenantId }),
    async check(pluginId, tenantId) {
      if (!plugins.get(pluginId)?.health)
        throw new Refusal('conflict', 'NO_CHECK', 'This plugin can’t tell whether its settings work.')
      if (!(await options.isSetUp(tenantId, pluginId)))
        throw new Refusal('conflict', 'NO_SETTINGS', 'Save its settings first.')
      try {
        const detail = await options.call(
          { tenantId, pluginId, whileOff: true },
          'health',
          (plugin, context, call) => plugin.health!(context, call),
          { timeoutMs: CHECK_MS, evenIfResting: true, answer: z.string().max(2_000) },
        )
        return { ok: true, detail }
      } catch (error) {
        if (!(error instanceof PluginFailed)) throw error
        return { ok: false, detail: error.message }
      }
    },
  }
}
