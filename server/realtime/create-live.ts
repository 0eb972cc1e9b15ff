import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from '#server/db/connection.ts'
import type { Carrier } from './carrier.ts'
import { addHint, EVERYTHING, fromPayload, type Hints, toPayloads } from './hints.ts'
import { listen } from './listener.ts'
import type { Live } from './live.ts'

interface LiveOptions {
  db: Db
  /** The database as `rapport_app` sees it, for a connection that listens; null where no page is served. */
  listenUrl: string | null
  /** Tells pages that follow their topics with a provider of their business instead of with us. */
  carrier?: Carrier
  log: Logger
}

const CHANNEL = 'rapport_live'
/** How long hints gather before they are told, ms. */
const GATHERED_FOR = 25
const RETRIED_AFTER = 1_000

/**
 * Live hints through PostgreSQL's NOTIFY: gathered, told to this process's pages without a round trip, and
 * sent to other processes outside any transaction, since a NOTIFY inside one would make commits queue. Where a
 * business has a provider of its own, the process in which something changed tells it too.
 * After an interruption every subscriber is told `*`: fetch everything.
 */
export function createLive({ db, listenUrl, carrier, log }: LiveOptions): Live {
  const self = randomUUID()
  const subscribers = new Map<string, Set<(topic: string) => void>>()
  let gathered: Hints = new Map()
  let unsent: Hints = new Map()
  let flushing: NodeJS.Timeout | null = null
  let sending: Promise<void> | null = null
  let isStopped = false

  const listener =
    listenUrl &&
    listen({
      url: listenUrl,
      channel: CHANNEL,
      log,
      onListening() {
        for (const tenantId of subscribers.keys()) tell(tenantId, EVERYTHING)
      },
      onPayload(payload) {
        const told = fromPayload(payload, self)
        for (const topic of told?.topics ?? []) tell(told!.tenantId, topic)
      },
    })

  return {
    publish(tenantId, topics) {
      for (const topic of topics) addHint(gathered, tenantId, topic)
      if (gathered.size > 0) flushing ??= setTimeout(flush, GATHERED_FOR)
    },

    subscribe(tenantId, onHint) {
      const those = subscribers.get(tenantId) ?? new Set()
      subscribers.set(tenantId, those.add(onHint))
      return () => {
        those.delete(onHint)
        if (those.size === 0 && subscribers.get(tenantId) === those) subscribers.delete(tenantId)
      }
    },

    async stop() {
      isStopped = true
      if (flushing) clearTimeout(flushing)
      flush()
      await sending
      await carrier?.settled()
      if (listener) await listener.stop()
    },
  }

  function flush() {
    flushing = null
    const hints = gathered
    gathered = new Map()
    for (const [tenantId, topics] of hints) {
      for (const topic of topics) {
        tell(tenantId, topic)
        addHint(unsent, tenantId, topic)
      }
      carrier?.carry(tenantId, topics)
    }
    if (unsent.size > 0) sending ??= send()
  }

  function tell(tenantId: string, topic: string) {
    for (const onHint of [...(subscribers.get(tenantId) ?? [])]) {
      try {
        onHint(topic)
      } catch (error) {
        log.error({ err: error }, 'a live hint could not be passed on')
      }
    }
  }

  /** One statement at a time: what gathers meanwhile goes with the next. */
  async function send(): Promise<void> {
    while (unsent.size > 0) {
      const hints = unsent
      unsent = new Map()
      try {
        await sql`SELECT pg_notify(${CHANNEL}, payload) FROM unnest(${toPayloads(self, hints)}::text[]) AS payload`.execute(
          db,
        )
      } catch (error) {
        log.warn({ err: error }, 'live hints could not be sent to other processes')
        if (isStopped) break
        for (const [tenantId, topics] of hints) for (const topic of topics) addHint(unsent, tenantId, topic)
        await sleep(RETRIED_AFTER)
      }
    }
    sending = null
  }
}
