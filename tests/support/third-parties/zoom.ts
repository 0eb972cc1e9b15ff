import type { IncomingMessage, ServerResponse } from 'node:http'
import { type MoodyServer, startMoodyServer } from './moody-server.ts'

export interface ZoomMeeting {
  id: number
  uuid: string
  topic: string
  type: number
  start_time: string
  duration: number
  timezone: string
  agenda: string
  created_at: string
  start_url: string
  join_url: string
}

export interface Zoom extends MoodyServer {
  meetings: Map<number, ZoomMeeting>
  /** Its server-to-server OAuth app. */
  app: { accountId: string; clientId: string; clientSecret: string }
  host: string
  /** Gives up all access tokens that it handed out. */
  revokeTokens(): void
}

/** How many meetings a page of its list holds at most, so that tests see several. */
const LONGEST_PAGE = 30
const TOKEN_SECONDS = 3600

/** A server that speaks what we use of Zoom's API: OAuth for servers, users, and meetings of one user. */
export async function startZoom(): Promise<Zoom> {
  const app = { accountId: 'account-1', clientId: 'client-1', clientSecret: 'secret-1' }
  const host = 'ada@coach.example'
  const tokens = new Set<string>()
  const meetings = new Map<number, ZoomMeeting>()
  let last = 98_700_000_000

  const server = await startMoodyServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  return Object.assign(server, { meetings, app, host, revokeTokens: () => tokens.clear() })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url!, server.url)
    const body = await read(request)
    const send = (status: number, json?: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(json && JSON.stringify(json))
    if (pathname === '/oauth/token') return send(...authorized(request, searchParams))

    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!tokens.has(token)) return send(401, { code: 124, message: 'Invalid access token.' })
    const [, user, list] = /^\/v2\/users\/([^/]+)(\/meetings)?$/.exec(pathname) ?? []
    const [, id] = /^\/v2\/meetings\/(\d+)$/.exec(pathname) ?? []
    if (user !== undefined && decodeURIComponent(user) !== host)
      return send(404, { code: 1001, message: `User does not exist: ${user}.` })
    if (user && !list) return send(200, { id: 'u1', email: host })
    if (user && request.method === 'GET') return send(200, listed(searchParams))
    if (user && request.method === 'POST') return send(201, make(body))
    if (id) return send(...change(request.method!, Number(id), body))
    send(404, { code: 404, message: 'This API endpoint is not recognized.' })
  }

  function authorized({ headers, method }: IncomingMessage, query: URLSearchParams): [number, object] {
    const credentials = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')
    if (headers.authorization !== `Basic ${credentials}`)
      return [401, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }]
    if (method !== 'POST' || query.get('grant_type') !== 'account_credentials')
      return [400, { reason: 'unsupported grant type', error: 'unsupported_grant_type' }]
    if (query.get('account_id') !== app.accountId)
      return [400, { reason: 'Bad Request', error: 'invalid_request' }]
    const token = `token-${Math.random()}`
    tokens.add(token)
    return [
      200,
      { access_token: token, token_type: 'bearer', expires_in: TOKEN_SECONDS, scope: 'meeting:write' },
    ]
  }

  function listed(query: URLSearchParams) {
    const all = [...meetings.values()]
    const from = Number(query.get('next_page_token') || 0)
    const to = from + Math.min(LONGEST_PAGE, Number(query.get('page_size') ?? LONGEST_PAGE))
    // As in Zoom's own list, the host's address is left out.
    const page = all.slice(from, to).map(({ start_url: _, ...meeting }) => meeting)
    return {
      page_size: to - from,
      total_records: all.length,
      next_page_token: to < all.length ? `${to}` : '',
      meetings: page,
    }
  }

  function make(body: Partial<ZoomMeeting>): ZoomMeeting {
    const id = ++last
    const meeting = {
      uuid: `uuid-${id}`,
      created_at: new Date().toISOString(),
      start_url: `https://zoom.example/s/${id}?zak=host-${id}`,
      join_url: `https://zoom.example/j/${id}?pwd=${Math.random().toString(36).slice(2)}`,
      ...body,
      id,
    } as ZoomMeeting
    meetings.set(id, meeting)
    return meeting
  }

  function change(method: string, id: number, body: object): [number, object?] {
    const meeting = meetings.get(id)
    if (!meeting) return [404, { code: 3001, message: `Meeting does not exist: ${id}.` }]
    if (method === 'GET') return [200, meeting]
    if (method === 'PATCH') meetings.set(id, { ...meeting, ...body })
    if (method === 'DELETE') meetings.delete(id)
    return [204]
  }
}

async function read(request: IncomingMessage) {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? {} : JSON.parse(text)
}
