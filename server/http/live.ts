import type { Request, RequestHandler, Response } from 'express'
import type { House } from '#server/house.ts'
import { eventStream } from '#server/realtime/event-stream.ts'
import { grantTopics, isTopic } from '#server/realtime/topics.ts'
import { type Context, query, type TenantRequest } from '#server/trpc/context.ts'

interface LiveStreamsOptions {
  house: Pick<House, 'live' | 'env' | 'secrets' | 'log'>
  /** Who asks, from host and cookie; read anew from time to time, so that a login that ended ends its stream. */
  contextOf(request: Request): Promise<Context>
  /** How often a stream that has nothing to tell says so, ms. */
  heartbeat?: number
}

export interface LiveStreams {
  handle: RequestHandler
  /** Ends every stream and takes no more; browsers come back by themselves. */
  stop(): void
}

/** After so many heartbeats it is asked again whether the viewer may follow the topics. */
const BEATS_UNTIL_ASKED = 3
const MOST_TOPICS = 40
const MOST_PER_ADDRESS = 60

/**
 * `GET /live?topics=calendar:<coachId>,requests&token=<manage token>`: server-sent events. First `hello` with
 * `{ versions: { topic: version } }` of those topics this viewer may follow, so that a page which was away
 * fetches only what has another version; then `hint` with `{ topic }` whenever one changed, `*` for all (062).
 * 400 for what isn't a topic, 403 where none may be followed, 429 for too many streams of one address.
 */
export function createLiveStreams({ house, contextOf, heartbeat = 20_000 }: LiveStreamsOptions): LiveStreams {
  const open = new Set<Response>()
  const perAddress = new Map<string, number>()
  let isStopped = false

  return {
    handle: (request, response, next) => {
      follow(request, response).catch(next)
    },
    stop() {
      isStopped = true
      for (const response of open) response.end()
    },
  }

  async function follow(request: Request, response: Response): Promise<void> {
    const context = await contextOf(request)
    const { tenant, address } = context
    const topics = topicsOf(request)
    if (!tenant) return refuse(response, 404, 'This is done on a business’s own address.')
    if (!topics) return refuse(response, 400, `topics: must name 1 to ${MOST_TOPICS} topics`)
    if (isStopped) return refuse(response, 503, 'We are restarting.')
    if (house.env.rateLimits && (perAddress.get(address) ?? 0) >= MOST_PER_ADDRESS) {
      return refuse(response, 429, 'Too many pages are open at your address.')
    }
    if (response.destroyed) return

    const stream = eventStream(response)
    // Before the versions are read, so that nothing falls between: what changes meanwhile is told, if twice.
    const leave = house.live.subscribe(tenant.id, topic => stream.hint(topic))
    let beats = 0
    const beating = setInterval(() => {
      stream.beat()
      if (++beats % BEATS_UNTIL_ASKED === 0) void endUnlessGranted()
    }, heartbeat)
    open.add(response)
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
    response.once('close', () => {
      leave()
      clearInterval(beating)
      open.delete(response)
      forget(address)
    })

    const granted = await grant({ ...context, tenant }, topics, request)
    if (response.writableEnded) return
    if (granted.size === 0) return refuse(response, 403, 'You can’t follow this.')
    stream.begin(granted)

    async function endUnlessGranted() {
      try {
        const still = await grant(
          { ...(await contextOf(request)), tenant: tenant! },
          [...granted.keys()],
          request,
        )
        if (still.size < granted.size) response.end()
      } catch (error) {
        house.log.warn({ err: error }, 'a live stream could not be checked; it is asked again later')
      }
    }
  }

  function grant(context: TenantRequest, topics: string[], { query: { token } }: Request) {
    const asked = { topics, token: typeof token === 'string' ? token : null }
    return query(context, asking => grantTopics(asking, asked, house.secrets))
  }

  function forget(address: string) {
    const left = perAddress.get(address)! - 1
    if (left > 0) perAddress.set(address, left)
    else perAddress.delete(address)
  }
}

function topicsOf({ query: { topics } }: Request): string[] | null {
  const named = typeof topics === 'string' ? [...new Set(topics.split(','))] : []
  return named.length >= 1 && named.length <= MOST_TOPICS && named.every(isTopic) ? named : null
}

function refuse(response: Response, status: number, message: string): void {
  if (status === 429 || status === 503) response.set('retry-after', '10')
  response.status(status).set('cache-control', 'no-store').json({ message })
}
