import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { JobPayloads, SendOptions } from './queues.ts'

export interface Jobs {
  /** Makes a job in the caller's transaction. */
  send<Q extends keyof JobPayloads>(
    trx: TenantTransaction,
    queue: Q,
    payload: JobPayloads[Q],
    options?: SendOptions,
  ): Promise<void>
  /** After commit: lets workers of this process look at once instead of at their next poll. */
  wake(): void
  stop(): Promise<void>
}
