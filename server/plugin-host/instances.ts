import { join } from 'node:path'
import type { OperatorSettings, Plugin, PluginContext } from '@rapport/sdk'
import { Hopeless } from '@rapport/sdk'
import { z } from 'zod'
import type { Db } from '#server/db/connection.ts'
import type { Secrets } from '#server/secrets.ts'
import { operatorStore, tenantStore } from './entries.ts'
import type { Installation } from './installations.ts'
import type { ProviderKind } from './load.ts'
import { gatherLines, type LogLines, tidyDetail } from './log-lines.ts'

/** A plugin with one business's settings, or the operator's. */
export interface Instance {
  plugin: Plugin
  context: PluginContext
  lines: LogLines
  /** What it provides, made when first asked for. */
  provide<K extends ProviderKind>(kind: K): Provider<K>
  /** A text without its secrets, as it may be logged. */
  tidy(text: string): string
  close(): void
}

export type Provider<K extends ProviderKind> = ReturnType<NonNullable<NonNullable<Plugin['provides']>[K]>>

/** What instances are made of. */
export interface InstanceGround {
  db: Db
  dataDir: string
  secrets: Secrets
  fetch: typeof fetch
  clock(): Date
}

/** What seals an installation's secrets to it. */
export function sealOf({ tenantId, pluginId }: { tenantId: string; pluginId: string }): string {
  return `plugin secrets\n${tenantId}\n${pluginId}`
}

/** A plugin with a business's settings. Throws `Hopeless` where they aren't what it asks for (any more). */
export function tenantInstance(ground: InstanceGround, plugin: Plugin, row: Installation): Instance {
  const secrets = row.secrets === null ? {} : unseal(ground.secrets, row)
  return instance(ground, plugin, {
    tenantId: row.tenantId,
    config: parse(plugin.config, row.config),
    secrets: parse(plugin.secrets, secrets) as Record<string, string>,
    directory: join(ground.dataDir, 'plugins', plugin.id, row.tenantId),
    store: tenantStore(ground.db, row, ground.clock),
  })
}

/** A plugin as the operator set it up for all. */
export function operatorInstance(
  ground: InstanceGround,
  plugin: Plugin,
  settings: OperatorSettings,
): Instance {
  const directory = join(ground.dataDir, 'plugins', plugin.id)
  return instance(ground, plugin, {
    tenantId: null,
    ...settings,
    directory,
    store: operatorStore(directory, ground.clock),
  })
}

function instance(
  { fetch, clock }: InstanceGround,
  plugin: Plugin,
  own: Pick<PluginContext, 'tenantId' | 'config' | 'secrets' | 'directory' | 'store'>,
): Instance {
  const hidden = Object.values(own.secrets)
  const tidy = (text: string) => tidyDetail(text, hidden)
  const lines = gatherLines(clock, tidy)
  const { take: _, ...log } = lines
  const context: PluginContext = { ...own, fetch, log, now: () => clock() }
  const provided = new Map<ProviderKind, unknown>()
  return {
    plugin,
    context,
    lines,
    tidy,
    provide(kind) {
      if (!provided.has(kind)) provided.set(kind, plugin.provides![kind]!(context))
      return provided.get(kind) as never
    },
    close() {
      const channel = provided.get('email') as { close?(): Promise<void> } | undefined
      Promise.resolve()
        .then(() => channel?.close?.())
        .catch(() => {})
    },
  }
}

/** Opens an installation's secrets. Throws `Hopeless` for what can't be opened: only typing them anew helps. */
export function unseal(secrets: Secrets, row: Pick<Installation, 'tenantId' | 'pluginId' | 'secrets'>) {
  try {
    return JSON.parse(secrets.open(sealOf(row), row.secrets!)) as Record<string, string>
  } catch (cause) {
    throw new Hopeless('Its secrets can’t be opened any more: enter them again.', { cause })
  }
}

function parse(schema: z.ZodObject | undefined, value: Record<string, unknown>): Record<string, unknown> {
  if (!schema) return {}
  const { data, error } = schema.safeParse(value)
  if (error) throw new Hopeless(`Its settings need another look. ${z.prettifyError(error)}`.slice(0, 500))
  return data
}
