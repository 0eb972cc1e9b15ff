import type { lookup } from 'node:dns'
import { Unreachable } from '@rapport/sdk'
import { Agent, fetch as undiciFetch } from 'undici'
import { hostAndPort, publicLookup, requirePublicLiteral } from './addresses.ts'

const LARGEST_BODY = 2 ** 20
const MOST_REDIRECTS = 5
const TIMEOUT_MS = 20_000
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304])
/** What is meant for one server must not be handed to the one it names. */
const FOR_ONE_SERVER = ['authorization', 'cookie', 'proxy-authorization']

interface Options {
  /** `host:port` of services in the operator's own network that plugins may reach all the same. */
  allowed: ReadonlySet<string>
  resolve?: typeof lookup
  timeoutMs?: number
}

export interface GuardedFetch {
  fetch: typeof fetch
  /** Ends its connections. */
  close(): Promise<void>
}

/**
 * `fetch` for plugins: http and https to public addresses alone, checked when connecting and on every redirect; at most
 * 1 MB of an answer, unpacked, is read, and all of it within 20 seconds. Rejects with `Unreachable` where it may not go.
 */
export function createGuardedFetch({ allowed, resolve, timeoutMs = TIMEOUT_MS }: Options): GuardedFetch {
  const outside = new Agent({
    connect: { lookup: publicLookup(resolve), timeout: 10_000 },
    maxHeaderSize: 65_536,
  })
  const own = new Agent({ connect: { timeout: 10_000 }, maxHeaderSize: 65_536 })

  async function guarded(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const request = new Request(input, init)
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)])
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : null
    let hop: Hop = {
      url: new URL(request.url),
      method: request.method,
      headers: new Headers(request.headers),
      body,
    }
    for (let redirects = 0; ; redirects++) {
      const answer = await send(hop, signal)
      const location = REDIRECTS.has(answer.status) ? answer.headers.get('location') : null
      if (location === null || request.redirect === 'manual') return read(answer, hop.url, redirects > 0)
      await answer.body?.cancel()
      if (request.redirect === 'error') throw new Unreachable(`${hop.url.host} redirects elsewhere`)
      if (redirects === MOST_REDIRECTS) throw new Unreachable(`${hop.url.host} redirects too often`)
      hop = nextHop(hop, answer.status, location)
    }
  }

  async function send({ url, method, headers, body }: Hop, signal: AbortSignal) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new Unreachable(`plugins may reach http and https alone, not ${url.protocol}`)
    const isAllowed = allowed.has(hostAndPort(url))
    if (!isAllowed) requirePublicLiteral(url)
    try {
      return await undiciFetch(url, {
        method,
        headers: [...headers],
        body,
        signal,
        redirect: 'manual',
        dispatcher: isAllowed ? own : outside,
      })
    } catch (error) {
      throw causeOf(error, url)
    }
  }

  return {
    fetch: guarded,
    async close() {
      await Promise.all([outside.destroy(), own.destroy()])
    },
  }
}

interface Hop {
  url: URL
  method: string
  headers: Headers
  body: Buffer | null
}

type Answer = Awaited<ReturnType<typeof undiciFetch>>

function nextHop({ url, method, headers, body }: Hop, status: number, location: string): Hop {
  const next = URL.parse(location, url)
  if (!next) throw new Unreachable(`${url.host} redirects to what is not an address`)
  const becomesGet = status === 303 || ((status === 301 || status === 302) && method === 'POST')
  const kept = new Headers(headers)
  if (next.origin !== url.origin) for (const name of FOR_ONE_SERVER) kept.delete(name)
  if (!becomesGet || method === 'HEAD') return { url: next, method, headers: kept, body }
  kept.delete('content-type')
  kept.delete('content-length')
  return { url: next, method: 'GET', headers: kept, body: null }
}

/** Reads an answer to its end, so that nothing hangs on it later; the rest of one that is too large is not read. */
async function read(answer: Answer, url: URL, redirected: boolean): Promise<Response> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > LARGEST_BODY) throw new Unreachable(`${url.host} answered with more than 1 MB`)
    chunks.push(chunk)
  }
  const { status, statusText } = answer
  const headers = new Headers([...answer.headers])
  const body = WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks)
  const response = new Response(body, { status, statusText, headers })
  Object.defineProperties(response, { url: { value: url.href }, redirected: { value: redirected } })
  return response
}

/** Why a connection failed: `fetch` wraps it into "fetch failed". */
function causeOf(error: unknown, { host }: URL): unknown {
  const { cause } = error as { cause?: unknown }
  if (cause instanceof Unreachable) return cause
  const { code } = (cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? new Error(`${host} can’t be reached (${code})`, { cause: error }) : error
}
