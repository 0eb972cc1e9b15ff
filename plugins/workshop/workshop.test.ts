import { type PriceAsk, type SessionTerms, sessionTerms } from '@rapport/sdk'
import { sessionKindContract } from '@rapport/sdk/testing'
import { describe, expect, test } from 'vitest'
import workshop from './index.ts'

const [kind] = workshop.provides!.kinds!
const rules = kind!.sessions!
const venue = { address: 'Lindenstr. 5, Berlin', mapUrl: null, travelNote: '' }
const phases = [
  { name: 'early_bird', priceMinor: 15_000, endsDaysBefore: 30, seats: 4 },
  { name: 'regular', priceMinor: 18_000, endsDaysBefore: 7, seats: null },
  { name: 'late', priceMinor: 21_000, endsDaysBefore: null, seats: null },
] as const

sessionKindContract(kind!)

describe('the price', () => {
  const terms = sessionTerms.parse({ phases, maxSeatsPerBooking: 4 })
  const [early, regular, late] = phases
  const ask: PriceAsk = {
    ...{ priceMinor: 18_000, terms, seats: 1, sold: 0, connected: false },
    ...{ discountPercent: 0, depositPercent: null },
    phases: [
      { ...early, until: new Date('2027-05-01T09:00:00Z') },
      { ...regular, until: new Date('2027-05-24T09:00:00Z') },
      { ...late, until: null },
    ],
    now: new Date('2027-04-20T09:00:00Z'),
  }

  test.each([
    ['2027-05-01T08:59:59.999Z', 'early_bird', 15_000],
    ['2027-05-01T09:00:00Z', 'regular', 18_000],
    ['2027-05-24T09:00:00Z', 'late', 21_000],
  ])('at %s it is that of %s (301–303)', (now, name, amountMinor) => {
    expect(rules.price({ ...ask, now: new Date(now) })).toMatchObject({ amountMinor, phase: { name } })
  })

  test('of seats that straddle two phases says how many are of which (276)', () => {
    expect(rules.price({ ...ask, sold: 3, seats: 3 })).toMatchObject({
      amountMinor: 51_000,
      lines: [
        { label: '1 × Early bird', amountMinor: 15_000 },
        { label: '2 × Regular price', amountMinor: 36_000 },
      ],
      phase: { name: 'early_bird', seatsLeft: 1 },
    })
  })

  test('asks for the deposit of each seat at once, and for no more than the seats cost (304, 305)', () => {
    const withDeposit = { ...terms, deposit: { amountMinor: 5000, balanceDaysBefore: 14 } }
    expect(rules.price({ ...ask, terms: withDeposit, seats: 2 }).depositMinor).toBe(10_000)
    const nearlyFree = { ...withDeposit, connectedPercent: 90 }
    expect(rules.price({ ...ask, terms: nearlyFree, connected: true }).depositMinor).toBeNull()
  })
})

describe('terms are refused where', () => {
  test.each<[string, Partial<Record<keyof SessionTerms, unknown>>, string]>([
    [
      'phases come in the wrong order',
      { phases: [phases[1], { ...phases[0], endsDaysBefore: null }] },
      'phases.1.name',
    ],
    [
      'a phase ends before the one before it',
      { phases: [phases[0], { ...phases[1], endsDaysBefore: 40 }, phases[2]] },
      'phases.1.endsDaysBefore',
    ],
    [
      'two phases end on the same day',
      { phases: [phases[0], { ...phases[1], endsDaysBefore: 30 }, phases[2]] },
      'phases.1.endsDaysBefore',
    ],
    [
      'the last phase ends, which leaves a gap',
      { phases: [phases[0], phases[1]] },
      'phases.1.endsDaysBefore',
    ],
    ['the last phase has a number of seats', { phases: [{ ...phases[2], seats: 4 }] }, 'phases.0.seats'],
    [
      'a phase never ends',
      { phases: [{ ...phases[0], endsDaysBefore: null, seats: null }, phases[2]] },
      'phases.0.endsDaysBefore',
    ],
    [
      'a phase has fewer seats than the one before',
      { phases: [phases[0], { ...phases[1], seats: 4 }, phases[2]] },
      'phases.1.seats',
    ],
    ['booking closes before a phase ends', { phases, closesHoursBefore: 200 }, 'phases.1.endsDaysBefore'],
    [
      'the deposit is more than the lowest price',
      { phases, deposit: { amountMinor: 15_001, balanceDaysBefore: 7 } },
      'deposit.amountMinor',
    ],
    ['the deposit is nothing', { deposit: { amountMinor: 0, balanceDaysBefore: 7 } }, 'deposit.amountMinor'],
    [
      'the minimum is above the seats there are',
      { capacity: 5, minimum: { seats: 6, decidesDaysBefore: 7, otherwise: 'ask' } },
      'minimum.seats',
    ],
    [
      'it is extended beyond the start',
      { minimum: { seats: 6, decidesDaysBefore: 7, otherwise: 'extend', extendsDays: 7 } },
      'minimum.extendsDays',
    ],
    ['people meet in person nowhere', { format: 'in_person' }, 'venue.address'],
    ['both ways of taking part have one quota', { format: 'hybrid', venue }, 'onlineCapacity'],
    ['one way of taking part has two quotas', { onlineCapacity: 5 }, 'onlineCapacity'],
    [
      'a booking may have more seats than there are',
      { capacity: 2, maxSeatsPerBooking: 3 },
      'maxSeatsPerBooking',
    ],
  ])('%s', (_, terms, field) => {
    const problems = rules.check(sessionTerms.parse(terms), { priceMinor: 18_000 })
    expect(problems.map(problem => problem.field)).toEqual([field])
  })
})

test('a price may hold for the first seats only, without a day', () => {
  const terms = sessionTerms.parse({ phases: [{ ...phases[0], endsDaysBefore: null }, phases[2]] })
  expect(rules.check(terms, { priceMinor: 18_000 })).toEqual([])
})

test('held both ways it has seats in the room and seats online (300)', () => {
  const terms = sessionTerms.parse({ format: 'hybrid', venue, capacity: 8, onlineCapacity: 20 })
  expect(rules.check(terms, { priceMinor: 18_000 })).toEqual([])
  expect(rules.seats(terms)).toEqual([
    { mode: 'in_person', capacity: 8 },
    { mode: 'online', capacity: 20 },
  ])
})
