import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { AttemptsTable } from '#server/db/tables.ts'
import type { Condition } from '#server/domain/rules/conditions.ts'
import type { DecisionFacts } from '#server/domain/rules/facts.ts'
import type { Rule } from '#server/domain/rules/policy.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { rule, standRules, tag } from '#tests/support/policy.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const NOW = new Date('2027-03-02T08:00:00Z')
/** Wednesday the 10th; the coach is in Berlin, an hour ahead of UTC. */
const at = (time: string, day = 10) => `2027-03-${day}T${time}:00.000Z`

let house: TestHouse
let business: Business
let offer: { slug: string; offerId: string }
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
})
beforeEach(async () => {
  business = await signUpBusiness(house)
  offer = await makeBookable(house, business, { offer: { price: 8000, step: 15, buffer: 15 } })
})
afterAll(() => house.stop())

const stand = (...rules: Rule[]) => standRules(house, business, rules)
const when = (
  fact: Extract<Condition, { fact: unknown }>['fact'],
  operator: Extract<Condition, { fact: unknown }>['operator'],
  value: Extract<Condition, { fact: unknown }>['value'],
): { when: Condition } => ({ when: { fact, operator, value } })
const refuses = (sentence = 'Not like this.') => ({ restricts: { outcome: 'refuse' as const, sentence } })
const requests = (sentence = 'We look at this first.') => ({
  restricts: { outcome: 'request' as const, sentence },
})

let names = 0
async function book(startsAt: string, { api = business.visitor(), email }: Partial<Someone> = {}) {
  const input = bookingInput(offer.slug, startsAt, `Client ${++names}`)
  if (email) input.client.email = email
  return api.mutate('bookings.book', input)
}
type Someone = Pick<Awaited<ReturnType<typeof signedIn>>, 'api' | 'email'>

async function times(day = 10, api = business.visitor()): Promise<string[]> {
  const window = { from: at('00:00', day), to: at('00:00', day + 1) }
  const { slots } = expectData(await api.query('slots.list', { offer: offer.slug, ...window }))
  return slots.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16))
}

async function vip(...tags: string[]) {
  const client = await signedIn(house, business)
  await tag(house, business, client, ...tags)
  return client
}

function attempts(): Promise<(AttemptsTable & { facts: DecisionFacts[] })[]> {
  return inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('attempts').selectAll().where('tenant_id', '=', business.tenantId).orderBy('id').execute(),
  ) as never
}

describe('what favours a client and what bars one', () => {
  test('a tag’s waiver counts for who is signed in, not for who types the address', async () => {
    await stand(
      rule(requests(), { id: 'everyone' }),
      rule({ waives: ['everyone'] }, { scope: 'tag', target: 'vip' }),
    )
    const client = await vip('vip')
    const { email } = client
    expect(expectData(await book(at('09:00'), client)).status).toBe('FIRM_BOOKED')
    expect(expectData(await book(at('11:00'), { email })).status).toBe('REQUESTED')
  })

  test('staying away bars by the address', async () => {
    await stand(rule(refuses('Please call us.'), when('noShowPercent', 'atLeast', 50)))
    const { id } = expectData(await book(at('09:00'), { email: 'absent@client.example' }))
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('bookings').set({ attendance: 'no_show' }).where('id', '=', id).execute(),
    )
    const refused = await book(at('11:00'), { email: 'absent@client.example' })
    expect(refused).toMatchObject({ status: 409, error: { code: 'RULE', message: 'Please call us.' } })
    expectData(await book(at('11:00'), { email: 'present@client.example' }))
  })

  test('a discount counts for who is signed in, and a coach who books grants it too', async () => {
    await stand(rule({ sets: { discountPercent: 20 } }, { scope: 'tag', target: 'vip' }))
    const client = await vip('vip')
    const { email } = client
    const favoured = {
      priceMinor: 6400,
      priceLines: [
        { label: 'Coaching', amountMinor: 8000 },
        { label: 'Discount, 20 % off', amountMinor: -1600 },
      ],
    }
    expect(expectData(await book(at('09:00'), client)).booking).toMatchObject(favoured)
    expect(expectData(await book(at('11:00'), { email })).booking.priceMinor).toBe(8000)
    const input = { ...bookingInput(offer.slug, at('13:00')), client: { name: 'Vera', email } }
    expect(expectData(await business.owner.mutate('bookings.bookFor', input)).booking).toMatchObject(favoured)
  })
})

