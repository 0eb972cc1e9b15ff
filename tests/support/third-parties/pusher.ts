import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'

export interface PusherServer extends MoodyServer {
  /** As an operator names it in PUSHER_URL. */
  appUrl: string
  app: { id: string; key: string; secret: string }
  /** Channels that somebody follows. */
  followed(): string[]
  /** What was published: names of channels, in order. */
  published: string[]
}

interface Message {
  event: string
  channel?: string
  data?: { channel?: string; auth?: string } | string
}

/**
 * A server that speaks the Pusher protocol: version 7 by WebSocket with private channels, and events by a signed
 * HTTP call. Checks every signature with code of its own.
 */
export async function startPusher(): Promise<PusherServer> {
  const app = { id: '4711', key: 'key-of-tests', secret: 'secret-of-tests' }
  const followers = new Map<WebSocket, Set<string>>()
  const published: string[] = []
  const sockets = new WebSocketServer({ noServer: true })
  const server = await startMoodyServer(
    (request, response) => void answer(request, response),
    (request, socket, head) => {
      if (!request.url!.startsWith(`/app/${app.key}?`)) return void socket.destroy()
      sockets.handleUpgrade(request, socket, head, connect)
    },
  )
  const { host } = new URL(server.url)
  return Object.assign(server, {
    app,
    appUrl: `http://${app.key}:${app.secret}@${host}/apps/${app.id}`,
    published,
    followed: () => [...followers.values()].flatMap(channels => [...channels]),
  })

  function connect(socket: WebSocket) {
    const socketId = `${randomInt(1_000_000)}.${randomInt(1_000_000)}`
    const channels = new Set<string>()
    followers.set(socket, channels)
    socket.on('close', () => followers.delete(socket)).on('error', () => {})
    socket.on('message', text => {
      const { event, data } = JSON.parse(String(text)) as Message
      const { channel = '', auth } = typeof data === 'object' ? data : {}
      if (event === 'pusher:ping') send(socket, { event: 'pusher:pong' })
      if (event === 'pusher:unsubscribe') channels.delete(channel)
      if (event !== 'pusher:subscribe') return
      if (channel.startsWith('private-') && auth !== `${app.key}:${sign(`${socketId}:${channel}`)}`)
        return send(socket, { event: 'pusher:subscription_error', channel, data: '{"status":401}' })
      channels.add(channel)
      send(socket, { event: 'pusher_internal:subscription_succeeded', channel, data: '{}' })
    })
    const data = JSON.stringify({ socket_id: socketId, activity_timeout: 120 })
    send(socket, { event: 'pusher:connection_established', data })
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    // No part of the protocol: lets a test in another process cut all connections.
    if (request.method === 'DELETE' && request.url === '/connections') {
      for (const socket of followers.keys()) socket.terminate()
      return response.writeHead(204).end()
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const { pathname, searchParams } = new URL(request.url!, server.url)
    if (request.method !== 'POST' || pathname !== `/apps/${app.id}/events`)
      return response.writeHead(404).end()
    if (!isSigned(pathname, searchParams, body)) return response.writeHead(401).end('Invalid signature')
    const { name, channels, data } = JSON.parse(body) as { name: string; channels: string[]; data: string }
    if (channels.length > 100) return response.writeHead(400).end('Too many channels')
    published.push(...channels)
    for (const channel of channels) {
      for (const [socket, followed] of followers)
        if (followed.has(channel)) send(socket, { event: name, channel, data })
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }

  function isSigned(path: string, query: URLSearchParams, body: string): boolean {
    const { auth_signature: given = '', ...signed } = Object.fromEntries(query)
    const text = Object.keys(signed)
      .sort()
      .map(name => `${name}=${signed[name]}`)
      .join('&')
    const expected = Buffer.from(sign(`POST\n${path}\n${text}`))
    return (
      signed.auth_key === app.key &&
      Math.abs(Date.now() / 1000 - Number(signed.auth_timestamp)) < 600 &&
      signed.body_md5 === createHash('md5').update(body).digest('hex') &&
      given.length === expected.length &&
      timingSafeEqual(Buffer.from(given), expected)
    )
  }

  function sign(text: string): string {
    return createHmac('sha256', app.secret).update(text).digest('hex')
  }
}

function send(socket: WebSocket, message: Message): void {
  socket.send(JSON.stringify(message))
}
