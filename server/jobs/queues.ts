/**
 * The queues and what their jobs carry: ids and instants only, always the tenant, since pg-boss's tables lie
 * outside row-level security.
 */
export interface JobPayloads {
  /** Fans a committed event out to its listeners: messages, timers, plugins. */
  event: { tenantId: string; eventId: string }
  /** Sends one message that is due. */
  message: { tenantId: string; messageId: string }
  /** Sends one that is due later. Many wait for months, so they have a queue that is looked at less often. */
  reminder: { tenantId: string; messageId: string }
  /** The approval timer of a request: a reminder at half time, then the answer by default (259). */
  approval: { tenantId: string; bookingId: string; step: 'remind' | 'expire'; answerBy: string }
  /** The same for a move that waits for approval. */
  move: { tenantId: string; bookingId: string; moveId: string; step: 'remind' | 'expire' }
  /** The client's time to answer suggested times or a question may be over (034, 035). */
  answer: { tenantId: string; bookingId: string }
  /** Tells open pages that a checkout hold ran out. */
  hold: { tenantId: string; holdId: string } & ({ coachId: string } | { sessionId: string })
  /** Tells one plugin of one event. */
  delivery: { tenantId: string; pluginId: string; eventId: string }
  /** Works on what a webhook said happened. */
  receipt: { tenantId: string; pluginId: string; receipt: string }
  /** Brings a session's video room in line with it; `leftover` is one that another provider made, to be removed. */
  room: { tenantId: string; sessionId: string; leftover?: { pluginId: string; ref: string } }
  /**
   * The deadline of a session that needs a minimum: a warning before it, then the decision (314, 315). Where that is
   * left to the coach, a reminder, and the end of it.
   */
  minimum: {
    tenantId: string
    sessionId: string
    step: 'warn' | 'decide' | 'remind' | 'lapse'
    decideBy: string
  }
  /** Makes the sessions of a schedule that have come near enough. */
  schedule: { tenantId: string; scheduleId: string }
  /** Tells participants of a material that comes out. */
  release: { tenantId: string; materialId: string }
  /** Removes a file that nothing uses, its bytes with it. */
  file: { tenantId: string; fileId: string }
  /** Hashes settled events in a batch, chained to the one before (100). */
  seal: { tenantId: string }
}

export type QueueName = keyof JobPayloads

export interface SendOptions {
  /** Not before this instant. */
  startAfter?: Date
  /** Of the queues `onePerKey`: at most one job with this key waits at a time. */
  singletonKey?: string
  /** Of the queues with `perGroup`: whose job it is. */
  group?: string
}

interface QueueOptions {
  /** What a job of this queue that failed for good means for the business (353, 354). */
  failure: {
    type: 'booking' | 'payment' | 'availability' | 'notification'
    severity: 'low' | 'medium' | 'high' | 'critical'
  }
  retryLimit: number
  /** Seconds before the first retry; doubled for each further one, with jitter. */
  retryDelay: number
  retryDelayMax: number
  /** Seconds a job may take. */
  expireInSeconds: number
  /** Whether `singletonKey` keeps a second job from waiting. */
  onePerKey: boolean
  /**
   * Jobs worked on at once by one process: `workers` fetch, each up to `batch` at a time. Together far fewer than
   * the pool has connections: whoever books in the same process must not wait for mail.
   */
  workers: number
  batch: number
  /** At most so many jobs of one group at once: the others' needn't wait for one who is slow. */
  perGroup?: number
  /** Seconds between looks at the queue; half a second is pg-boss's least. */
  pollSeconds: number
}

const patient: Omit<QueueOptions, 'failure'> = {
  // With an hour between the later tries: an outage of a day loses nothing.
  retryLimit: 36,
  retryDelay: 2,
  retryDelayMax: 3600,
  expireInSeconds: 120,
  onePerKey: false,
  workers: 1,
  batch: 3,
  pollSeconds: 0.5,
}

/** How each queue is worked on and retried (357); what fails for good ends in the queue `failed`. */
export const queues: Record<QueueName, QueueOptions> = {
  event: { ...patient, failure: { type: 'notification', severity: 'critical' } },
  message: { ...patient, workers: 2, failure: { type: 'notification', severity: 'critical' } },
  reminder: {
    ...patient,
    pollSeconds: 10,
    failure: { type: 'notification', severity: 'critical' },
  },
  approval: { ...patient, failure: { type: 'booking', severity: 'critical' } },
  move: { ...patient, failure: { type: 'booking', severity: 'critical' } },
  answer: { ...patient, failure: { type: 'booking', severity: 'critical' } },
  delivery: {
    ...patient,
    // Doubled from ten seconds up to six hours: three days in all.
    retryLimit: 23,
    retryDelay: 10,
    retryDelayMax: 21_600,
    workers: 4,
    batch: 1,
    perGroup: 1,
    failure: { type: 'notification', severity: 'low' },
  },
  receipt: { ...patient, failure: { type: 'booking', severity: 'high' } },
  room: {
    ...patient,
    retryDelay: 5,
    workers: 2,
    batch: 1,
    perGroup: 1,
    failure: { type: 'booking', severity: 'high' },
  },
  hold: { ...patient, retryLimit: 3, failure: { type: 'availability', severity: 'low' } },
  minimum: { ...patient, pollSeconds: 5, failure: { type: 'booking', severity: 'critical' } },
  schedule: {
    ...patient,
    onePerKey: true,
    pollSeconds: 10,
    failure: { type: 'availability', severity: 'high' },
  },
  release: { ...patient, pollSeconds: 10, failure: { type: 'notification', severity: 'high' } },
  file: { ...patient, pollSeconds: 10, failure: { type: 'booking', severity: 'low' } },
  seal: {
    ...patient,
    retryLimit: 3,
    onePerKey: true,
    pollSeconds: 5,
    failure: { type: 'booking', severity: 'medium' },
  },
}

export const queueNames = Object.keys(queues) as QueueName[]

/** Queues whose jobs somebody waits for: `wake` lets their workers look at once. */
export const promptQueues: readonly QueueName[] = ['event', 'message', 'delivery', 'receipt', 'room']

/** Dead letters of all queues. */
export const FAILED_QUEUE = 'failed'
