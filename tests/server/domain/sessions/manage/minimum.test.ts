import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { createSession, makeSessionOffer } from '#tests/support/managed-sessions.ts'
import { seatInput } from '#tests/support/sessions.ts'

const MORNING = new Date('2027-03-01T08:00:00Z')
const START = '2027-04-07T16:00:00Z'
/** Seven days before, by the clock in Berlin, and seven days from then on five days later. */
const DECIDED = '2027-03-31T16:00:00.000Z'
const EXTENDED = '2027-04-05T16:00:00.000Z'

let now = MORNING
let house: TestHouse
let business: Business
let offerId: string
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
  business = await signUpBusiness(house)
  offerId = (await makeSessionOffer(business, { kind: 'workshop' })).id
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = MORNING
  await owner()
})

let made = 0

/** A session that needs two seats, with so many booked; each on a day of its own. */
async function workshop(otherwise: 'cancel' | 'extend' | 'ask', booked: number): Promise<string> {
  const start = new Date(Date.parse(START) + ++made * 7_200_000).toISOString()
  const minimum = { seats: 2, decidesDaysBefore: 7, otherwise, extendsDays: 5 }
  const { id } = expectData(await createSession(business, offerId, [start], { terms: { minimum } }))
  for (let seat = 0; seat < booked; seat++) await book(id, `Client ${made} ${seat}`)
  return id
}

async function book(id: string, name: string) {
  expectData(await business.visitor().mutate('bookings.book', seatInput(id, name)))
}

type Step = 'warn' | 'decide' | 'remind' | 'lapse'

function ring(sessionId: string, step: Step, decideBy: string) {
  const payload = { tenantId: business.tenantId, sessionId, step, decideBy }
  const signal = new AbortController().signal
  return handlersOf(house.house).minimum(payload, { last: false, signal })
}

/** The owner signed in again: a login doesn't last as long as these tests look ahead. */
async function owner() {
  expectData(await business.owner.mutate('auth.signIn', business))
  return business.owner
}

async function get(id: string) {
  return expectData(await (await owner()).query('sessions.manage.get', { id }))
}

async function eventsOf(id: string): Promise<string[]> {
  const events = await inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('events').select('name').where('subject_id', '=', id).orderBy('seq').execute(),
  )
  return events.map(({ name }) => name).filter(name => name !== 'session.created')
}

/** The deadline as the session has it, at which the clock then stands. */
async function atDeadline(id: string): Promise<string> {
  const { decideBy } = (await get(id)).minimum
  now = new Date(decideBy)
  return decideBy
}

test('the deadline is counted on the wall clock, and shown before anybody books (315)', async () => {
  const minimum = { seats: 2, decidesDaysBefore: 14, otherwise: 'ask' }
  const { id } = expectData(await createSession(business, offerId, [START], { terms: { minimum } }))
  const { minimum: shown } = expectData(await business.visitor().query('sessions.get', { session: id }))
  // The clocks in Berlin change on 28 March.
  expect(shown).toMatchObject({ seats: 2, taken: 0, decided: false, decideBy: '2027-03-24T17:00:00.000Z' })
})

describe('at its deadline a session', () => {
  it('with enough seats taken takes place for certain (314)', async () => {
    const id = await workshop('cancel', 2)
    const decideBy = await atDeadline(id)
    await ring(id, 'decide', decideBy)
    expect(await get(id)).toMatchObject({ state: 'GO', minimum: { decided: true, decideBy: null } })
    expect(await eventsOf(id)).toEqual(['session.confirmed'])
  })

  it('with too few is cancelled with all its bookings, where the terms say so', async () => {
    const id = await workshop('cancel', 1)
    await ring(id, 'decide', await atDeadline(id))
    expect(await get(id)).toMatchObject({
      state: 'CANCELLED',
      stateReason: 'minimum_not_met',
      capacity: { booked: 0 },
    })
    expect(await eventsOf(id)).toEqual(['session.cancelled'])
  })

  it('is cancelled neither by a job that comes after it has begun, nor by staff once it is over', async () => {
    const id = await workshop('cancel', 1)
    const decideBy = await atDeadline(id)
    const { startsAt, endsAt } = await get(id)
    now = new Date(startsAt)
    await ring(id, 'decide', decideBy)
    expect(await eventsOf(id)).toEqual([])
    now = new Date(endsAt)
    const refused = await (await owner()).mutate('sessions.manage.decide', { id, go: false })
    expect([refused.status, refused.error!.code]).toEqual([409, 'SESSION_PAST'])
  })

  it('with too few is extended once, and then decided for good', async () => {
    const id = await workshop('extend', 1)
    const first = await atDeadline(id)
    await ring(id, 'decide', first)
    expect((await get(id)).state).toBe('EXTENDED')
    const second = await atDeadline(id)
    expect(Date.parse(second) - Date.parse(first)).toBe(Date.parse(EXTENDED) - Date.parse(DECIDED))
    await ring(id, 'decide', first)
    expect((await get(id)).state).toBe('EXTENDED')
    await ring(id, 'decide', second)
    expect((await get(id)).state).toBe('CANCELLED')
  })

  it('with too few is left to its coach, who is asked once and decides', async () => {
    const id = await workshop('ask', 1)
    const decideBy = await atDeadline(id)
    await ring(id, 'decide', decideBy)
    await ring(id, 'decide', decideBy)
    expect((await get(id)).state).toBe('SCHEDULED')
    expect(await eventsOf(id)).toEqual(['session.decision_due'])
    expectData(await (await owner()).mutate('sessions.manage.decide', { id, go: true }))
    expect((await get(id)).state).toBe('GO')
    const again = await (await owner()).mutate('sessions.manage.decide', { id, go: false })
    expect([again.status, again.error!.code]).toEqual([409, 'ALREADY_DECIDED'])
  })
})

