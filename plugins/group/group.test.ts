import { sessionTerms } from '@rapport/sdk'
import { sessionKindContract } from '@rapport/sdk/testing'
import { expect, test } from 'vitest'
import group from './index.ts'

const [kind] = group.provides!.kinds!
const rules = kind!.sessions!
const now = new Date('2027-03-01T09:00:00Z')
const ask = {
  priceMinor: 2000,
  phases: [],
  seats: 1,
  sold: 0,
  connected: false,
  discountPercent: 0,
  depositPercent: null,
  now,
}

sessionKindContract(kind!)

test('its seats are confirmed at once, whatever the coach asks of one-on-one sessions (C11)', () => {
  expect(kind!.appliesApproval).toBe(false)
})

test('three seats or more cost ten percent less (280)', () => {
  const terms = sessionTerms.parse({ maxSeatsPerBooking: 5, groupDiscount: { seats: 3, percent: 10 } })
  expect(rules.price({ ...ask, terms, seats: 2 }).amountMinor).toBe(4000)
  expect(rules.price({ ...ask, terms, seats: 3 })).toMatchObject({
    amountMinor: 5400,
    lines: [
      { label: '3 seats', amountMinor: 6000 },
      { label: 'Group of 3 or more, 10 % off', amountMinor: -600 },
    ],
  })
})

test('a connected client’s discount comes on top of the group’s, each in whole cents (281)', () => {
  const groupDiscount = { seats: 3, percent: 10 }
  const terms = sessionTerms.parse({ maxSeatsPerBooking: 5, groupDiscount, connectedPercent: 15 })
  const { lines, amountMinor } = rules.price({ ...ask, priceMinor: 1999, terms, seats: 3, connected: true })
  expect(lines.map(line => line.amountMinor)).toEqual([5997, -600, -810])
  expect(amountMinor).toBe(4587)
})

test('of a rule’s discount and the connected client’s only the better one counts (C28)', () => {
  const terms = sessionTerms.parse({ connectedPercent: 15 })
  const labels = (discountPercent: number) =>
    rules.price({ ...ask, terms, connected: true, discountPercent }).lines.map(line => line.label)
  expect(labels(10)).toEqual(['1 seat', 'Connected client, 15 % off'])
  expect(labels(20)).toEqual(['1 seat', 'Discount, 20 % off'])
  expect(rules.price({ ...ask, terms, discountPercent: 100 }).amountMinor).toBe(0)
})

test('a deposit that a rule asks for is a part of what is left to pay', () => {
  const { amountMinor, depositMinor } = rules.price({
    ...{ ...ask, terms: sessionTerms.parse({}) },
    ...{ discountPercent: 50, depositPercent: 25 },
  })
  expect([amountMinor, depositMinor]).toEqual([1000, 250])
})

test('a discount nobody could get is refused with the way out', () => {
  const terms = sessionTerms.parse({ groupDiscount: { seats: 3, percent: 10 } })
  expect(rules.check(terms, { priceMinor: 2000 })).toEqual([
    { field: 'groupDiscount.seats', sentence: expect.stringContaining('Allow more seats') },
  ])
})

test('it takes no deposit and needs no minimum', () => {
  const terms = sessionTerms.parse({ deposit: { amountMinor: 500, balanceDaysBefore: 7 } })
  expect(rules.check(terms, { priceMinor: 2000 })).toEqual([
    { field: 'deposit', sentence: expect.stringContaining('don’t have this') },
  ])
})

test('a deposit is never nothing: where its part rounds to nothing, it is the smallest amount there is', () => {
  const due = (priceMinor: number, depositPercent: number) =>
    rules.price({ ...ask, terms: sessionTerms.parse({}), priceMinor, depositPercent }).depositMinor
  expect([due(30, 1), due(2, 10), due(1, 10), due(0, 10), due(30, 100)]).toEqual([1, 1, null, null, null])
})
