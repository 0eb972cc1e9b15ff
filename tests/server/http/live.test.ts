import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { contextMaker } from '#server/http/context.ts'
import { createLiveStreams } from '#server/http/live.ts'
import { arrive, findTenant } from '#server/http/request.ts'
import type { Live } from '#server/realtime/live.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type LivePage, openLivePage } from '#tests/support/live-page.ts'

const startedAt = Date.now()
/** Monday morning in March, from where time goes on. */
const clock = () => new Date(Date.parse('2027-03-01T06:00:00Z') + Date.now() - startedAt)
const SOON = '2027-03-01T12:00:00Z'

let house: TestHouse
let aurora: Business
let borealis: Business
let slug: string
let pages: LivePage[] = []
let day = 2

beforeAll(async () => {
  house = await createHouse({ clock })
  aurora = await signUpBusiness(house)
  borealis = await signUpBusiness(house)
  slug = (await makeBookable(house, aurora)).slug
})
afterEach(() => {
  for (const page of pages) page.close()
  pages = []
})
afterAll(() => house.stop())

async function open(
  business: Business,
  topics: string[],
  more: { token?: string; as?: Business['owner'] } = {},
) {
  const page = await openLivePage({ port: house.port, host: business.host, topics, ...more })
  pages.push(page)
  return page
}

function book(startsAt = `2027-03-${String(++day).padStart(2, '0')}T09:00:00Z`) {
  return aurora
    .visitor()
    .mutate('bookings.book', bookingInput(slug, startsAt, `Client ${day}`))
    .then(expectData)
}

describe('two open browsers', () => {
  it('see a slot go within two seconds, and other businesses hear nothing', async () => {
    const calendar = `calendar:${aurora.coachId}`
    const first = await open(aurora, [calendar])
    const second = await open(aurora, [calendar, 'offers'])
    const foreign = await open(borealis, [`calendar:${borealis.coachId}`, 'offers', 'tenant'])

    await book()
    expect(await first.told(calendar)).toBeLessThan(2_000)
    expect(await second.told(calendar)).toBeLessThan(2_000)
    await sleep(300)
    expect(foreign.hints).toEqual([])
  })

  it('see a request come in, and the client’s page its answer', async () => {
    const desk = await open(aurora, ['requests'], { as: aurora.owner })
    const { id, status, manageUrl } = await book(SOON)
    expect(status).toBe('REQUESTED')
    await desk.told('requests')

    const token = manageUrl.split('/b/')[1]
    const phone = await open(aurora, [`booking:${id}`], { token })
    expectData(await aurora.owner.mutate('bookings.approve', { id }))
    expect(await phone.told(`booking:${id}`)).toBeLessThan(2_000)
  })
})

describe('a page that was away', () => {
  it('finds in the versions what has changed meanwhile, and only that', async () => {
    const topics = [`calendar:${aurora.coachId}`, 'requests', 'offers', 'tenant']
    const before = await open(aurora, topics, { as: aurora.owner })
    before.close()
    await book()
    const after = await open(aurora, topics, { as: aurora.owner })

    const changed = topics.filter(topic => before.versions()[topic] !== after.versions()[topic])
    expect(Object.keys(before.versions()).sort()).toEqual([...topics].sort())
    expect(changed).toEqual([`calendar:${aurora.coachId}`])
  })

  it('is told by a new version of every kind of change', async () => {
    const { id } = await book(`2027-03-01T14:00:00Z`)
    const topics = [`booking:${id}`, 'requests', 'offers', 'tenant']
    const before = await open(aurora, topics, { as: aurora.owner })
    expectData(await aurora.owner.mutate('bookings.decline', { id, reason: 'Away that day' }))
    const { offers } = expectData(await aurora.owner.query('offers.manage.list'))
    expectData(
      await aurora.owner.mutate('offers.manage.update', { id: offers[0].id, title: 'Deep coaching' }),
    )
    expectData(await aurora.owner.mutate('tenants.update', { tagline: 'Calm minds' }))
    const after = await open(aurora, topics, { as: aurora.owner })
    for (const topic of topics) expect(after.versions()[topic]).not.toBe(before.versions()[topic])
  })
})

