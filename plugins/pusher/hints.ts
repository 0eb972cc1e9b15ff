import type { BrowserConnection, PluginContext, RealtimeProvider } from '@rapport/sdk'
import Pusher from 'pusher'

/** Pusher takes at most this many channels in one call. */
const MOST_CHANNELS = 100

/**
 * Every channel is a private one. The SDK signs calls and passes; they go out by the host's `fetch`, so that they
 * end with their signal and reach nothing that plugins may not reach.
 */
export function pusherHints({ config, secrets, fetch }: PluginContext): RealtimeProvider {
  const { appId, key, cluster, server } = config as Record<'appId' | 'key' | 'cluster' | 'server', string>
  const api = server ? new URL(server) : new URL(`https://api-${cluster || 'mt1'}.pusher.com`)
  const pusher = new Pusher({ appId, key, secret: secrets.secret!, host: api.host })
  const path = `/apps/${appId}/events`

  async function tell(channels: readonly string[], signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ name: 'hint', channels: channels.map(privateName), data: '{}' })
    const query = pusher.createSignedQueryString({ method: 'POST', path, body })
    const answer = await fetch(`${api.origin}${path}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal,
    })
    if (!answer.ok) throw new Error(`Pusher answered with ${answer.status}`)
  }

  return {
    browser: connectionTo({ key, cluster, server }),
    async publish(channels, { signal }) {
      for (let from = 0; from < channels.length; from += MOST_CHANNELS)
        await tell(channels.slice(from, from + MOST_CHANNELS), signal)
    },
    authorize({ channel, socketId }) {
      const name = privateName(channel)
      return { name, auth: pusher.authorizeChannel(socketId, name).auth }
    },
  }
}

function privateName(channel: string): string {
  return `private-${channel}`
}

function connectionTo({
  key,
  cluster,
  server,
}: Record<'key' | 'cluster' | 'server', string>): BrowserConnection {
  const { protocol, hostname, port } = server
    ? new URL(server)
    : new URL(`https://ws-${cluster || 'mt1'}.pusher.com`)
  const isSecure = protocol === 'https:'
  return {
    client: 'pusher',
    settings: { key, host: hostname, port: Number(port || (isSecure ? 443 : 80)), secure: isSecure },
    origins: [`${isSecure ? 'wss' : 'ws'}://${hostname}${port && `:${port}`}`],
  }
}
