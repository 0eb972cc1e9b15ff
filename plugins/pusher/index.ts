import { definePlugin, type OperatorSettings } from '@rapport/sdk'
import { z } from 'zod'
import { pusherHints } from './hints.ts'

/** Live hints through Pusher Channels, or a server of one's own that speaks its protocol. */
export default definePlugin({
  id: 'pusher',
  name: 'Live pages by Pusher',
  description:
    'Open pages hear of changes through your Pusher app; only names of what changed go there, no data.',
  version: '1.0.0',
  sdk: 1,
  config: z.object({
    appId: z
      .string()
      .trim()
      .regex(/^\w{1,64}$/, 'must be the app_id of your app')
      .describe('App ID'),
    key: z
      .string()
      .trim()
      .regex(/^[\w-]{1,64}$/, 'must be the key of your app')
      .describe('Key'),
    cluster: z
      .string()
      .trim()
      .regex(/^[a-z0-9-]{0,30}$/, 'must be like eu')
      .default('')
      .describe('Cluster: such as eu or mt1'),
    server: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^$|^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'must be like https://pusher.example.com')
      .default('')
      .describe('Server: of your own, if it is not one of Pusher’s; then the cluster does not matter'),
  }),
  secrets: z.object({
    secret: z.string().trim().min(1).max(200).describe('Secret: of the same app'),
  }),
  operator: ({ PUSHER_URL }) => (PUSHER_URL ? settingsIn(PUSHER_URL) : null),
  provides: { realtime: pusherHints },
  async health(context, { signal }) {
    await pusherHints(context).publish!(['health'], { signal })
    return 'Pusher took a hint that nobody follows.'
  },
})

/** Reads `https://key:secret@api-eu.pusher.com/apps/1234`, the form in which Pusher itself hands it out. */
function settingsIn(url: string): OperatorSettings {
  const { protocol, host, username, password, pathname } = URL.parse(url) ?? {}
  const [, appId] = /^\/apps\/(\w+)$/.exec(pathname ?? '') ?? []
  if (!host || !appId || !username || !password)
    throw new Error('PUSHER_URL must be like https://key:secret@api-eu.pusher.com/apps/1234')
  const [, cluster] = /^api-([a-z0-9-]+)\.pusher\.com$/.exec(host) ?? []
  return {
    config: { appId, key: username, ...(cluster ? { cluster } : { server: `${protocol}//${host}` }) },
    secrets: { secret: decodeURIComponent(password) },
  }
}
