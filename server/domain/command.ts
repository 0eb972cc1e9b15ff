import type { SessionKind } from '@rapport/sdk'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { Role } from '#server/db/tables.ts'
import type { JobPayloads, SendOptions } from '#server/jobs/queues.ts'

/**
 * Who acts. A `client` who is `signedIn` proved the address; one who came by a manage link did not sign in,
 * and may only touch that booking.
 */
export type Actor =
  | { as: 'visitor' }
  | { as: 'client'; personId: string; signedIn: boolean }
  | { as: 'member'; personId: string; role: Role; coachId: string | null }
  | { as: 'system' }

/** What a query of the domain gets: one tenant's transaction and the instant that counts as now. */
export interface Query {
  trx: TenantTransaction
  tenantId: string
  actor: Actor
  now: Date
}

/** What a command of the domain gets: everything it may touch. It has no effect outside `trx`. */
export interface Command extends Query {
  requestId: string
  /** Makes a job in this transaction; it runs after commit, and may run twice. */
  send<Q extends keyof JobPayloads>(queue: Q, payload: JobPayloads[Q], options?: SendOptions): Promise<void>
  /** The same for many jobs of one queue, in one statement. */
  sendMany<Q extends keyof JobPayloads>(
    queue: Q,
    jobs: readonly { payload: JobPayloads[Q]; options?: SendOptions }[],
  ): Promise<void>
  /** The behaviour of a session kind, from its plugin. */
  kind(id: string): SessionKind
  /** Names what open pages should fetch again once this has committed, such as `calendar:<coachId>`. */
  hint(topic: string): void
}

/** The one who acted, as stored beside what was done: `client:<id>`, `member:<id>`, `visitor` or `system`. */
export function actorKey(actor: Actor): string {
  return 'personId' in actor ? `${actor.as}:${actor.personId}` : actor.as
}