describe('who may follow what', () => {
  it('answers alike for what is foreign, what is not there, and what is for staff', async () => {
    const { id } = await book()
    const asked = [
      await open(borealis, [`calendar:${aurora.coachId}`], { as: borealis.owner }),
      await open(borealis, [`booking:${id}`], { as: borealis.owner }),
      await open(aurora, [`calendar:${uuidv7()}`]),
      await open(aurora, [`booking:${uuidv7()}`], { as: aurora.owner }),
      await open(aurora, [`booking:${id}`]),
      await open(aurora, [`booking:${id}`], { token: 'A'.repeat(46) }),
      await open(aurora, ['requests']),
    ]
    for (const page of asked) expect(page.status).toBe(403)
  })

  it('leaves out the topics that this viewer may not follow', async () => {
    const page = await open(aurora, ['requests', 'offers', `calendar:${borealis.coachId}`])
    expect(Object.keys(page.versions())).toEqual(['offers'])
  })

  it('lets the holder of a manage link follow that booking and no other', async () => {
    const [mine, other] = [await book(), await book()]
    const token = mine.manageUrl.split('/b/')[1]
    const page = await open(aurora, [`booking:${mine.id}`, `booking:${other.id}`], { token })
    expect(Object.keys(page.versions())).toEqual([`booking:${mine.id}`])
  })

  it('refuses what is no topic, and hosts without a business', async () => {
    expect((await open(aurora, ['calendar:all'])).status).toBe(400)
    expect((await open(aurora, [''])).status).toBe(400)
    expect(
      (
        await open(
          aurora,
          Array.from({ length: 41 }, () => `calendar:${uuidv7()}`),
        )
      ).status,
    ).toBe(400)
    expect((await open({ ...aurora, host: 'localhost' }, ['offers'])).status).toBe(404)
  })
})

describe('streams', () => {
  /** The live endpoint on a port of its own, with a quick heartbeat and a count of who listens. */
  async function serve(heartbeat: number) {
    let listening = 0
    const live: Live = {
      ...house.house.live,
      subscribe(tenantId, onHint) {
        listening++
        const leave = house.house.live.subscribe(tenantId, onHint)
        return () => {
          listening--
          leave()
        }
      },
    }
    const streams = createLiveStreams({
      house: { ...house.house, live },
      contextOf: contextMaker(house.house),
      heartbeat,
    })
    const app = express().use(arrive(house.house), findTenant(house.house)).get('/live', streams.handle)
    const server: Server = createServer(app).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    return { streams, server, port, listening: () => listening }
  }

  it('end when their viewer has signed out, and nothing goes on listening', async () => {
    const { server, port, listening } = await serve(20)
    expectData(await aurora.owner.mutate('auth.signIn', { email: aurora.email, password: aurora.password }))
    const page = await openLivePage({
      port,
      host: aurora.host,
      topics: ['requests', 'offers'],
      as: aurora.owner,
    })
    await sleep(200)
    expect(page.isClosed()).toBe(false)

    expectData(await aurora.owner.mutate('auth.signOut'))
    await vi.waitFor(() => expect(page.isClosed()).toBe(true))
    expect(listening()).toBe(0)
    expectData(await aurora.owner.mutate('auth.signIn', { email: aurora.email, password: aurora.password }))
    server.close()
  })

  it('end when the server stops, which takes no more of them', async () => {
    const { server, streams, port, listening } = await serve(20_000)
    const page = await openLivePage({ port, host: aurora.host, topics: ['offers'] })
    streams.stop()
    await vi.waitFor(() => expect(page.isClosed()).toBe(true))
    const late = await openLivePage({ port, host: aurora.host, topics: ['offers'] })
    expect(late.status).toBe(503)
    expect(listening()).toBe(0)
    server.close()
  })

  it('are limited for one address, and counted down when they close', async () => {
    const limited = await createHouse({ clock, env: { RATE_LIMITS: 'on' }, database: house })
    const stream = () => openLivePage({ port: limited.port, host: aurora.host, topics: ['offers'] })
    const many = await Promise.all(Array.from({ length: 60 }, stream))
    expect(many.every(page => page.status === 200)).toBe(true)
    expect((await stream()).status).toBe(429)
    many[0]!.close()
    await vi.waitFor(async () => {
      const again = await stream()
      expect(again.status).toBe(200)
      again.close()
    })
    await limited.stop()
    expect(many.every(page => page.isClosed())).toBe(true)
  })

  it('tell 500 open pages of one change within two seconds, through another process', async () => {
    const calendar = `calendar:${aurora.coachId}`
    const elsewhere = await createHouse({ clock, database: house })
    const many: LivePage[] = []
    for (let at = 0; at < 500; at += 50) {
      const opened = Array.from({ length: 50 }, () =>
        openLivePage({ port: elsewhere.port, host: aurora.host, topics: [calendar] }),
      )
      many.push(...(await Promise.all(opened)))
    }
    await book()
    const took = await Promise.all(many.map(page => page.told(calendar)))
    expect(many.every(page => page.status === 200)).toBe(true)
    expect(Math.max(...took)).toBeLessThan(2_000)
    const stoppedAt = performance.now()
    await elsewhere.stop()
    expect(performance.now() - stoppedAt).toBeLessThan(5_000)
  })
})
