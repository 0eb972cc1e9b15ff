import { sql } from 'kysely'
import { fromKysely, type Job, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { connect } from '#server/db/connection.ts'
import { type FailedJob, Hopeless, type JobHandler, type Jobs } from './jobs.ts'
import { FAILED_QUEUE, type JobPayloads, promptQueues, type QueueName, queueNames, queues } from './queues.ts'

const SCHEMA = 'pgboss'
const DAY = 86_400
/** A job whose worker died is given to another after this long; a worker that only stalls must not lose its job. */
const HEARTBEAT_SECONDS = 20
const UPKEEP_SECONDS = 10
const STOP_MS = 10_000
const LOOKED_LATELY_MS = 30_000
const QUIET_MS = 10_000

/**
 * Installs or updates pg-boss and the queues as the owner at `ownerUrl`, and lets `rapport_app` use them.
 * Run it after `migrate`, which makes that role; several processes may do so at once.
 */
export async function installJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  try {
    await installQueues(boss)
  } finally {
    await boss.stop({ graceful: false })
  }
  await grantToApp(ownerUrl)
}

async function installQueues(boss: PgBoss): Promise<void> {
  const existing = new Set((await boss.getQueues()).map(queue => queue.name))
  const put = async (name: string, policy: 'standard' | 'short', options: object) => {
    if (existing.has(name)) await boss.updateQueue(name, options)
    else await boss.createQueue(name, { policy, ...options })
  }
  await put(FAILED_QUEUE, 'standard', { retentionSeconds: 365 * DAY })
  for (const name of queueNames) {
    const { onePerKey, retryLimit, retryDelay, retryDelayMax, expireInSeconds } = queues[name]
    await put(name, onePerKey ? 'short' : 'standard', {
      retryLimit,
      retryDelay,
      retryDelayMax,
      retryBackoff: true,
      expireInSeconds,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retentionSeconds: 90 * DAY,
      deleteAfterSeconds: DAY / 4,
      deadLetter: FAILED_QUEUE,
    })
  }
}

/** Sending, working and pg-boss's own upkeep read and write rows; only its migrations and REINDEX need the owner. */
async function grantToApp(ownerUrl: string): Promise<void> {
  const db = connect(ownerUrl, 1)
  try {
    await sql
      .raw(`
      SELECT pg_advisory_xact_lock(7302012);
      GRANT USAGE ON SCHEMA ${SCHEMA} TO rapport_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO rapport_app;
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO rapport_app;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO rapport_app`)
      .execute(db)
  } finally {
    await db.destroy()
  }
}

interface JobsOptions {
  /** The connection of `rapport_app`. */
  appUrl: string
  log: Logger
}

/**
 * Connects to the queues that `installJobs` made. Sending joins the caller's transaction; `work` starts
 * workers that poll, and that `wake` lets look at once.
 */
export async function createJobs({ appUrl, log }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: appUrl,
    schema: SCHEMA,
    max: 4,
    application_name: 'rapport jobs',
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    superviseIntervalSeconds: UPKEEP_SECONDS,
    monitorIntervalSeconds: UPKEEP_SECONDS,
    maintenanceIntervalSeconds: 3600,
  })
  boss.on('error', complainRarely(log))
  boss.on('warning', warning => log.warn({ warning }, 'the job queue warns'))
  await boss.start()

  const wake = () => {
    for (const { id, name } of boss.getWipData())
      if (promptQueues.includes(name as QueueName)) boss.notifyWorker(id)
  }
  return {
    wake,
    async send(trx, queue, payload, { startAfter, singletonKey, group } = {}) {
      await boss.send(queue, payload, { db: fromKysely(trx), startAfter, singletonKey, ...groupOf(group) })
    },
    async sendMany(trx, queue, jobs) {
      const inserts = jobs.map(({ payload, options: { startAfter, singletonKey, group } = {} }) => ({
        data: payload,
        startAfter,
        singletonKey,
        ...groupOf(group),
      }))
      await boss.insert(queue, inserts, { db: fromKysely(trx), returnId: false })
    },
    async work(queue, handler) {
      const { workers, batch, perGroup, pollSeconds } = queues[queue]
      const options = {
        localConcurrency: workers,
        batchSize: batch,
        pollingIntervalSeconds: pollSeconds,
        burstWhenBatchFull: true,
        perJobResults: true,
        ...(perGroup !== undefined && { localGroupConcurrency: perGroup }),
      } as const
      await boss.work<JobPayloads[typeof queue], void, typeof options>(queue, options, jobs =>
        Promise.all(jobs.map(job => settle(queue, job, handler, log))),
      )
    },
    alive() {
      const since = Date.now() - LOOKED_LATELY_MS
      return boss
        .getWipData()
        .every(worker => worker.count > 0 || (worker.lastFetchedOn ?? Date.now()) > since)
    },
    async listFailed(tenantId) {
      const found = await boss.findJobs<JobPayloads[QueueName]>(FAILED_QUEUE, { data: { tenantId } })
      return found.map(toFailedJob).sort((a, b) => b.failedAt.getTime() - a.failedAt.getTime())
    },
    async replayFailed(tenantId, ids) {
      const moved = await boss.redrive(FAILED_QUEUE, { data: { tenantId }, ids })
      wake()
      return moved
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_MS })
    },
  }
}

function groupOf(id: string | undefined): { group?: { id: string } } {
  return id === undefined ? {} : { group: { id } }
}

/** Says why the queue can't be reached, not for each worker and poll: an outage would fill the log. */
function complainRarely(log: Logger): (error: Error) => void {
  let quietUntil = 0
  return ({ message }) => {
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + QUIET_MS
    log.error({ error: message }, 'the job queue met an error')
  }
}

/** Runs one job of a batch and says how it went: the others of the batch don't depend on it. */
async function settle<Q extends QueueName>(
  queue: Q,
  job: Job<JobPayloads[Q]>,
  handler: JobHandler<Q>,
  log: Logger,
): Promise<JobResult> {
  const last = job.retryCount >= queues[queue].retryLimit
  try {
    await handler(job.data, { last, signal: job.signal })
    return { id: job.id, status: 'completed' }
  } catch (error) {
    const { message } = error as Error
    const hopeless = error instanceof Hopeless
    const about = { err: error, queue, job: job.id, payload: job.data, try: job.retryCount + 1 }
    if (last || hopeless) log.error({ ...about, ...queues[queue].failure }, 'a job failed for good')
    else log.warn(about, 'a job failed and is tried again')
    return { id: job.id, status: hopeless ? 'deadletter' : 'failed', output: { message } }
  }
}

function toFailedJob(job: JobWithMetadata<JobPayloads[QueueName]>): FailedJob {
  return {
    id: job.id,
    queue: job.sourceName as QueueName,
    payload: job.data,
    error: String((job.sourceOutput as { message?: string } | null)?.message ?? 'unknown'),
    tries: (job.sourceRetryCount ?? 0) + 1,
    failedAt: job.createdOn,
  }
}
