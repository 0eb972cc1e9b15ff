import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { connect, type Db } from '#server/db/connection.ts'
import { createLive } from '#server/realtime/create-live.ts'
import type { Live } from '#server/realtime/live.ts'
import { createTestDatabase, type TestDatabase } from '#tests/support/postgres.ts'

const aurora = uuidv7()
const borealis = uuidv7()
const log = pino({ level: 'silent' })
let database: TestDatabase
let db: Db
let lives: Live[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.appUrl, 4)
})
afterEach(async () => {
  await Promise.all(lives.map(live => live.stop()))
  lives = []
})
afterAll(() => db.destroy())

/** One process of the product that serves pages. */
async function startProcess(): Promise<Live> {
  const live = createLive({ db, listenUrl: database.appUrl, log })
  lives.push(live)
  const heard = gather(live, aurora)
  await until(() => heard.topics.includes('*'))
  heard.leave()
  return live
}

function gather(live: Live, tenantId: string) {
  const topics: string[] = []
  return { topics, leave: live.subscribe(tenantId, topic => topics.push(topic)) }
}

function until(holds: () => boolean) {
  return vi.waitFor(() => expect(holds()).toBe(true), { timeout: 5_000, interval: 5 })
}

test('a hint reaches the pages of its own process and of others, once, and no other tenant', async () => {
  const [here, there] = [await startProcess(), await startProcess()]
  const [own, other, foreign] = [gather(here, aurora), gather(there, aurora), gather(there, borealis)]

  const topic = `calendar:${uuidv7()}`
  here.publish(aurora, [topic, 'requests', topic])
  here.publish(aurora, [topic])
  here.publish(borealis, ['offers'])

  await until(() => other.topics.length === 2 && foreign.topics.length === 1)
  await sleep(100)
  expect(own.topics).toEqual([topic, 'requests'])
  expect(other.topics).toEqual([topic, 'requests'])
  expect(foreign.topics).toEqual(['offers'])
})

test('who left hears nothing more', async () => {
  const live = await startProcess()
  const [left, stayed] = [gather(live, aurora), gather(live, aurora)]
  left.leave()
  live.publish(aurora, ['offers'])
  await until(() => stayed.topics.length === 1)
  expect(left.topics).toEqual([])
})

test('more topics than fit into one notification all arrive; far too many become one', async () => {
  const [here, there] = [await startProcess(), await startProcess()]
  const other = gather(there, aurora)
  const many = Array.from({ length: 900 }, () => `booking:${uuidv7()}`)
  here.publish(aurora, many)
  await until(() => other.topics.length === 900)
  expect(other.topics).toEqual(many)

  here.publish(
    aurora,
    Array.from({ length: 2_000 }, () => `booking:${uuidv7()}`),
  )
  await until(() => other.topics.length > 900)
  expect(other.topics.slice(900)).toEqual(['*'])
})

test('after its connection was cut a process tells its pages to fetch everything, and hears again', async () => {
  const [here, there] = [await startProcess(), await startProcess()]
  const other = gather(there, aurora)
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rapport live' AND datname = current_database()",
  )
  await owner.end()

  await until(() => other.topics.includes('*'))
  here.publish(aurora, ['requests'])
  await until(() => other.topics.includes('requests'))
})

test('a process that only works tells, though it listens to nothing', async () => {
  const there = await startProcess()
  const other = gather(there, aurora)
  const worker = createLive({ db, listenUrl: null, log })
  worker.publish(aurora, ['requests'])
  await worker.stop()
  await until(() => other.topics.length === 1)
})

test('a subscriber that fails keeps nothing from the others', async () => {
  const live = await startProcess()
  const leave = live.subscribe(aurora, () => {
    throw new Error('a page that broke')
  })
  const other = gather(live, aurora)
  live.publish(aurora, ['offers', 'tenant'])
  await until(() => other.topics.length === 2)
  leave()
})
