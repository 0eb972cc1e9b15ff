import type { CancellationTerms } from '@rapport/sdk'
import { cancellationTerms } from '@rapport/sdk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import group from '#plugins/group/index.ts'
import oneOnOne from '#plugins/one-on-one/index.ts'
import workshop from '#plugins/workshop/index.ts'
import {
  cancellationTimeline,
  lateMoveOf,
  type Sale,
  whatCancellingCosts,
  whatNoShowCosts,
} from '#server/domain/cancellation/cost.ts'
import { cancellationTermsFor, defaultTermsOf } from '#server/domain/cancellation/terms.ts'
import { NO_POLICY, type Policy } from '#server/domain/rules/policy.ts'

const HOUR = 3_600_000
const START = Date.UTC(2027, 2, 9, 9)
const ahead = (hours: number, milliseconds = 0) => new Date(START - hours * HOUR + milliseconds)
const kindOf = (plugin: typeof group) => plugin.provides!.kinds![0]!

const day: CancellationTerms = {
  tiers: [
    { hoursBefore: 72, refundPercent: 100, keepsDeposit: false },
    { hoursBefore: 24, refundPercent: 50, keepsDeposit: false },
  ],
  graceMinutes: 15,
  noShowRefundPercent: 0,
  lateMove: { hoursBefore: 24, outcome: 'ask', feePercent: 0 },
}

function sale(
  terms: CancellationTerms | null,
  changes: Partial<Sale> & { moveFeeMinor?: number } = {},
): Sale {
  const { moveFeeMinor = 0, ...rest } = changes
  return {
    sold: terms && { terms, from: 'tenant', policyVersion: 1, moveFeeMinor, movedByStaff: false },
    status: 'CONFIRMED',
    priceMinor: 8000,
    depositMinor: null,
    bookedAt: ahead(1000),
    startsAt: new Date(START),
    ...rest,
  }
}

const byClient = (what: Sale, now: Date) => whatCancellingCosts(what, { by: 'client', now })

describe('What cancelling costs', () => {
  test.each([
    ['long before', ahead(200), 8000, 'tier'],
    ['at the very end of the free window', ahead(72), 8000, 'tier'],
    ['a moment later', ahead(72, 1), 4000, 'tier'],
    ['at the very end of the half window', ahead(24), 4000, 'tier'],
    ['a moment after that', ahead(24, 1), 0, 'late'],
    ['as it starts', ahead(0), 0, 'late'],
  ] as const)('gives back what the terms say %s', (_, now, refundMinor, why) => {
    expect(byClient(sale(day), now)).toEqual({ refundMinor, feeMinor: 8000 - refundMinor, why })
  })

  test('is nothing within fifteen minutes after booking, unless it starts within a day', () => {
    const soon = sale(day, { bookedAt: ahead(30) })
    expect(byClient(soon, ahead(30, 15 * 60_000))).toMatchObject({ feeMinor: 0, why: 'grace' })
    expect(byClient(soon, ahead(30, 15 * 60_000 + 1))).toMatchObject({ feeMinor: 4000, why: 'tier' })
    const tooSoon = sale(day, { bookedAt: ahead(24, 1) })
    expect(byClient(tooSoon, ahead(24, 1))).toMatchObject({ feeMinor: 8000, why: 'late' })
  })

  test('is nothing for a request, for one the coach or the system cancels, and for one without terms', () => {
    const now = ahead(1)
    const nothing = { feeMinor: 0, refundMinor: 8000 }
    expect(byClient(sale(day, { status: 'REQUESTED' }), now)).toMatchObject(nothing)
    for (const by of ['coach', 'system'] as const)
      expect(whatCancellingCosts(sale(day, { moveFeeMinor: 1000 }), { by, now })).toMatchObject(nothing)
    expect(byClient(sale(null), now)).toMatchObject(nothing)
    expect(whatNoShowCosts(sale(null))).toMatchObject(nothing)
  })

  test('is nothing after the coach moved it, however near it then is', () => {
    const moved = sale(day)
    moved.sold!.movedByStaff = true
    expect(byClient(moved, ahead(1))).toMatchObject({ feeMinor: 0, why: 'moved' })
    expect(lateMoveOf(moved, ahead(1))).toBeNull()
  })

  test('adds what late moves cost, and is never more than the price', () => {
    const moved = sale(day, { moveFeeMinor: 3000 })
    expect(byClient(moved, ahead(100))).toEqual({ feeMinor: 3000, refundMinor: 5000, why: 'lateMove' })
    expect(byClient(moved, ahead(48))).toMatchObject({ feeMinor: 7000, refundMinor: 1000 })
    expect(byClient(moved, ahead(1))).toMatchObject({ feeMinor: 8000, refundMinor: 0 })
    expect(whatNoShowCosts(moved)).toMatchObject({ feeMinor: 8000, refundMinor: 0 })
  })

  test('keeps the deposit where the terms say so, and rounds what is left of the rest', () => {
    const terms = { ...day, tiers: [{ hoursBefore: 24, refundPercent: 33, keepsDeposit: true }] }
    const odd = sale(terms, { priceMinor: 10_001, depositMinor: 2500 })
    expect(byClient(odd, ahead(30))).toEqual({ refundMinor: 2475, feeMinor: 7526, why: 'tier' })
    expect(byClient({ ...odd, depositMinor: null }, ahead(30))).toMatchObject({ refundMinor: 3300 })
  })
})

