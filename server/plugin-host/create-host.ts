import type { KeptMails, Plugin, PluginContext } from '@rapport/sdk'
import type { Logger } from 'pino'
import type { Listening } from '#server/domain/plugins/deliveries.ts'
import type { Ground } from '#server/domain/run-command.ts'
import type { Env } from '#server/env.ts'
import type { Secrets } from '#server/secrets.ts'
import type { Urls } from '#server/urls.ts'
import { type AdminSide, createAdminSide } from './admin-side.ts'
import { type CallOptions, callInstallation, callOperated, type Work } from './calls.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { createInstallations, type Installation } from './installations.ts'
import { type Instance, operatorInstance, type Provider } from './instances.ts'
import { keepInstances } from './kept-instances.ts'
import type { LoadedPlugins, ProviderKind, RefusedPlugin } from './load.ts'
import { PluginFailed } from './plugin-failed.ts'
import { asPlugin } from './stray-failures.ts'

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
export interface PluginHost extends AdminSide {
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
  const instances = keepInstances(ground)
  for (const [pluginId, settings] of loaded.operated) {
    try {
      const instance = operatorInstance(ground, byId.get(pluginId)!, settings)
      if (instance.plugin.provides?.email) asPlugin(pluginId, () => instance.provide('email'))
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

  const call: PluginHost['call'] = async (target, operation, work, options) => {
    const { plugin, row, instance } = await reach(target.tenantId, target.pluginId, target.whileOff)
    const working = ({ context }: Instance, call: { signal: AbortSignal }) => work(plugin, context, call)
    return instance
      ? callOperated(ground, instance, operation, working, options)
      : callInstallation(ground, row, () => instances.of(plugin, row), operation, working, options)
  }

  const isOperated = (pluginId: string) => operated.has(pluginId)

  const admin = createAdminSide({
    ...{ plugins: byId, refused, isOperated, call, secrets: options.secrets, urls: options.urls },
    isSetUp: async (tenantId, pluginId) => (await rowOf(tenantId, pluginId)) !== undefined,
  })
  if (!operatorProvider('email'))
    throw new Error('no installed plugin can deliver mail: see plugins/installed.ts')
  return {
    ...admin,
    plugins: [...byId.values()],
    refused,
    enabled,
    operatorProvider,
    isOperated,
    call,
    find: pluginId => byId.get(pluginId) ?? null,
    async provider(kind, tenantId, pluginId) {
      const rows = await enabled(tenantId)
      const own = [...byId.values()].find(
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
            () => instances.of(own, row),
            `${kind}.${operation}`,
            providing(kind, work),
            options,
          )
        },
      }
    },
    listening(event) {
      const wanting = [...byId.values()].filter(({ on }) => on?.[event] ?? on?.['*']).map(({ id }) => id)
      return { installable: wanting, operated: wanting.filter(id => operated.has(id)) }
    },
    forget(tenantId) {
      ground.installations.forget(tenantId)
      instances.forget(tenantId)
    },
    keptMails: keptMailsOf(operated),
    async close() {
      instances.close()
      for (const instance of operated.values()) instance.close()
      await guarded.close()
    },
  }
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
