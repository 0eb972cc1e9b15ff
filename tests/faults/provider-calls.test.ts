import { definePlugin, type Plugin } from '@rapport/sdk'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { installed } from '#plugins/installed.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { queueNames } from '#server/jobs/queues.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

// When providers are called: never while somebody waits for an answer, and never while a transaction is open.

/** What was called, and how many transactions waited for it. */
let called: { what: string; openTransactions: number }[]
let house: TestHouse
let owner: pg.Client
let business: Business
let slug: string

async function note(what: string) {
  const { rows } = await owner.query(
    `SELECT count(*)::int AS open FROM pg_stat_activity
     WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  called.push({ what, openTransactions: rows[0].open })
}

/** A plugin that provides everything, in place of all that are installed. */
const watchful: Plugin = definePlugin({
  id: 'watchful',
  name: 'Watchful',
  description: 'Notes when it is called.',
  version: '1.0.0',
  sdk: 1,
  operator: () => ({ config: {}, secrets: {} }),
  provides: {
    email: () => ({
      async deliver() {
        await note('email')
        return {}
      },
    }),
    video: () => {
      const room = { ref: 'room', joinUrl: 'https://video.example/room' }
      return {
        create: () => note('video').then(() => room),
        move: () => note('video').then(() => room),
        remove: () => note('video'),
      }
    },
    realtime: () => ({
      browser: { client: 'server-sent-events', settings: {}, origins: [] },
      async publish() {
        await note('realtime')
        await new Promise(() => {})
      },
      authorize: ({ channel }) => ({ name: channel, auth: '' }),
    }),
  },
  on: { '*': () => note('listener') },
})

beforeAll(async () => {
  called = []
  const plugins = [...installed.filter(({ provides }) => provides?.kinds), watchful]
  // It serves requests and works on no jobs: those are worked on below, one by one.
  house = await createHouse({ plugins, clock: () => new Date('2027-03-01T08:00:00Z') })
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  business = await signUpBusiness(house)
  slug = (await makeBookable(house, business)).slug
})
afterAll(async () => {
  await owner.end()
  await house.stop()
})

async function jobsWaiting(queue: string): Promise<{ id: string; data: never }[]> {
  const { rows } = await owner.query(
    `UPDATE pgboss.job SET state = 'completed', completed_on = now()
     WHERE name = $1 AND state = 'created' AND data ->> 'tenantId' = $2 RETURNING id, data`,
    [queue, business.tenantId],
  )
  return rows
}

test('booking, moving and cancelling call no provider; a hint goes out after the commit, and nobody waits for it', async () => {
  const visitor = business.visitor()
  const booking = expectData(
    await visitor.mutate('bookings.book', bookingInput(slug, '2027-03-08T09:00:00Z')),
  )
  // Before anything else happens, so that no transaction but this booking's could be open.
  await vi.waitFor(() => expect(called.map(({ what }) => what)).toContain('realtime'))
  const token = new URL(booking.manageUrl).pathname.split('/')[2]
  expectData(await visitor.mutate('bookings.reschedule', { token, startsAt: '2027-03-09T09:00:00Z' }))
  expectData(await business.owner.mutate('bookings.cancel', { id: booking.id, reason: 'ill' }))
  expectData(await visitor.mutate('bookings.book', bookingInput(slug, '2027-03-10T09:00:00Z')))

  // It never answers, so one call is all there is.
  expect(called).toEqual([{ what: 'realtime', openTransactions: 0 }])
})

test('jobs call providers while no transaction is open', async () => {
  called = []
  const handlers = handlersOf(house.house)
  const attempt = { last: false, signal: new AbortController().signal }
  for (let round = 0; round < 3; round++) {
    for (const queue of queueNames) {
      for (const { data } of await jobsWaiting(queue)) await handlers[queue](data, attempt)
    }
  }
  const told = called.filter(({ what }) => what !== 'realtime')
  expect(new Set(told.map(({ what }) => what))).toEqual(new Set(['email', 'video', 'listener']))
  expect(told.filter(({ openTransactions }) => openTransactions > 0)).toEqual([])
  const rooms = await inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('rooms').select('state').execute(),
  )
  expect(rooms).toContainEqual({ state: 'ready' })
})
