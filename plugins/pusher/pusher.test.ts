import type { ChannelPass, RealtimeProvider } from '@rapport/sdk'
import { type Follower, failure, realtimeContract, testContext } from '@rapport/sdk/testing'
import PusherClient from 'pusher-js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PusherServer, startPusher } from '#tests/support/third-parties/pusher.ts'
import pusher from './index.ts'

function open({ appUrl }: PusherServer): RealtimeProvider {
  const { config, secrets } = pusher.operator!({ PUSHER_URL: appUrl })!
  return openWith(config, secrets)
}

const openWith = (config: Record<string, unknown>, secrets: Record<string, string>) =>
  pusher.provides!.realtime!(testContext({ tenantId: null, config: pusher.config!.parse(config), secrets }))

/** The real browser library, as it runs in Node. */
function connect({ browser }: RealtimeProvider): Promise<Follower> {
  const { key, host, port } = browser.settings as { key: string; host: string; port: number }
  const passes = new Map<string, ChannelPass>()
  const told: string[] = []
  const client = new PusherClient(key, {
    cluster: '',
    wsHost: host,
    wsPort: port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: {
      customHandler: ({ channelName }, callback) => callback(null, { auth: passes.get(channelName)!.auth }),
    },
  })
  client.bind_global((event: string, data: unknown) => {
    if (event === 'hint') told.push(JSON.stringify(data))
  })
  return new Promise(resolve => {
    client.connection.bind('connected', () =>
      resolve({
        socketId: client.connection.socket_id,
        told: () => told,
        close: () => client.disconnect(),
        follow: pass =>
          new Promise(followed => {
            passes.set(pass.name, pass)
            client.unsubscribe(pass.name)
            const channel = client.subscribe(pass.name)
            channel.bind('pusher:subscription_succeeded', () => followed(true))
            channel.bind('pusher:subscription_error', () => followed(false))
          }),
      }),
    )
  })
}

realtimeContract(
  async () => {
    const server = await startPusher()
    return {
      open: () => open(server),
      secrets: [server.app.secret],
      connect: () => connect(open(server)),
      behave: mood => server.behave(mood),
      stop: () => server.stop(),
    }
  },
  { service: true },
)

let server: PusherServer
beforeAll(async () => {
  server = await startPusher()
})
beforeEach(() => server.behave('well'))
afterAll(() => server.stop())
const call = { signal: AbortSignal.timeout(5_000) }

test('only names go out, on private channels', async () => {
  await open(server).publish!(['tenant.calendar.coach'], call)
  const { body } = server.requests.at(-1)!
  expect(JSON.parse(body)).toEqual({ name: 'hint', channels: ['private-tenant.calendar.coach'], data: '{}' })
})

test('a wrong secret is said', async () => {
  const { config } = pusher.operator!({ PUSHER_URL: server.appUrl })!
  const error = await failure(openWith(config, { secret: 'wrong' }).publish!(['tenant.offers'], call))
  expect(error.message).toBe('Pusher answered with 401')
})

test('the operator names an app of Pusher’s or a server of one’s own', () => {
  expect(pusher.operator!({})).toBeNull()
  const { config, secrets } = pusher.operator!({ PUSHER_URL: 'https://k1:s1@api-eu.pusher.com/apps/77' })!
  expect(secrets).toEqual({ secret: 's1' })
  const { browser } = openWith(config, secrets)
  expect(browser.origins).toEqual(['wss://ws-eu.pusher.com'])
  expect(browser.settings).toEqual({ key: 'k1', host: 'ws-eu.pusher.com', port: 443, secure: true })
  for (const url of ['https://api-eu.pusher.com/apps/77', 'nonsense', 'https://k:s@api-eu.pusher.com/'])
    expect(() => pusher.operator!({ PUSHER_URL: url }), url).toThrow('PUSHER_URL must be like')
})

test('settings of a business can’t lead outside of a host name', () => {
  const given = { appId: '1', key: 'k' }
  for (const server of ['https://pusher.example/path', 'https://a b', 'https://x;script-src *', 'ftp://x'])
    expect(pusher.config!.safeParse({ ...given, server }).success, server).toBe(false)
  for (const cluster of ['eu.evil.example', 'eu/', "eu'"])
    expect(pusher.config!.safeParse({ ...given, cluster }).success, cluster).toBe(false)
})
