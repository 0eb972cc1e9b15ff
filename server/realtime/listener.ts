import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'

interface ListenerOptions {
  /** The database as `rapport_app` sees it, without a pooler that shares connections between transactions. */
  url: string
  channel: string
  log: Logger
  /** Called once the channel is heard, at the start and after every interruption. */
  onListening(): void
  onPayload(payload: string): void
}

const FIRST_DELAY = 100
const LONGEST_DELAY = 5_000
/** A connection can die without a word (a NAT, a switched-off machine): it is asked this often, ms. */
const ASKED_EVERY = 20_000
const ANSWERS_WITHIN = 10_000

/**
 * Hears a channel of PostgreSQL on a connection of its own until it is stopped. A lost connection is made
 * anew, at first after 0.1 s, later every 5 s; what was said meanwhile is lost, which `onListening` tells.
 */
export function listen({ url, channel, log, onListening, onPayload }: ListenerOptions) {
  const stopped = new AbortController()
  const done = keepListening()
  return {
    async stop() {
      stopped.abort()
      await done
    },
  }

  async function keepListening(): Promise<void> {
    let delay = FIRST_DELAY
    while (!stopped.signal.aborted) {
      try {
        await listenOnce(() => {
          delay = FIRST_DELAY
          onListening()
        })
      } catch (error) {
        if (stopped.signal.aborted) return
        log.warn({ err: error }, 'live hints of other processes are not heard at the moment')
      }
      await sleep(delay, undefined, { signal: stopped.signal }).catch(() => {})
      delay = Math.min(delay * 2, LONGEST_DELAY)
    }
  }

  /** Ends when stopped, throws when the connection fails. */
  async function listenOnce(whenListening: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: ANSWERS_WITHIN,
      query_timeout: ANSWERS_WITHIN,
      application_name: 'rapport live',
    })
    const lost = Promise.withResolvers<void>()
    lost.promise.catch(() => {})
    client.on('error', lost.reject)
    client.on('end', () => lost.reject(new Error('the connection ended')))
    client.on('notification', ({ payload }) => payload && onPayload(payload))
    const finish = () => lost.resolve()
    stopped.signal.addEventListener('abort', finish)
    let question: NodeJS.Timeout | undefined
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
      whenListening()
      question = setInterval(() => client.query('SELECT 1').catch(lost.reject), ASKED_EVERY)
      if (!stopped.signal.aborted) await lost.promise
    } finally {
      clearInterval(question)
      stopped.signal.removeEventListener('abort', finish)
      await Promise.race([client.end().catch(() => {}), sleep(1_000, undefined, { ref: false })])
    }
  }
}
