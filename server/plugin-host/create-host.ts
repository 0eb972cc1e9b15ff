import type { KeptMails, Plugin, PluginContext } from '@rapport/sdk'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { CheckSettings } from '#server/domain/plugins/change-installation.ts'
import type { Listening } from '#server/domain/plugins/deliveries.ts'
import type { InstallationRow } from '#server/domain/plugins/read-installations.ts'
import { notFound, Refusal } from '#server/domain/refusal.ts'
import type { Ground } from '#server/domain/run-command.ts'
import type { Env } from '#server/env.ts'
import type { Secrets } from '#server/secrets.ts'
import type { Urls } from '#server/urls.ts'
import { type CallOptions, callInstallation, callOperated, type Work } from './calls.ts'
import { namesOfSecrets, settingsCheck } from './check-settings.ts'
import {
  type DescribedPlugin,
  describePlugin,
  listPlugins,
  type ShownPlugin,
  showPlugin,
} from './describe-plugin.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { createInstallations, type Installation } from './installations.ts'
import { type Instance, operatorInstance, type Provider, tenantInstance } from './instances.ts'
import type { LoadedPlugins, ProviderKind, RefusedPlugin } from './load.ts'
import { PluginFailed } from './plugin-failed.ts'
import { webhookToken } from './webhook-address.ts'

/** A plugin's side of what it provides, to be called. */
export interface Provided<K extends ProviderKind> {
  pluginId: string
  /** Whose settings it has. */
  by: 'tenant' | 'operator'
  /**
   * One call into it, such as `call('create', (video, call) => video.create(meeting, call))`, outside of any
   * transaction. Throws `PluginFailed`, in time, whatever it does.
   */
  call<T>(
    operation: string,
    work: (provider: Provider<K>, call: { signal: AbortSignal }) => T | Promise<T>,
    options?: CallOptions<T>,
  ): Promise<T>
}

/** The plugins of this house at work. */
export interface PluginHost {
  /** In the order of `plugins/installed.ts`. */
  plugins: readonly Plugin[]
  refused: readonly RefusedPlugin[]
  find(pluginId: string): Plugin | null
  /** Whether the operator set it up for all. */
  isOperated(pluginId: string): boolean
  /**
   * What serves a business: the first of its enabled plugins that provides it, else the operator's. `pluginId` asks
   * for that plugin alone, such as the one that made a room. Null where there is none.
   */
  provider<K extends ProviderKind>(kind: K, tenantId: string, pluginId?: string): Promise<Provided<K> | null>
  /** What the operator set up: the first of the installed plugins that provides it here. */
  operatorProvider<K extends ProviderKind>(kind: K): Provided<K> | null
  /** What a plugin works with for a business; throws `PluginFailed` where it is off or its settings don't fit. */
  contextFor(pluginId: string, tenantId: string): Promise<PluginContext>
  /**
   * One call into a plugin with a business's settings, or the operator's where the business has none of its own.
   * `whileOff` also calls one that isn't enabled yet. Throws `PluginFailed`.
   */
  call<T>(
    target: { tenantId: string; pluginId: string; whileOff?: boolean },
    operation: string,
    work: (plugin: Plugin, context: PluginContext, call: { signal: AbortSignal }) => T | Promise<T>,
    options?: CallOptions<T>,
  ): Promise<T>
  /** The installations of a business that are enabled and still installed. */
  enabled(tenantId: string): Promise<Installation[]>
  /** Which plugins want events of a name. */
  listening: Listening
  /** Checks settings that a business typed for a plugin, and seals its secrets; throws a `Refusal`. */
  checkSettings(pluginId: string, tenantId: string): CheckSettings
  /** What a plugin is; null where it isn't installed. */
  describe(pluginId: string): DescribedPlugin | null
  /** All plugins as the admin lists them, given the installations of a business. */
  list(rows: readonly InstallationRow[]): ReturnType<typeof listPlugins>
  /** One with its form. Throws a `Refusal` where it means nothing to this business. */
  show(pluginId: string, tenant: { id: string; host: string }, row: InstallationRow | null): ShownPlugin
  /** Asks a plugin whether its settings work. Throws a `Refusal` where it has none yet, or can't tell. */
  check(pluginId: string, tenantId: string): Promise<{ ok: boolean; detail: string }>
  /** To be called after an installation was changed. */
  forget(tenantId: string): void
  /** The mails of the operator's channel where it keeps them instead of sending. */
  keptMails: KeptMails | undefined
  close(): Promise<void>
}

