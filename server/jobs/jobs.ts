import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { JobPayloads, QueueName, SendOptions } from './queues.ts'

/** What a handler knows of its try, besides the payload. */
export interface Attempt {
  /** Whether no further try follows a failure of this one. */
  last: boolean
  /** Aborted when the job took longer than its queue allows, or the process stops. */
  signal: AbortSignal
}

/** Works on one job. May be called again for the same job, so what it does must be safe to repeat. */
export type JobHandler<Q extends QueueName> = (payload: JobPayloads[Q], attempt: Attempt) => Promise<void>

/** Thrown by a handler where trying again can't help: the job goes to the failed ones at once. */
export class Hopeless extends Error {}

/** A job that failed for good. */
export interface FailedJob {
  id: string
  queue: QueueName
  payload: JobPayloads[QueueName]
  /** What its last try said. */
  error: string
  tries: number
  failedAt: Date
}

export interface Jobs {
  /** Makes a job in the caller's transaction. */
  send<Q extends QueueName>(
    trx: TenantTransaction,
    queue: Q,
    payload: JobPayloads[Q],
    options?: SendOptions,
  ): Promise<void>
  /** The same for many jobs of one queue, in one statement. */
  sendMany<Q extends QueueName>(
    trx: TenantTransaction,
    queue: Q,
    jobs: readonly { payload: JobPayloads[Q]; options?: SendOptions }[],
  ): Promise<void>
  /** After commit: lets workers of this process look at once instead of at their next poll. */
  wake(): void
  /** Lets this process work on a queue, until `stop`. */
  work<Q extends QueueName>(queue: Q, handler: JobHandler<Q>): Promise<void>
  /** Whether every worker of this process looked for jobs lately; true where none works. */
  alive(): boolean
  /** A tenant's jobs that failed for good, newest first. */
  listFailed(tenantId: string): Promise<FailedJob[]>
  /** Puts failed jobs of a tenant back into their queues, all or those named; returns how many (357). */
  replayFailed(tenantId: string, ids?: string[]): Promise<number>
  /** Lets running jobs finish (10 seconds), then closes the connections. */
  stop(): Promise<void>
}
