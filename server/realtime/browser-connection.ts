import type { BrowserConnection, ChannelPass } from '@rapport/sdk'
import { z } from 'zod'
import type { PluginHost } from '#server/plugin-host/create-host.ts'
import { channelOf } from './channels.ts'
import { EVERYTHING } from './hints.ts'

const CALL_MS = 2_000

const connection = z.object({
  client: z.enum(['server-sent-events', 'pusher']),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  // They end up in a header: nothing else may get in there with them.
  origins: z.array(z.string().regex(/^wss?:\/\/[a-z0-9.-]+(:\d{1,5})?$/)).max(5),
})

const passes = z.record(z.string(), z.object({ name: z.string().max(200), auth: z.string().max(500) }))

type Plugins = Pick<PluginHost, 'provider'>

/**
 * How pages of a business hear of changes: null where by the host's own stream, which is also how where its provider
 * can't say.
 */
export async function browserConnection(
  plugins: Plugins,
  tenantId: string,
): Promise<BrowserConnection | null> {
  try {
    const realtime = await plugins.provider('realtime', tenantId)
    const found = await realtime?.call('connect', pages => pages.browser, {
      timeoutMs: CALL_MS,
      quiet: true,
      isLocal: true,
      answer: connection,
    })
    return found && found.client !== 'server-sent-events' ? found : null
  } catch {
    return null
  }
}

/** Passes for a browser that may follow these topics, and `*`, which tells of everything; null where no provider gives any. */
export async function channelPasses(
  plugins: Plugins,
  tenantId: string,
  { topics, socketId }: { topics: Iterable<string>; socketId: string },
): Promise<Record<string, ChannelPass> | null> {
  const realtime = await plugins.provider('realtime', tenantId)
  const given = await realtime?.call(
    'authorize',
    pages =>
      pages.authorize
        ? Object.fromEntries(
            [...topics, EVERYTHING].map(topic => [
              topic,
              pages.authorize!({ channel: channelOf(tenantId, topic), socketId }),
            ]),
          )
        : {},
    { timeoutMs: CALL_MS, quiet: true, isLocal: true, answer: passes },
  )
  return given && Object.keys(given).length > 0 ? given : null
}