describe('a session that is left to its coach', () => {
  /** Asked at its deadline, seven days before it starts; the clock then stands a day before. */
  async function undecided(): Promise<{ id: string; decideBy: string; lapsesAt: string }> {
    const id = await workshop('ask', 1)
    const decideBy = await atDeadline(id)
    await ring(id, 'decide', decideBy)
    const { startsAt, minimum } = await get(id)
    expect(Date.parse(startsAt) - Date.parse(minimum.lapsesAt)).toBe(24 * 3_600_000)
    now = new Date(minimum.lapsesAt)
    return { id, decideBy, lapsesAt: minimum.lapsesAt }
  }

  it('is cancelled for too few 24 hours before it starts, once, where nobody has decided', async () => {
    const { id, decideBy, lapsesAt } = await undecided()
    now = new Date(Date.parse(lapsesAt) - 1)
    await ring(id, 'lapse', decideBy)
    expect((await get(id)).state).toBe('SCHEDULED')
    now = new Date(lapsesAt)
    await Promise.all([ring(id, 'lapse', decideBy), ring(id, 'lapse', decideBy)])
    expect(await get(id)).toMatchObject({
      state: 'CANCELLED',
      stateReason: 'minimum_not_met',
      minimum: { decided: true, lapsesAt: null },
    })
    expect(await eventsOf(id)).toEqual(['session.decision_due', 'session.cancelled'])
  })

  it('has its end and a reminder of the question as jobs from when it is asked', async () => {
    const { id, decideBy, lapsesAt } = await undecided()
    const { rows } = await sql<{ step: string; at: Date }>`
      SELECT data ->> 'step' AS step, start_after AS at FROM pgboss.job
      WHERE name = 'minimum' AND data ->> 'sessionId' = ${id} AND data ->> 'step' IN ('remind', 'lapse')
      ORDER BY start_after`.execute(house.house.db)
    const half = new Date((Date.parse(decideBy) + Date.parse(lapsesAt)) / 2)
    expect(rows).toEqual([
      { step: 'remind', at: half },
      { step: 'lapse', at: new Date(lapsesAt) },
    ])
  })

  it('reminds its coach of the question once', async () => {
    const { id, decideBy } = await undecided()
    await ring(id, 'remind', decideBy)
    await ring(id, 'remind', decideBy)
    expect(await eventsOf(id)).toEqual(['session.decision_due', 'session.decision_due'])
  })

  it('takes place where enough have booked since', async () => {
    const { id, decideBy } = await undecided()
    await book(id, 'Late client')
    await ring(id, 'lapse', decideBy)
    expect((await get(id)).state).toBe('GO')
  })

  it('stays as the coach has decided', async () => {
    const { id, decideBy } = await undecided()
    expectData(await (await owner()).mutate('sessions.manage.decide', { id, go: true }))
    await ring(id, 'lapse', decideBy)
    expect((await get(id)).state).toBe('GO')
  })
})

test('its coach is warned 48 hours before, where too few have booked, and once', async () => {
  const [few, enough] = [await workshop('cancel', 1), await workshop('cancel', 2)]
  for (const id of [few, enough]) {
    const { decideBy } = (await get(id)).minimum
    now = new Date(Date.parse(decideBy) - 48 * 3_600_000)
    await ring(id, 'warn', decideBy)
    await ring(id, 'warn', decideBy)
  }
  expect([await eventsOf(few), await eventsOf(enough)]).toEqual([['session.decision_due'], []])
})

test('a deadline that has moved with the session leaves the jobs of the old one nothing to do', async () => {
  const id = await workshop('cancel', 0)
  const { decideBy } = (await get(id)).minimum
  const dates = [{ startsAt: '2027-05-20T16:00:00Z' }]
  expectData(await (await owner()).mutate('sessions.manage.update', { id, dates }))
  now = new Date(decideBy)
  await ring(id, 'decide', decideBy)
  expect((await get(id)).state).toBe('SCHEDULED')
})

test('whatever the order in which jobs run, how often and when, a session is decided once', async () => {
  const steps = fc.record({
    step: fc.constantFrom<Step[]>('warn', 'decide', 'remind', 'lapse'),
    which: fc.constantFrom('first', 'second'),
    hours: fc.nat(200),
    together: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('cancel' as const, 'extend' as const, 'ask' as const),
      fc.nat(2),
      fc.array(steps, { minLength: 1, maxLength: 8 }),
      async (otherwise, booked, jobs) => {
        now = MORNING
        await owner()
        const id = await workshop(otherwise, booked)
        const { decideBy: first } = (await get(id)).minimum
        const second = new Date(Date.parse(first) + 5 * 86_400_000).toISOString()
        now = new Date(Date.parse(first) - 50 * 3_600_000)
        for (const { step, which, hours, together } of jobs) {
          now = new Date(now.getTime() + hours * 3_600_000)
          const decideBy = which === 'first' ? first : second
          await Promise.all([
            ring(id, step, decideBy),
            ...(together ? [ring(id, 'decide', first), ring(id, 'decide', decideBy)] : []),
          ])
        }
        const events = await eventsOf(id)
        const count = (name: string) => events.filter(each => each === name).length
        const decided = count('session.confirmed') + count('session.cancelled')
        expect(decided).toBeLessThanOrEqual(1)
        expect(count('session.extended')).toBeLessThanOrEqual(1)
        const { state, minimum } = await get(id)
        expect(minimum.decided).toBe(decided === 1)
        expect(state === 'GO').toBe(count('session.confirmed') === 1)
        if (booked >= 2) expect(count('session.cancelled')).toBe(0)
      },
    ),
    { numRuns: 15 },
  )
}, 60_000)
