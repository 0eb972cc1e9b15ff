import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { codeOf } from './failure.ts'

export interface EmbeddedPostgres {
  /** The owner's connection URL of database `rapport`. */
  ownerUrl: string
  /** Resolves when the server is gone though nobody stopped it; it outlives the crash of one connection. */
  lost: Promise<void>
  /** Lets go of the server; the last one to do so on a data directory stops it. */
  stop(): Promise<void>
}

const STARTS_WITHIN = 60_000
const SAYS_SO_WITHIN = 1_500
/** Held (shared) by every process that uses the server, so that a server nobody uses is told from one in use. */
const IN_USE_LOCK = 7302021

/** A connection as soon as the server takes one (after a crash it first recovers); gives up when `isGone`. */
export async function connectWhenReady(ownerUrl: string, isGone: () => boolean): Promise<pg.Client> {
  const url = new URL(ownerUrl)
  url.pathname = '/postgres'
  const startedAt = performance.now()
  for (;;) {
    const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      const starting = ['ECONNREFUSED', '57P03'].includes(codeOf(error))
      if (isGone()) throw new Error('it exited')
      if (!starting || performance.now() - startedAt > STARTS_WITHIN) throw error
    }
    await sleep(30)
  }
}

/** Whether a process of ours uses the server; one that is just starting it gets time to say so. */
export async function isInUse(client: pg.Client): Promise<boolean> {
  for (let waited = 0; waited < SAYS_SO_WITHIN; waited += 100) {
    const { rows } = await client.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${IN_USE_LOCK}`,
    )
    if (rows.length > 0) return true
    await sleep(100)
  }
  return false
}

/** Holds the lock through `client`, and again after a crash; whoever lets go last runs `stopServer`. */
export async function use(
  ownerUrl: string,
  client: pg.Client,
  isGone: () => boolean,
  stopServer: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  let holder = client
  let stopping = false
  const { promise: lost, resolve: reportLost } = Promise.withResolvers<void>()

  async function hold(by: pg.Client) {
    holder = by
    by.once('end', () => {
      if (!stopping) connectWhenReady(ownerUrl, isGone).then(hold).catch(reportLost)
    })
    await by.query(`SELECT pg_advisory_lock_shared(${IN_USE_LOCK})`)
  }

  await hold(client)
  return {
    ownerUrl,
    lost,
    async stop() {
      stopping = true
      const alone = await holder
        .query(
          `SELECT pg_advisory_unlock_shared(${IN_USE_LOCK}), pg_try_advisory_lock(${IN_USE_LOCK}) AS alone`,
        )
        .then(
          ({ rows }) => rows[0].alone as boolean,
          () => true,
        )
      if (alone) await stopServer()
      await holder.end().catch(() => {})
    },
  }
}
