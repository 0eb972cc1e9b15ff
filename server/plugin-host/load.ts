import type { OperatorSettings, Plugin, SessionKind } from '@rapport/sdk'
import type { Logger } from 'pino'
import { Refusal } from '#server/domain/refusal.ts'
import { secretFields, settingFields } from './setting-fields.ts'

const SDK = 1

/** What a plugin may provide, besides session kinds, each through a function of its context. */
export const PROVIDER_KINDS = ['email', 'video', 'realtime'] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

/** A plugin that was left out, and why. */
export interface RefusedPlugin {
  plugin: string
  reason: string
}

/** The plugins that passed the checks. */
export interface LoadedPlugins {
  /** In the order of `plugins/installed.ts`. */
  plugins: readonly Plugin[]
  /** What the operator's environment sets up for all businesses, by plugin. */
  operated: ReadonlyMap<string, OperatorSettings>
  /** The behaviour of a session kind. Refuses with 409 `KIND_MISSING` one that no plugin provides (any more). */
  kind(id: string): SessionKind
  kinds: SessionKind[]
  refused: RefusedPlugin[]
}

/** Checks the installed plugins. One at fault is named in the log and left out, the rest run. */
export function loadPlugins(
  installed: readonly Plugin[],
  environment: Readonly<Record<string, string | undefined>>,
  log: Logger,
): LoadedPlugins {
  const plugins = new Map<string, Plugin>()
  const operated = new Map<string, OperatorSettings>()
  const kinds = new Map<string, SessionKind>()
  const refused: RefusedPlugin[] = []

  for (const plugin of installed) {
    try {
      requireFit(plugin)
      if (plugins.has(plugin.id)) throw new Error('another plugin has the same id')
      requireNewKinds(plugin, kinds)
      const settings = operatorSettings(plugin, environment)
      if (settings) operated.set(plugin.id, settings)
      plugins.set(plugin.id, plugin)
      for (const kind of plugin.provides?.kinds ?? []) kinds.set(kind.id, kind)
    } catch (error) {
      const reason = (error as Error).message
      refused.push({ plugin: String(plugin?.id ?? plugin?.name ?? 'one without a name'), reason })
      log.error({ plugin: plugin?.id, reason }, 'a plugin was left out')
    }
  }

  return {
    plugins: [...plugins.values()],
    operated,
    kind(id) {
      const kind = kinds.get(id)
      if (!kind)
        throw new Refusal(
          'conflict',
          'KIND_MISSING',
          `Sessions of the kind ${id} can’t be had at the moment.`,
        )
      return kind
    },
    kinds: [...kinds.values()],
    refused,
  }
}

function requireFit(plugin: Plugin): void {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(plugin?.id ?? ''))
    throw new Error('its id must be of lower-case letters, digits and hyphens')
  if (plugin.sdk !== SDK) throw new Error(`it was made for version ${plugin.sdk} of the SDK, this is ${SDK}`)
  for (const field of ['name', 'description', 'version'] as const) {
    if (typeof plugin[field] !== 'string' || plugin[field].trim() === '')
      throw new Error(`it has no ${field}`)
  }
  requireFunctions(plugin)
  const settings = [...settingFields(plugin.config), ...secretFields(plugin.secrets)].map(({ name }) => name)
  const twice = settings.find((name, at) => settings.indexOf(name) !== at)
  if (twice) throw new Error(`${twice} is both in its config and in its secrets`)
}

function requireFunctions({ provides = {}, on = {}, webhook, health, operator }: Plugin): void {
  for (const [kind, provider] of Object.entries(provides)) {
    if (kind === 'kinds') continue
    if (!(PROVIDER_KINDS as readonly string[]).includes(kind))
      throw new Error(`it provides ${kind}, which this version of Rapport knows nothing of`)
    if (typeof provider !== 'function') throw new Error(`what it provides as ${kind} is not a function`)
  }
  for (const [event, listener] of Object.entries(on)) {
    if (typeof listener !== 'function') throw new Error(`its listener to ${event} is not a function`)
  }
  for (const [name, given] of Object.entries({ webhook, health, operator })) {
    if (given !== undefined && typeof given !== 'function') throw new Error(`its ${name} is not a function`)
  }
}

function requireNewKinds(plugin: Plugin, kinds: ReadonlyMap<string, SessionKind>): void {
  const own = new Set<string>()
  for (const kind of plugin.provides?.kinds ?? []) {
    const { id } = kind
    if (kinds.has(id) || own.has(id)) throw new Error(`the session kind ${id} is provided already`)
    own.add(id)
    requireFitKind(kind)
  }
}

function requireFitKind({ id, settings, bookedBy, occupies, format, sessions }: SessionKind): void {
  settingFields(settings)
  if (typeof occupies !== 'function' || typeof format !== 'function')
    throw new Error(`the session kind ${id} lacks occupies or format`)
  if (bookedBy !== (sessions ? 'session' : 'slot'))
    throw new Error(
      `the session kind ${id} must have sessions where, and only where, it is booked by session`,
    )
}

/** What the environment sets up, checked against the plugin's own schemas where it has any. */
function operatorSettings(
  { operator, config, secrets }: Plugin,
  environment: Readonly<Record<string, string | undefined>>,
): OperatorSettings | null {
  const given = operator?.(environment)
  if (!given) return null
  // What a schema doesn't name is the operator's alone to say, such as the address of a service of their own.
  return {
    config: { ...given.config, ...config?.parse(given.config ?? {}) },
    secrets: { ...given.secrets, ...(secrets?.parse(given.secrets ?? {}) as Record<string, string>) },
  }
}