describe('values that rules set', () => {
  test('a deposit is a part of the price, with the rest due by the start, also after a move', async () => {
    const version = await stand(rule({ sets: { depositPercent: 25, approvalHours: 5 } }), rule(requests()))
    const { booking, manageUrl } = expectData(await book(at('09:00')))
    expect(booking).toMatchObject({ priceMinor: 8000, depositMinor: 2000, balanceDueAt: at('09:00') })
    expect(booking.answerBy).toBe('2027-03-02T13:00:00.000Z')
    const row = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('bookings').selectAll().where('id', '=', booking.id).executeTakeFirstOrThrow(),
    )
    expect(row.policy_version).toBe(version)
    const token = new URL(manageUrl).pathname.split('/').at(-1)
    const moved = await business.visitor().mutate('bookings.reschedule', { token, startsAt: at('12:00') })
    expect(expectData(moved).booking.balanceDueAt).toBe(at('12:00'))
  })

  test('a buffer set by a rule is kept by the next booking and by the slot list', async () => {
    await stand(rule({ sets: { bufferMinutes: 60 } }, when('weekday', 'equals', 3)))
    expectData(await book(at('10:00')))
    const refused = await book(at('11:45'))
    expect(refused.error).toMatchObject({ code: 'BUFFER' })
    const free = await times()
    expect(free).toContain('12:00')
    expect(free).not.toContain('11:45')
    expect(free).toContain('08:00')
    expect(free).not.toContain('08:15')
    expectData(await book(at('12:00')))
    // Once booked with it, the break stays, whatever the rules say since.
    await stand()
    expect(await times()).not.toContain('11:15')
  })

  test('after three in a row the break is longer (074)', async () => {
    await stand(rule({ sets: { bufferMinutes: 45 } }, when('sessionsInARow', 'atLeast', 4)))
    for (const time of ['08:00', '09:15', '10:30']) expectData(await book(at(time)))
    const free = await times()
    expect(free).not.toContain('11:45')
    expect(free).not.toContain('12:00')
    expect(free).toContain('12:15')
  })

  test('a place elsewhere needs the way there (074)', async () => {
    await stand(rule({ sets: { bufferMinutes: 90 } }, when('placeChanges', 'equals', true)))
    expectData(await book(at('09:00')))
    const online = offer
    offer = await makeBookable(house, business, { offer: { step: 15 } })
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('offers').set({ location: 'The Harbour' }).where('id', '=', offer.offerId).execute(),
    )
    expect(await times()).not.toContain('11:15')
    expect(await times()).toContain('11:30')
    offer = online
    expect(await times()).toContain('10:15')
  })

  test('a limit is lifted and a horizon farther for a tag', async () => {
    offer = await makeBookable(house, business, {
      offer: { price: 8000, horizon: 9 },
      coach: { max_sessions_per_day: 1 },
    })
    await stand(rule({ sets: { maxSessionsPerDay: 2, horizonDays: 30 } }, { scope: 'tag', target: 'vip' }))
    const client = await vip('vip')
    expectData(await book(at('09:00')))
    expect((await book(at('11:00'))).error).toMatchObject({ code: 'LIMIT_DAY' })
    expect(await times(10)).toEqual([])
    expect(await times(10, client.api)).not.toEqual([])
    expectData(await book(at('11:00'), client))
    expect((await book(at('13:00'), client)).error).toMatchObject({ code: 'LIMIT_DAY' })
    expect(await times(20)).toEqual([])
    expect(await times(20, client.api)).not.toEqual([])
    const asked = { offer: offer.slug, from: at('00:00'), to: at('00:00', 11) }
    expect(expectData(await business.visitor().query('slots.list', asked)).horizonDays).toBe(9)
    expect(expectData(await client.api.query('slots.list', asked)).horizonDays).toBe(30)
  })

  test('who has no favour isn’t told how far ahead others may book', async () => {
    offer = await makeBookable(house, business, { offer: { horizon: 9 } })
    const isVip: Condition = { fact: 'vip', operator: 'equals', value: true }
    const onMonday: Condition = { fact: 'weekday', operator: 'equals', value: 1 }
    await stand(rule({ sets: { horizonDays: 365 } }, { when: { all: [isVip, onMonday] } }))
    const asked = { offer: offer.slug, from: '2028-02-01T00:00:00Z', to: '2028-02-14T00:00:00Z' }
    expect(expectData(await business.visitor().query('slots.list', asked)).horizonDays).toBe(9)
    const { slots, horizonDays } = expectData(await (await vip('VIP')).api.query('slots.list', asked))
    expect(horizonDays).toBe(365)
    expect(new Set(slots.map((slot: { startsAt: string }) => slot.startsAt.slice(0, 10)))).toEqual(
      new Set(['2028-02-07']),
    )
  })

  test('slots say a price that isn’t the offer’s, for whom it holds', async () => {
    await stand(
      rule({ sets: { discountPercent: 50, depositPercent: 10 } }, when('timeOfDay', 'lessThan', 600)),
    )
    const window = { offer: offer.slug, from: at('00:00'), to: at('00:00', 11) }
    const { slots } = expectData(await business.visitor().query('slots.list', window))
    expect(slots[0]).toMatchObject({ startsAt: at('08:00'), priceMinor: 4000, depositMinor: 400 })
    expect(slots.at(-1)).not.toHaveProperty('priceMinor')
  })
})