describe('The terms a kind starts out with', () => {
  const termsOf = (plugin: typeof group, minimum: number | null) =>
    defaultTermsOf(kindOf(plugin), {
      settings: {},
      terms: { minimum: minimum && { decidesDaysBefore: minimum } } as never,
    })
  const paid = { priceMinor: 20_000, depositMinor: 5000 }

  test('are free until 24 hours before one on one, 48 of a group, 24 for a kind that says nothing', () => {
    for (const [plugin, hours] of [
      [oneOnOne, 24],
      [group, 48],
    ] as const) {
      const terms = defaultTermsOf(kindOf(plugin), { settings: {}, terms: null })
      expect(byClient(sale(terms), ahead(hours))).toMatchObject({ feeMinor: 0 })
      expect(byClient(sale(terms), ahead(hours, 1))).toMatchObject({ feeMinor: 8000 })
    }
    const { cancellation: _, ...silent } = kindOf(oneOnOne)
    expect(defaultTermsOf(silent, { settings: {}, terms: null }).tiers[0]).toMatchObject({ hoursBefore: 24 })
  })

  test('of a workshop are free until it is certain, then keep the deposit until 14 days before', () => {
    const sold = sale(termsOf(workshop, 30), paid)
    expect(byClient(sold, ahead(30 * 24)).refundMinor).toBe(20_000)
    expect(byClient(sold, ahead(30 * 24, 1)).refundMinor).toBe(15_000)
    expect(byClient(sold, ahead(14 * 24)).refundMinor).toBe(15_000)
    expect(byClient(sold, ahead(14 * 24, 1)).refundMinor).toBe(0)
  })

  test('of a workshop that becomes certain late, or always was, have no window for the balance alone', () => {
    expect(byClient(sale(termsOf(workshop, 7), paid), ahead(7 * 24)).refundMinor).toBe(20_000)
    expect(byClient(sale(termsOf(workshop, 7), paid), ahead(7 * 24, 1)).refundMinor).toBe(0)
    expect(byClient(sale(termsOf(workshop, null), paid), ahead(14 * 24)).refundMinor).toBe(20_000)
  })

  test('give way to the business’s own: for the offer first, then the kind, then all', () => {
    const at = (scope: 'tenant' | 'kind' | 'offer', target: string | null, graceMinutes: number) => ({
      scope,
      target,
      terms: { ...day, graceMinutes },
    })
    const all = [at('tenant', null, 1), at('kind', 'group', 2), at('offer', 'yoga', 3), at('kind', '1on1', 4)]
    const graceOf = (cancellation: Policy['cancellation'], offerId = 'yoga') => {
      const found = cancellationTermsFor({ ...NO_POLICY, version: 7, cancellation }, kindOf(group), {
        offerId,
        settings: {},
        terms: null,
      })
      return [found.from, found.terms.graceMinutes, found.policyVersion]
    }
    expect(graceOf(all)).toEqual(['offer', 3, 7])
    expect(graceOf(all, 'running')).toEqual(['kind', 2, 7])
    expect(graceOf([all[0]!, all[3]!])).toEqual(['tenant', 1, 7])
    expect(graceOf([])).toEqual(['default', 15, 7])
  })
})

