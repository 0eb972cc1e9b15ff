import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { brokenInvariants } from '#tests/faults/invariants.ts'
import type { Answer, Api } from '#tests/support/api.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession, seatInput, type TestSession } from '#tests/support/sessions.ts'

const MINUTE = 60_000
let now = Date.parse('2027-03-01T08:00:00Z')

let house: TestHouse
let business: Business
let visitors: Api[]
beforeAll(async () => {
  house = await createHouse({ clock: () => new Date(now) })
  business = await signUpBusiness(house)
  visitors = Array.from({ length: 3 }, () => {
    const api = business.visitor()
    api.cookies.set('rapport_visitor', randomBytes(16).toString('base64url'))
    return api
  })
})
afterAll(() => house.stop())

/** What somebody does; `on` names one of two sessions, `which` one of the bookings or holds made so far. */
const act = fc.oneof(
  fc.record({
    does: fc.constant('book' as const),
    on: fc.nat(1),
    seats: fc.integer({ min: 1, max: 3 }),
    who: fc.nat(2),
    isWithHold: fc.boolean(),
  }),
  fc.record({
    does: fc.constant('hold' as const),
    on: fc.nat(1),
    seats: fc.integer({ min: 1, max: 3 }),
    who: fc.nat(2),
  }),
  fc.record({
    does: fc.constantFrom('cancel' as const, 'undo' as const, 'release' as const),
    which: fc.nat(20),
  }),
  fc.record({ does: fc.constant('move' as const), which: fc.nat(20), on: fc.nat(1) }),
  fc.record({
    does: fc.constant('capacity' as const),
    on: fc.nat(1),
    capacity: fc.integer({ min: 3, max: 6 }),
  }),
  fc.record({ does: fc.constant('ring' as const), on: fc.nat(1) }),
)
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

/** Acts of one batch come at once; then some minutes pass. */
const batches = fc.array(
  fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 6 }), minutes: fc.constantFrom(0, 0, 3, 11) }),
  { minLength: 1, maxLength: 6 },
)

let day = 0
const nextDay = () => new Date(now + (60 + ++day) * 86_400_000).toISOString()

it('whatever is done at once, seats are those of bookings and holds, and never more than there are', {
  timeout: 120_000,
}, async () => {
  let client = 0
  await fc.assert(
    fc.asyncProperty(batches, async story => {
      const terms = { capacity: 4, maxSeatsPerBooking: 3 }
      const first = await makeSession(house, business, { dates: [nextDay()], terms })
      const sessions = [
        first,
        await makeSession(house, business, { offer: first, dates: [nextDay()], terms }),
      ]
      const made = { bookings: [] as string[], holds: [] as string[] }
      for (const { acts, minutes } of story) {
        const answers = await Promise.all(acts.map(each => run(each, sessions, made, () => ++client)))
        for (const answer of answers.filter(each => each !== null))
          expect([200, 409, 429], `${answer.status} ${answer.error?.code}`).toContain(answer.status)
        expect(await brokenInvariants(house.ownerUrl)).toEqual({})
        now += minutes * MINUTE
      }
    }),
    { numRuns: 25 },
  )
})

async function run(
  each: Act,
  sessions: TestSession[],
  made: { bookings: string[]; holds: string[] },
  next: () => number,
): Promise<Answer | null> {
  const { owner } = business
  const visitor = 'who' in each ? visitors[each.who]! : business.visitor()
  const sessionId = 'on' in each ? sessions[each.on]!.sessionId : ''
  if (each.does === 'book') {
    const hold = each.isWithHold ? made.holds.at(-1) : undefined
    const input = seatInput(sessionId, `Client ${next()}`, { seats: each.seats, ...(hold && { hold }) })
    const answer = await visitor.mutate('bookings.book', input)
    if (answer.data) made.bookings.push(answer.data.manageUrl.split('/').at(-1))
    return answer
  }
  if (each.does === 'hold') {
    const answer = await visitor.mutate('holds.place', { sessionId, seats: each.seats })
    if (answer.data) made.holds.push(answer.data.hold)
    return answer
  }
  if (each.does === 'capacity')
    return owner.mutate('sessions.manage.setCapacity', { id: sessionId, capacity: each.capacity })
  if (each.does === 'ring') {
    await timers.hold(
      house.house,
      { tenantId: business.tenantId, sessionId, holdId: sessionId },
      new Date(now),
    )
    return null
  }
  const known = each.does === 'release' ? made.holds : made.bookings
  if (known.length === 0) return null
  const one = known[each.which % known.length]!
  if (each.does === 'release') return visitor.mutate('holds.release', { hold: one })
  if (each.does === 'move') return visitor.mutate('bookings.reschedule', { token: one, sessionId })
  return visitor.mutate(`bookings.${each.does}`, { token: one })
}

it('a session that is cancelled while others book has no seats taken and no booking left', {
  timeout: 30_000,
}, async () => {
  const { sessionId } = await makeSession(house, business, { dates: [nextDay()], terms: { capacity: 5 } })
  const booking = Array.from({ length: 12 }, (_, at) =>
    business.visitor().mutate('bookings.book', seatInput(sessionId, `Late ${at}`)),
  )
  const cancelled = business.owner.mutate('sessions.manage.cancel', { id: sessionId, reason: 'Ill' })
  const answers = await Promise.all(booking)
  expectData(await cancelled)
  for (const { status, error } of answers.filter(({ status }) => status !== 200))
    expect(['SESSION_FULL', 'SESSION_CANCELLED'], String(status)).toContain(error!.code)
  expect(await brokenInvariants(house.ownerUrl)).toEqual({})
  const seen = expectData(await business.owner.query('sessions.get', { session: sessionId }))
  expect(seen).toMatchObject({ state: 'CANCELLED', capacity: { booked: 0, held: 0 }, canBook: false })
})
