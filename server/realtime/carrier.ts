import type { PluginHost } from '#server/plugin-host/create-host.ts'
import { channelOf } from './channels.ts'
import { EVERYTHING } from './hints.ts'

/** Passes hints on to the providers by which businesses tell their pages. */
export interface Carrier {
  /** Returns at once: whoever changed something waits for no provider. */
  carry(tenantId: string, topics: Iterable<string>): void
  /** When everything carried so far was told, or given up. */
  settled(): Promise<void>
}

const PUBLISH_MS = 5_000
/** More than so many topics at once are told as "everything". */
const MOST_TOPICS = 200

/**
 * One call at a time for each business: what gathers meanwhile goes with the next, so that a provider who hangs holds
 * one call and a set of names. What it can't be told is lost: its pages catch up by version.
 */
export function createCarrier(provider: () => PluginHost['provider']): Carrier {
  const waiting = new Map<string, Set<string>>()
  const busy = new Map<string, Promise<void>>()

  return {
    carry(tenantId, topics) {
      const gathered = waiting.get(tenantId) ?? new Set()
      for (const topic of topics) gathered.add(topic)
      waiting.set(tenantId, gathered)
      if (!busy.has(tenantId)) busy.set(tenantId, tellAll(tenantId))
    },
    async settled() {
      await Promise.all(busy.values())
    },
  }

  async function tellAll(tenantId: string): Promise<void> {
    for (let topics = waiting.get(tenantId); topics; topics = waiting.get(tenantId)) {
      waiting.delete(tenantId)
      const told = topics.size > MOST_TOPICS ? [EVERYTHING] : [...topics]
      // The host's log says what failed.
      await tell(tenantId, told).catch(() => {})
    }
    busy.delete(tenantId)
  }

  async function tell(tenantId: string, topics: string[]): Promise<void> {
    const realtime = await provider()('realtime', tenantId)
    const channels = topics.map(topic => channelOf(tenantId, topic))
    await realtime?.call('publish', (pages, call) => pages.publish?.(channels, call), {
      timeoutMs: PUBLISH_MS,
      quiet: true,
    })
  }
}
