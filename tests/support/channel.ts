import type { Channel } from '@rapport/sdk'
import type { PluginHost } from '#server/plugin-host/create-host.ts'
import { PluginFailed, reasonOf } from '#server/plugin-host/plugin-failed.ts'

/** A house's `plugins.provider` with this channel for mail, whatever is asked for. */
export function channelOf(channel: Channel): PluginHost['provider'] {
  const provided = {
    pluginId: 'test',
    by: 'operator',
    async call(_: string, work: (channel: Channel, call: { signal: AbortSignal }) => unknown) {
      try {
        return await work(channel, { signal: new AbortController().signal })
      } catch (error) {
        throw new PluginFailed('test', reasonOf(error), (error as Error).message)
      }
    },
  }
  return (async () => provided) as unknown as PluginHost['provider']
}