describe('A late move', () => {
  const at = (outcome: 'free' | 'ask' | 'fee' | 'refuse', feePercent = 0) => ({
    ...day,
    lateMove: { hoursBefore: 24, outcome, feePercent },
  })

  test('is late a moment after its window ends', () => {
    expect(lateMoveOf(sale(at('ask')), ahead(24))).toMatchObject({ isLate: false, until: ahead(24) })
    expect(lateMoveOf(sale(at('ask')), ahead(24, 1))).toMatchObject({ isLate: true, outcome: 'ask' })
    expect(lateMoveOf(sale(at('free')), ahead(1))).toBeNull()
    expect(lateMoveOf(sale(at('ask'), { status: 'REQUESTED' }), ahead(1))).toBeNull()
  })

  test('costs a part of the price, and all moves together no more than the price', () => {
    expect(lateMoveOf(sale(at('fee', 15), { priceMinor: 9999 }), ahead(1))).toMatchObject({ feeMinor: 1500 })
    expect(lateMoveOf(sale(at('fee', 60), { moveFeeMinor: 4800 }), ahead(1))).toMatchObject({
      feeMinor: 3200,
    })
  })

  test('is none where it adds nothing to what is owed: of what is free, and once the price is reached', () => {
    expect(lateMoveOf(sale(at('fee', 60), { priceMinor: 0 }), ahead(1))).toBeNull()
    expect(lateMoveOf(sale(at('fee', 60), { moveFeeMinor: 8000 }), ahead(1))).toBeNull()
    expect(lateMoveOf(sale(at('refuse'), { priceMinor: 0 }), ahead(1))).toMatchObject({ isLate: true })
  })

  test('isn’t late in the grace after booking', () => {
    const terms = { ...at('refuse'), lateMove: { ...at('refuse').lateMove, hoursBefore: 48 } }
    expect(lateMoveOf(sale(terms, { bookedAt: ahead(30) }), ahead(30))).toMatchObject({ isLate: false })
  })
})

const arbitraryTerms: fc.Arbitrary<CancellationTerms> = fc
  .record({
    hours: fc.uniqueArray(fc.nat(200), { maxLength: 4 }),
    percents: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 4 }),
    keepsFrom: fc.nat(4),
    graceMinutes: fc.nat(1440),
    lateMove: fc.record({
      hoursBefore: fc.nat(100),
      outcome: fc.constantFrom('free' as const, 'ask' as const, 'fee' as const, 'refuse' as const),
      feePercent: fc.integer({ min: 1, max: 100 }),
    }),
  })
  .map(({ hours, percents, keepsFrom, ...rest }) => {
    const falling = percents.toSorted((a, b) => b - a)
    const tiers = hours
      .toSorted((a, b) => b - a)
      .map((hoursBefore, at) => ({
        hoursBefore,
        refundPercent: falling[at]!,
        keepsDeposit: at >= keepsFrom,
      }))
    return { tiers, noShowRefundPercent: 0, ...rest }
  })

const arbitrarySale = fc
  .record({
    terms: arbitraryTerms,
    priceMinor: fc.oneof(fc.constant(0), fc.nat(100_000)),
    deposit: fc.option(fc.nat(100)),
    moveFee: fc.nat(100),
    booked: fc.nat(300),
  })
  .map(({ terms, priceMinor, deposit, moveFee, booked }) =>
    sale(terms, {
      priceMinor,
      depositMinor: deposit === null ? null : Math.floor((priceMinor * deposit) / 100),
      moveFeeMinor: Math.floor((priceMinor * moveFee) / 100),
      bookedAt: ahead(booked),
    }),
  )

describe('Whatever the terms', () => {
  test('are such as the schema lets through', () => {
    fc.assert(fc.property(arbitraryTerms, terms => cancellationTerms.safeParse(terms).success))
  })

  test('fee and refund make up the price, and what comes back never rises as the start nears', () => {
    fc.assert(
      fc.property(arbitrarySale, fc.array(fc.nat(300 * 60), { maxLength: 12 }), (sold, minutes) => {
        const costs = minutes
          .toSorted((a, b) => b - a)
          .map(left => byClient(sold, new Date(START - left * 60_000)))
        for (const { feeMinor, refundMinor } of [...costs, whatNoShowCosts(sold)]) {
          expect(feeMinor + refundMinor).toBe(sold.priceMinor)
          expect(Number.isInteger(refundMinor) && refundMinor >= 0 && feeMinor >= 0).toBe(true)
        }
        costs.forEach((cost, at) => {
          if (at > 0) expect(cost.refundMinor).toBeLessThanOrEqual(costs[at - 1]!.refundMinor)
        })
      }),
    )
  })

  test('the timeline has no gap, falls with each step and agrees with the cost at every instant', () => {
    fc.assert(
      fc.property(arbitrarySale, fc.nat(300 * 60), fc.nat(1000), (sold, left, part) => {
        const now = new Date(START - left * 60_000)
        const steps = cancellationTimeline(sold, now)
        if (left === 0) {
          expect(steps).toEqual([])
          return
        }
        expect(steps[0]!.from).toEqual(now)
        expect(steps.at(-1)!.until).toEqual(sold.startsAt)
        steps.forEach((step, at) => {
          const next = steps[at + 1]
          if (next) {
            expect(next.from).toEqual(step.until)
            expect(next.refundMinor).toBeLessThan(step.refundMinor)
          }
          const length = step.until.getTime() - step.from.getTime()
          const within = new Date(step.until.getTime() - Math.floor((length * part) / 1001))
          const { why: _, ...cost } = byClient(sold, within)
          expect(cost).toEqual({ feeMinor: step.feeMinor, refundMinor: step.refundMinor })
        })
      }),
    )
  })
})