interface Options extends Ground {
  loaded: LoadedPlugins
  env: Pick<Env, 'dataDir' | 'pluginAddresses'>
  secrets: Secrets
  urls: Pick<Urls, 'tenant'>
  clock(): Date
  log: Logger
}

/** How many businesses' settings stay at hand. */
const MOST_INSTANCES = 1_000
const CHECK_MS = 15_000

/** Sets the plugins to work. Throws where no plugin can deliver mail for the operator. */
export function createPluginHost(options: Options): PluginHost {
  const { loaded, env, log } = options
  const byId = new Map(loaded.plugins.map(plugin => [plugin.id, plugin]))
  const guarded = createGuardedFetch({ allowed: new Set(env.pluginAddresses) })
  const ground = {
    ...options,
    dataDir: env.dataDir,
    fetch: guarded.fetch,
    installations: createInstallations(options.db),
  }
  const refused = [...loaded.refused]
  const operated = new Map<string, Instance>()
  const instances = new Map<string, { changedAt: number; instance: Instance }>()
  for (const [pluginId, settings] of loaded.operated) {
    try {
      const instance = operatorInstance(ground, byId.get(pluginId)!, settings)
      if (instance.plugin.provides?.email) instance.provide('email')
      operated.set(pluginId, instance)
    } catch (error) {
      refused.push({ plugin: pluginId, reason: (error as Error).message })
      log.error({ plugin: pluginId, reason: (error as Error).message }, 'a plugin was left out')
      byId.delete(pluginId)
    }
  }

  const operatorProvider = <K extends ProviderKind>(kind: K, pluginId?: string): Provided<K> | null => {
    const instance = [...operated.values()].find(
      ({ plugin }) => plugin.provides?.[kind] && (pluginId === undefined || plugin.id === pluginId),
    )
    if (!instance) return null
    return {
      pluginId: instance.plugin.id,
      by: 'operator',
      call: (operation, work, options) =>
        callOperated(ground, instance, `${kind}.${operation}`, providing(kind, work), options),
    }
  }

  /** Made again when the settings have changed. */
  function instanceOf(plugin: Plugin, row: Installation): Instance {
    const key = `${row.tenantId} ${row.pluginId}`
    const known = instances.get(key)
    if (known?.changedAt === row.changedAt.getTime()) return known.instance
    known?.instance.close()
    instances.delete(key)
    if (instances.size >= MOST_INSTANCES) {
      const [oldest, { instance }] = instances.entries().next().value!
      instances.delete(oldest)
      instance.close()
    }
    const instance = tenantInstance(ground, plugin, row)
    instances.set(key, { changedAt: row.changedAt.getTime(), instance })
    return instance
  }

  const rowOf = async (tenantId: string, pluginId: string) =>
    (await ground.installations.of(tenantId)).find(row => row.pluginId === pluginId)

  async function enabled(tenantId: string): Promise<Installation[]> {
    const rows = await ground.installations.of(tenantId)
    return rows.filter(row => row.enabled && byId.has(row.pluginId))
  }

  async function reach(tenantId: string, pluginId: string, whileOff = false) {
    const plugin = byId.get(pluginId)
    const row = plugin && (await rowOf(tenantId, pluginId))
    if (plugin && row && (row.enabled || whileOff)) return { plugin, row, instance: null }
    const instance = operated.get(pluginId)
    if (instance) return { plugin: instance.plugin, row: null, instance }
    throw new PluginFailed(pluginId, 'off', 'It is switched off.')
  }

  const host: PluginHost = {
    plugins: [...byId.values()],
    refused,
    enabled,
    operatorProvider,
    find: pluginId => byId.get(pluginId) ?? null,
    isOperated: pluginId => operated.has(pluginId),
    async provider(kind, tenantId, pluginId) {
      const rows = await enabled(tenantId)
      const own = host.plugins.find(
        plugin =>
          plugin.provides?.[kind] &&
          (pluginId === undefined || plugin.id === pluginId) &&
          rows.some(row => row.pluginId === plugin.id),
      )
      if (!own) return operatorProvider(kind, pluginId)
      return {
        pluginId: own.id,
        by: 'tenant',
        async call(operation, work, options) {
          const row = await rowOf(tenantId, own.id)
          if (!row?.enabled) throw new PluginFailed(own.id, 'off', 'It is switched off.')
          return callInstallation(
            ground,
            row,
            () => instanceOf(own, row),
            `${kind}.${operation}`,
            providing(kind, work),
            options,
          )
        },
      }
    },
    async contextFor(pluginId, tenantId) {
      const { plugin, row, instance } = await reach(tenantId, pluginId)
      return (instance ?? instanceOf(plugin, row)).context
    },
    async call({ tenantId, pluginId, whileOff }, operation, work, options) {
      const { plugin, row, instance } = await reach(tenantId, pluginId, whileOff)
      const working: Work<Awaited<ReturnType<typeof work>>> = ({ context }, call) =>
        work(plugin, context, call) as never
      return (
        instance
          ? callOperated(ground, instance, operation, working, options as never)
          : callInstallation(
              ground,
              row!,
              () => instanceOf(plugin, row!),
              operation,
              working,
              options as never,
            )
      ) as never
    },
    listening(event) {
      const wanting = host.plugins.filter(({ on }) => on?.[event] ?? on?.['*']).map(({ id }) => id)
      return { installable: wanting, operated: wanting.filter(id => operated.has(id)) }
    },
    checkSettings: (pluginId, tenantId) =>
      settingsCheck(options.secrets, byId.get(pluginId)!, { pluginId, tenantId }),
    describe(pluginId) {
      const plugin = byId.get(pluginId)
      return plugin ? describePlugin(plugin) : null
    },
    list: rows => listPlugins(host.plugins, refused, rows, host.isOperated),
    show(pluginId, tenant, row) {
      const token = webhookToken(options.secrets, tenant.id, pluginId)
      const shown = showPlugin(byId.get(pluginId)!, {
        row,
        byOperator: operated.has(pluginId),
        secretsSet: row ? namesOfSecrets(options.secrets, { ...row, tenantId: tenant.id }) : [],
        webhookUrl: options.urls.tenant(tenant.host, `/webhooks/${token}`),
      })
      if (!shown) throw notFound('plugin')
      return shown
    },
    async check(pluginId, tenantId) {
      if (!byId.get(pluginId)?.health)
        throw new Refusal('conflict', 'NO_CHECK', 'This plugin can’t tell whether its settings work.')
      if (!(await rowOf(tenantId, pluginId)))
        throw new Refusal('conflict', 'NO_SETTINGS', 'Save its settings first.')
      try {
        const detail = await host.call(
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
    forget(tenantId) {
      ground.installations.forget(tenantId)
      for (const [key, { instance }] of instances) {
        if (!key.startsWith(`${tenantId} `)) continue
        instances.delete(key)
        instance.close()
      }
    },
    keptMails: keptMailsOf(operated),
    async close() {
      for (const { instance } of instances.values()) instance.close()
      for (const instance of operated.values()) instance.close()
      await guarded.close()
    },
  }
  if (!operatorProvider('email'))
    throw new Error('no installed plugin can deliver mail: see plugins/installed.ts')
  return host
}

function providing<K extends ProviderKind, T>(
  kind: K,
  work: (provider: Provider<K>, call: { signal: AbortSignal }) => T | Promise<T>,
): Work<T> {
  return (instance, call) => work(instance.provide(kind), call)
}

function keptMailsOf(operated: ReadonlyMap<string, Instance>): KeptMails | undefined {
  const first = [...operated.values()].find(({ plugin }) => plugin.provides?.email)
  return first?.provide('email').kept
}
