/**
 * The queues and what their jobs carry: ids and instants only, always the tenant, since pg-boss's tables lie
 * outside row-level security.
 */
export interface JobPayloads {
  /** Fans a committed event out to its listeners: messages, timers, plugins. */
  event: { tenantId: string; eventId: string }
  /** Sends one message when it is due. */
  message: { tenantId: string; messageId: string }
  /** The approval timer of a request: a reminder at half time, then the answer by default (259). */
  approval: { tenantId: string; bookingId: string; step: 'remind' | 'expire'; answerBy: string }
  /** The same for a move that waits for approval. */
  move: { tenantId: string; moveId: string; step: 'remind' | 'expire' }
  /** Tells open pages that a checkout hold ran out. */
  hold: { tenantId: string; holdId: string }
  /** Hashes settled events in a batch, chained to the one before (100). */
  seal: { tenantId: string }
}

export type QueueName = keyof JobPayloads

export interface SendOptions {
  /** Not before this instant. */
  startAfter?: Date
  /** At most one waiting job with this key in the queue. */
  singletonKey?: string
}

interface QueueOptions {
  retryLimit: number
  retryDelay: number
  retryBackoff: boolean
  retryDelayMax: number
  expireInSeconds: number
}

const patient: QueueOptions = {
  retryLimit: 12,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 3600,
  expireInSeconds: 120,
}

/** How each queue retries; what fails for good ends in the queue `failed`. */
export const queues: Record<QueueName, QueueOptions> = {
  event: patient,
  message: patient,
  approval: patient,
  move: patient,
  hold: { ...patient, retryLimit: 3 },
  seal: { ...patient, retryLimit: 3 },
}

/** Dead letters of all queues. */
export const FAILED_QUEUE = 'failed'
