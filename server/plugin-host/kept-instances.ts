import type { Plugin } from '@rapport/sdk'
import type { Installation } from './installations.ts'
import { type Instance, type InstanceGround, tenantInstance } from './instances.ts'

/** Plugins with the settings of businesses, kept at hand so that connections and tokens last. */
export interface KeptInstances {
  /** Made again when the settings have changed. Throws `Hopeless` where they don't fit. */
  of(plugin: Plugin, row: Installation): Instance
  forget(tenantId: string): void
  close(): void
}

const MOST_INSTANCES = 1_000

export function keepInstances(ground: InstanceGround): KeptInstances {
  const kept = new Map<string, { changedAt: number; instance: Instance }>()
  const drop = (key: string) => {
    kept.get(key)?.instance.close()
    kept.delete(key)
  }
  return {
    of(plugin, row) {
      const key = `${row.tenantId} ${row.pluginId}`
      const changedAt = row.changedAt.getTime()
      const known = kept.get(key)
      if (known?.changedAt === changedAt) return known.instance
      drop(key)
      if (kept.size >= MOST_INSTANCES) drop(kept.keys().next().value!)
      const instance = tenantInstance(ground, plugin, row)
      kept.set(key, { changedAt, instance })
      return instance
    },
    forget(tenantId) {
      for (const key of kept.keys()) if (key.startsWith(`${tenantId} `)) drop(key)
    },
    close() {
      for (const key of kept.keys()) drop(key)
    },
  }
}
