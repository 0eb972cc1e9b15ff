import { join } from 'node:path'
import type { Channel, Plugin, SessionKind } from '@rapport/sdk'
import type { Logger } from 'pino'

const SDK = 1

/** What the installed plugins give the house. */
export interface Provided {
  /** The behaviour of a session kind; throws for one that no plugin provides. */
  kind(id: string): SessionKind
  kinds: SessionKind[]
  /** The channel of the first plugin that can deliver mail here. */
  email: Channel
  /** Plugins that were left out, and why. */
  refused: { plugin: string; reason: string }[]
}

interface Operator {
  dataDir: string
  environment: Readonly<Record<string, string | undefined>>
}

/**
 * Checks the installed plugins and puts together what they provide. One at fault is named in the log and left
 * out, the rest run. Throws where nothing is left that can deliver mail.
 */
export function loadPlugins(installed: readonly Plugin[], operator: Operator, log: Logger): Provided {
  const ids = new Set<string>()
  const kinds = new Map<string, SessionKind>()
  const refused: Provided['refused'] = []
  let email: Channel | null = null

  for (const plugin of installed) {
    try {
      requireFit(plugin, ids, kinds)
      email ??= operatorEmail(plugin, operator)
      ids.add(plugin.id)
      for (const kind of plugin.provides?.kinds ?? []) kinds.set(kind.id, kind)
    } catch (error) {
      const reason = (error as Error).message
      refused.push({ plugin: String(plugin?.id ?? plugin?.name ?? 'one without a name'), reason })
      log.error({ plugin: plugin?.id, reason }, 'a plugin was left out')
    }
  }
  if (!email) throw new Error('no installed plugin can deliver mail: see plugins/installed.ts')

  return {
    kind(id) {
      const kind = kinds.get(id)
      if (!kind) throw new Error(`no plugin provides sessions of the kind ${id}`)
      return kind
    },
    kinds: [...kinds.values()],
    email,
    refused,
  }
}

function requireFit(plugin: Plugin, ids: Set<string>, kinds: Map<string, SessionKind>): void {
  if (!/^[a-z][a-z0-9-]*$/.test(plugin?.id ?? ''))
    throw new Error('its id must be of lower-case letters, digits and hyphens')
  if (ids.has(plugin.id)) throw new Error('another plugin has the same id')
  if (plugin.sdk !== SDK) throw new Error(`it was made for version ${plugin.sdk} of the SDK, this is ${SDK}`)
  const own = new Set<string>()
  for (const { id } of plugin.provides?.kinds ?? []) {
    if (kinds.has(id) || own.has(id)) throw new Error(`the session kind ${id} is provided already`)
    own.add(id)
  }
}

function operatorEmail(plugin: Plugin, { dataDir, environment }: Operator): Channel | null {
  const settings = plugin.provides?.email && plugin.operator?.(environment)
  if (!settings) return null
  return plugin.provides!.email!({
    ...settings,
    tenantId: null,
    fetch,
    store: { get: async () => null, set: async () => {}, delete: async () => {} },
    log: { info() {}, error() {} },
    now: () => new Date(),
    directory: join(dataDir, 'plugins', plugin.id),
  })
}
