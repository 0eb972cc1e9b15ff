import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApi } from '#tests/support/api.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, SECRET_KEY, type TestHouse } from '#tests/support/house.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'
import { brokenInvariants } from './invariants.ts'

const KILLS = 20
const BOOKINGS_PER_KILL = 8
/** Of a session that is booked beside the slots. */
const SEATS = 15
const QUARTER = 15 * 60_000

let house: TestHouse
let business: Business
let dataDir: string
beforeAll(async () => {
  house = await createHouse()
  business = await signUpBusiness(house)
  dataDir = await mkdtemp(join(tmpdir(), 'rapport-faults-'))
})
afterAll(async () => {
  await house.stop()
  await rm(dataDir, { recursive: true, force: true })
})

it('killed twenty times while booking, it leaves nothing half-done, loses no booking and doubles no mail (099)', {
  timeout: 240_000,
}, async () => {
  const { slug } = await makeBookable(house, business, {
    offer: { duration: 15, step: 15 },
    hours: [[0, 1440]],
  })
  const firstDay = new Date(Date.now() + 3 * 86_400_000).setUTCHours(0, 0, 0, 0)
  const { sessionId } = await makeSession(house, business, {
    dates: [new Date(firstDay - QUARTER).toISOString()],
    minutes: 15,
    terms: { capacity: SEATS },
  })
  // Every second start is wanted by two clients, and the seats of one session by more than it has.
  const wanted = Array.from({ length: KILLS * BOOKINGS_PER_KILL }, (_, index) =>
    index % 4 === 3
      ? seatInput(sessionId, `Client ${index}`)
      : bookingInput(
          slug,
          new Date(firstDay + Math.floor(index / 1.5) * QUARTER).toISOString(),
          `Client ${index}`,
        ),
  )

  const answered = new Map<string, string>()
  let next = startKilled()
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, port } = await next
    next = startKilled()
    const batch = wanted.slice(kill * BOOKINGS_PER_KILL, (kill + 1) * BOOKINGS_PER_KILL)
    const answers = batch.map(async input => {
      const answer = await createApi({ port, host: business.host })
        .mutate('bookings.book', input)
        .catch(() => null)
      if (answer?.status === 200) answered.set(input.idempotencyKey, answer.data.id)
    })
    await sleep((kill * 37) % 140)
    child.kill('SIGKILL')
    await Promise.all(answers)
  }

  const { child, port } = await next
  const client = createApi({ port, host: business.host })
  const final: (string | null)[] = []
  for (const input of wanted) {
    const answer = await client.mutate('bookings.book', input)
    expect([200, 409]).toContain(answer.status)
    if (answered.has(input.idempotencyKey)) expect(answer.data?.id).toBe(answered.get(input.idempotencyKey))
    if (answer.status === 200) final.push(startOf(input))
  }
  const slots = final.filter(startsAt => startsAt !== null)
  expect(new Set(slots).size).toBe(slots.length)
  expect(new Set(final)).toEqual(new Set(wanted.map(startOf)))
  expect(final.length - slots.length).toBe(SEATS)
  expect(await brokenInvariants(house.ownerUrl)).toEqual({})

  await allMailsSent(final.length)
  child.kill('SIGKILL')
  const mails = await readdir(join(dataDir, 'plugins', 'mailbox'))
  expect(mails.filter(name => name.endsWith('.eml'))).toHaveLength(final.length * 2)
})

/** The time a slot is wanted at; null for a seat. */
function startOf(input: object): string | null {
  return 'startsAt' in input ? String(input.startsAt) : null
}

/** A house that will be killed; 150 ms is what the first bookings need to be under way. */
async function startKilled(): Promise<{ child: ChildProcess; port: number }> {
  const script = fileURLToPath(new URL('./killed-house.ts', import.meta.url))
  const options = JSON.stringify({ appUrl: house.appUrl, secretKey: SECRET_KEY, dataDir })
  const child = fork(script, [options], { execArgv: [], silent: true })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port }
}

/** Waits until client and coach of each booking have their mail of its confirmation. */
async function allMailsSent(bookings: number): Promise<void> {
  const database = new pg.Client(house.ownerUrl)
  await database.connect()
  try {
    for (let tries = 0; tries < 600; tries++) {
      const { rows } = await database.query(
        `SELECT count(*)::int AS sent FROM messages WHERE channel = 'email' AND state = 'sent' AND type IN ('booking_confirmed', 'new_booking')`,
      )
      if (rows[0].sent === bookings * 2) return
      expect(rows[0].sent).toBeLessThan(bookings * 2)
      await sleep(100)
    }
    throw new Error('not every mail was sent within a minute')
  } finally {
    await database.end()
  }
}