test('times that are suggested instead can be booked where the client lives, too', async () => {
  offer = await makeBookable(house, business, { offer: { notice: 9 * 24 * 60 } })
  const farAway: Condition = { fact: 'zoneDistanceHours', operator: 'atLeast', value: 5 }
  const inTheMorning: Condition = { fact: 'timeOfDay', operator: 'lessThan', value: 900 }
  await stand(rule(refuses('It’s night where you are.'), { when: { all: [farAway, inTheMorning] } }))
  // In New York, 6 hours behind.
  const { error } = await book(at('09:00'))
  expect(error).toMatchObject({ code: 'NOTICE', alternatives: [{ startsAt: at('14:00', 11) }, {}, {}] })
})

describe('a price that was shown', () => {
  test('holds, or is asked about again, where the address turns out to be no new client’s', async () => {
    await stand(rule({ sets: { discountPercent: 25 } }, when('clientNew', 'equals', true)))
    const visitor = business.visitor()
    const held = expectData(await visitor.mutate('holds.place', { offer: offer.slug, startsAt: at('09:00') }))
    expect(held.price).toMatchObject({ amountMinor: 6000, depositMinor: null })
    const input = {
      ...bookingInput(offer.slug, at('09:00'), 'Nora New'),
      ...{ hold: held.hold, shownPriceMinor: 6000 },
    }
    expect(expectData(await visitor.mutate('bookings.book', input)).booking.priceMinor).toBe(6000)

    const again = { ...bookingInput(offer.slug, at('12:00'), 'Nora New'), shownPriceMinor: 6000 }
    const refused = await visitor.mutate('bookings.book', again)
    expect(refused.error).toMatchObject({ code: 'PRICE_CHANGED', priceMinor: 8000 })
    const agreed = await visitor.mutate('bookings.book', { ...again, shownPriceMinor: 8000 })
    expect(expectData(agreed).booking.priceMinor).toBe(8000)
  })
})

describe('breaks', () => {
  test('staff may cut one short: the neighbour’s ends where the new session starts', async () => {
    expectData(await book(at('09:00')))
    expect((await book(at('10:00'))).error).toMatchObject({ code: 'BUFFER' })
    const input = bookingInput(offer.slug, at('10:00'), 'Urgent Client')
    expectData(await business.owner.mutate('bookings.bookFor', input))
    const before = bookingInput(offer.slug, at('08:00'), 'Early Client')
    expectData(await business.owner.mutate('bookings.bookFor', before))
    const claims = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('claims').selectAll().orderBy('starts_at').execute(),
    )
    expect(claims.map(claim => claim.blocked_until.toISOString())).toEqual([
      at('09:00'),
      at('10:00'),
      at('11:15'),
    ])
  })

  test('staff may move a session there too', async () => {
    expectData(await book(at('09:00')))
    const { id } = expectData(await book(at('13:00')))
    const moved = await business.owner.mutate('bookings.reschedule', { id, startsAt: at('10:00') })
    expect(expectData(moved).booking.startsAt).toBe(at('10:00'))
  })

  test('a client for whom it is waived gets a time without one, and approval of a move keeps it so', async () => {
    await makeBookable(house, business, { coach: { buffer_minutes: 0 } })
    await stand(rule({ waives: ['buffer'] }, { scope: 'tag', target: 'vip' }))
    const neighbour = await makeBookable(house, business, { offer: { step: 15 } })
    expectData(await business.visitor().mutate('bookings.book', bookingInput(neighbour.slug, at('09:00'))))
    const client = await vip('vip')
    expect((await book(at('10:00'))).error).toMatchObject({ code: 'BUFFER' })
    const { id } = expectData(await book(at('12:00'), client))
    await stand(rule({ waives: ['buffer'] }, { scope: 'tag', target: 'vip' }), rule(requests()))
    expectData(await client.api.mutate('bookings.reschedule', { id, startsAt: at('10:00') }))
    const approved = await business.owner.mutate('bookings.approve', { id })
    expect(expectData(approved).booking.startsAt).toBe(at('10:00'))
  })
})

