import type { Db } from '#server/db/connection.ts'
import { inTenant, type TenantTransaction } from '#server/db/in-tenant.ts'
import type { JobPayloads, SendOptions } from '#server/jobs/queues.ts'
import type { Command, Query } from './command.ts'

/** The parts of the house that a command needs around it. */
export interface Ground {
  db: Db
  kind: Command['kind']
  jobs: {
    send<Q extends keyof JobPayloads>(
      trx: TenantTransaction,
      queue: Q,
      payload: JobPayloads[Q],
      options?: SendOptions,
    ): Promise<void>
    sendMany<Q extends keyof JobPayloads>(
      trx: TenantTransaction,
      queue: Q,
      jobs: readonly { payload: JobPayloads[Q]; options?: SendOptions }[],
    ): Promise<void>
    wake(): void
  }
  live: { publish(tenantId: string, topics: Iterable<string>): void }
}

/** Runs a query in one transaction of its tenant. */
export function runQuery<T>(
  { db }: Pick<Ground, 'db'>,
  who: Pick<Query, 'tenantId' | 'actor' | 'now'>,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  return inTenant(db, who.tenantId, trx => work({ ...who, trx }))
}

/**
 * Runs a command in one transaction of its tenant, then tells workers and open pages what it changed.
 * `first` is the lock, sent together with BEGIN: see `inTenant`.
 */
export async function runCommand<T>(
  ground: Ground,
  who: Pick<Command, 'tenantId' | 'actor' | 'now' | 'requestId'>,
  work: (command: Command) => Promise<T>,
  first?: string,
): Promise<T> {
  let topics = new Set<string>()
  const result = await inTenant(
    ground.db,
    who.tenantId,
    trx => {
      topics = new Set()
      return work(commandIn(ground, who, trx, topics))
    },
    first,
  )
  ground.live.publish(who.tenantId, topics)
  ground.jobs.wake()
  return result
}

function commandIn(
  { kind, jobs }: Ground,
  who: Pick<Command, 'tenantId' | 'actor' | 'now' | 'requestId'>,
  trx: TenantTransaction,
  topics: Set<string>,
): Command {
  return {
    ...who,
    trx,
    kind,
    hint: topic => topics.add(topic),
    send: (queue, payload, options) => jobs.send(trx, queue, payload, options),
    sendMany: (queue, many) => jobs.sendMany(trx, queue, many),
  }
}
