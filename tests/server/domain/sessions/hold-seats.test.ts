import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timers } from '#server/domain/booking/ring-timers.ts'
import type { Api } from '#tests/support/api.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { rule, standRules } from '#tests/support/policy.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const NOW = Date.parse('2027-03-01T08:00:00Z')
let now = NOW

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => new Date(now) })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

let day = 0
const start = () => new Date(NOW + (30 + ++day) * 86_400_000).toISOString()

/** A visitor whose browser keeps our cookie. */
function browser(): Api {
  const api = business.visitor()
  api.cookies.set('rapport_visitor', randomBytes(16).toString('base64url'))
  return api
}

const hold = (api: Api, sessionId: string, more: Record<string, unknown> = {}) =>
  api.mutate('holds.place', { sessionId, ...more })
const book = (api: Api, sessionId: string, name: string, more: Record<string, unknown> = {}) =>
  api.mutate('bookings.book', seatInput(sessionId, name, more))
const capacity = async (session: string) =>
  expectData(await business.owner.query('sessions.get', { session })).capacity

describe('holding seats', () => {
  it('keeps others away for ten minutes, lets their holder book, and is never renewed', async () => {
    const { sessionId } = await makeSession(house, business, {
      dates: [start()],
      terms: { capacity: 3, maxSeatsPerBooking: 2 },
    })
    const held = expectData(await hold(browser(), sessionId, { seats: 2 }))
    expect(held.expiresAt).toBe(new Date(now + 600_000).toISOString())
    expect(await capacity(sessionId)).toMatchObject({ booked: 0, held: 2, available: 1 })
    const others = await book(business.visitor(), sessionId, 'Other', { seats: 2 })
    expect(others).toMatchObject({ status: 409, error: { code: 'SESSION_FULL' } })

    const booked = await book(business.visitor(), sessionId, 'Holder', { seats: 2, hold: held.hold })
    expect(booked.status).toBe(200)
    expect(await capacity(sessionId)).toMatchObject({ booked: 2, held: 0, available: 1 })
  })

  it('freezes the price that was shown (275)', async () => {
    const { sessionId } = await makeSession(house, business, {
      dates: [new Date(NOW + 10 * 86_400_000).toISOString()],
      terms: {
        phases: [
          { name: 'early_bird', priceMinor: 2_000, endsDaysBefore: null, seats: 1 },
          { name: 'regular', priceMinor: 3_000, endsDaysBefore: null, seats: null },
        ],
      },
    })
    const held = expectData(await hold(business.visitor(), sessionId))
    expect(held.price.amountMinor).toBe(2_000)
    await standRules(house, business, [rule({ sets: { depositPercent: 50 } })])
    expectData(await book(business.visitor(), sessionId, 'Faster'))
    const booked = expectData(await book(business.visitor(), sessionId, 'Holder', { hold: held.hold }))
    expect(booked.booking).toMatchObject({ priceMinor: 2_000, depositMinor: 1_000 })
  })

  it('is replaced by another hold on the same offer, and given back on request', async () => {
    const first = await makeSession(house, business, { dates: [start()], terms: { maxSeatsPerBooking: 5 } })
    const second = await makeSession(house, business, { offer: first, dates: [start()] })
    const visitor = browser()
    const once = expectData(await hold(visitor, first.sessionId, { seats: 5 }))
    const again = expectData(await hold(visitor, first.sessionId, { seats: 5 }))
    expect(again).toMatchObject({ hold: once.hold, expiresAt: once.expiresAt })
    expectData(await hold(visitor, second.sessionId))
    expect(await capacity(first.sessionId)).toMatchObject({ held: 0 })
    const last = expectData(await hold(visitor, second.sessionId))
    expectData(await visitor.mutate('holds.release', { hold: last.hold }))
    expect(await capacity(second.sessionId)).toMatchObject({ held: 0 })
  })

  it('is the only one of its visitor on the offer, also where several are asked for at once', async () => {
    const first = await makeSession(house, business, { dates: [start()] })
    const sessions = [first.sessionId]
    for (let more = 0; more < 3; more++)
      sessions.push((await makeSession(house, business, { offer: first, dates: [start()] })).sessionId)
    const api = browser()
    const answers = await Promise.all(sessions.map(sessionId => hold(api, sessionId)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const held = await Promise.all(sessions.map(async sessionId => (await capacity(sessionId)).held))
    expect(held.sort()).toEqual([0, 0, 0, 1])
  })

  it('that ran out blocks nobody, before its job has rung and after', async () => {
    const { sessionId } = await makeSession(house, business, { dates: [start()], terms: { capacity: 1 } })
    const held = expectData(await hold(business.visitor(), sessionId))
    now = Date.parse(held.expiresAt)
    expect(await capacity(sessionId)).toMatchObject({ held: 0, available: 1 })
    expectData(await book(business.visitor(), sessionId, 'Next'))
    const payload = { tenantId: business.tenantId, sessionId, holdId: sessionId }
    await timers.hold(house.house, payload, new Date(now))
    expect(await capacity(sessionId)).toMatchObject({ booked: 1, held: 0, available: 0 })
    now = NOW
  })
})
