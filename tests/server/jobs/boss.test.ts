import { PgBoss } from 'pg-boss'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, type Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { createJobs, installJobs } from '#server/jobs/boss.ts'
import { Hopeless, type Jobs } from '#server/jobs/jobs.ts'
import { createTestDatabase } from '#tests/support/postgres.ts'

const log = pino({ level: 'silent' })
let db: Db
let jobs: Jobs
let ownerUrl: string
let appUrl: string

beforeAll(async () => {
  const database = await createTestDatabase()
  ownerUrl = database.ownerUrl
  appUrl = database.appUrl
  db = connect(database.appUrl, 5)
  jobs = await createJobs({ appUrl: database.appUrl, log })
})

afterAll(async () => {
  await jobs.stop()
  await db.destroy()
})

test('queues can be installed again, by several at once', async () => {
  await Promise.all([installJobs(ownerUrl), installJobs(ownerUrl)])
})

test('the app role can do the upkeep of the queues', async () => {
  const complaints: unknown[] = []
  const boss = new PgBoss({ connectionString: appUrl, migrate: false, schedule: false, reindex: false })
  boss.on('error', error => complaints.push(error))
  boss.on('warning', warning => complaints.push(warning))
  await boss.start()
  await boss.supervise()
  await boss.stop({ graceful: false })
  expect(complaints).toEqual([])
})

test('a job is made with its transaction, and not without it', async () => {
  const tenantId = uuidv7()
  const seen: string[] = []
  await jobs.work('event', async ({ eventId }) => {
    seen.push(eventId)
  })
  const [kept, dropped] = [uuidv7(), uuidv7()]
  await inTenant(db, tenantId, trx => jobs.send(trx, 'event', { tenantId, eventId: kept }))
  await inTenant(db, tenantId, async trx => {
    await jobs.send(trx, 'event', { tenantId, eventId: dropped })
    throw new Error('rolled back')
  }).catch(() => {})

  jobs.wake()
  const started = performance.now()
  await vi.waitFor(() => expect(seen).toEqual([kept]), { interval: 5, timeout: 5000 })
  expect(performance.now() - started).toBeLessThan(400)
  expect(jobs.alive()).toBe(true)
})

test('a queue of one per key keeps a second job from waiting beside the first', async () => {
  const tenantId = uuidv7()
  const other = uuidv7()
  let done = 0
  await inTenant(db, tenantId, async trx => {
    for (const id of [tenantId, tenantId, other])
      await jobs.send(trx, 'seal', { tenantId: id }, { singletonKey: id })
  })
  await jobs.work('seal', async () => {
    done++
  })
  await vi.waitFor(() => expect(done).toBe(2), { timeout: 5000 })
})

test('a failing job is tried again, one beyond hope goes to the failed ones and can be replayed by its tenant', async () => {
  const tenantId = uuidv7()
  let broken = true
  const tries: string[] = []
  await jobs.work('hold', async ({ holdId }) => {
    tries.push(holdId)
    if (broken) throw new Hopeless(`hold ${holdId} is broken`)
  })
  await inTenant(db, tenantId, async trx => {
    await jobs.send(trx, 'hold', { tenantId, coachId: 'coach', holdId: 'one' })
    await jobs.send(trx, 'hold', { tenantId, coachId: 'coach', holdId: 'two' })
  })
  await vi.waitFor(async () => expect(await jobs.listFailed(tenantId)).toHaveLength(2), { timeout: 5000 })
  expect(await jobs.listFailed(uuidv7())).toEqual([])

  const failed = (await jobs.listFailed(tenantId)).find(
    ({ payload }) => 'holdId' in payload && payload.holdId === 'one',
  )!
  expect(failed).toMatchObject({
    queue: 'hold',
    error: 'hold one is broken',
    tries: 1,
    payload: { tenantId },
  })

  broken = false
  expect(await jobs.replayFailed(uuidv7())).toBe(0)
  expect(await jobs.replayFailed(tenantId, [failed.id])).toBe(1)
  await vi.waitFor(() => expect(tries.filter(hold => hold === 'one')).toHaveLength(2), { timeout: 5000 })
  expect(await jobs.replayFailed(tenantId)).toBe(1)
  await vi.waitFor(() => expect(tries.filter(hold => hold === 'two')).toHaveLength(2), { timeout: 5000 })
  expect(await jobs.listFailed(tenantId)).toEqual([])
})

test('a job that fails once succeeds on its second try, two to four seconds later', async () => {
  const tenantId = uuidv7()
  const at: number[] = []
  await jobs.work('move', async () => {
    at.push(performance.now())
    if (at.length === 1) throw new Error('not yet')
  })
  await inTenant(db, tenantId, trx =>
    jobs.send(trx, 'move', { tenantId, bookingId: uuidv7(), moveId: uuidv7(), step: 'remind' }),
  )
  await vi.waitFor(() => expect(at).toHaveLength(2), { timeout: 8000 })
  expect(at[1]! - at[0]!).toBeGreaterThan(1000)
})