describe('attempts', () => {
  test('are kept with what they were decided by, and decide the same again', async () => {
    const version = await stand(rule(requests(), when('weekday', 'equals', 4)))
    const firm = expectData(await book(at('09:00')))
    const request = expectData(await book(at('09:00', 11)))
    expect(await attempts()).toMatchObject([
      { booking_id: firm.id, outcome: 'firm', code: null, policy_version: version, price_minor: 8000 },
      { booking_id: request.id, outcome: 'request', code: 'RULE', starts_at: new Date(at('09:00', 11)) },
    ])
    const [first] = await attempts()
    expect(first!.facts).toMatchObject([
      { localWeekday: 3, localMinute: 600, zoneDistanceHours: 6, leadMinutes: 11_580, priceMinor: 8000 },
    ])
  })

  test('of an address on record are kept in both ways they were judged', async () => {
    await book(at('09:00'), { email: 'again@client.example' })
    await book(at('11:00'), { email: 'again@client.example' })
    const [, second] = await attempts()
    expect(second!.facts.map(({ client }) => client.bookings)).toEqual([0, 1])
    expect(second!.facts[1]!.gapBeforeMinutes).toBe(60)
  })

  test('that were refused are kept once for a visitor, where a rule or setting refused them', async () => {
    await stand(rule(refuses()))
    const api = business.visitor()
    await api.query('slots.list', { offer: offer.slug, from: at('00:00'), to: at('00:00', 11) })
    for (const time of ['09:00', '09:00', '03:00']) await book(at(time), { api })
    await expect.poll(attempts).toHaveLength(1)
    await book(at('09:00', 11), { api })
    await expect.poll(attempts).toHaveLength(2)
    expect(await attempts()).toMatchObject([
      { outcome: 'refuse', code: 'RULE', booking_id: null, starts_at: new Date(at('09:00')) },
      { outcome: 'refuse', code: 'RULE', starts_at: new Date(at('09:00', 11)) },
    ])
  })

  test('for seats are kept as well, and a rule’s refusal tells its own sentence', async () => {
    const { sessionId, offerId } = await makeSession(house, business, { dates: [at('15:00')] })
    await stand(
      rule(refuses('For members only.'), {
        scope: 'offer',
        target: offerId,
        ...when('weekday', 'equals', 4),
      }),
      rule({ sets: { discountPercent: 10, approvalHours: 3 } }, { scope: 'session', target: sessionId }),
    )
    const other = await makeSession(house, business, {
      ...{ offer: { offerId, slug: 'same' }, dates: [at('15:00', 11)] },
    })
    const visitor = business.visitor()
    expectData(await visitor.mutate('bookings.book', seatInput(sessionId)))
    const refused = await visitor.mutate('bookings.book', seatInput(other.sessionId, 'Dora Client'))
    expect(refused.error).toMatchObject({ code: 'RULE', message: 'For members only.' })
    await expect.poll(attempts).toHaveLength(2)
    expect(await attempts()).toMatchObject([
      { outcome: 'firm', price_minor: 4500, facts: [{ session: { id: sessionId, seatsAsked: 1 } }] },
      { outcome: 'refuse', code: 'RULE', price_minor: 5000, facts: [{ localWeekday: 4, localMinute: 960 }] },
    ])
  })
})
