import { type CancellationTerms, cancellationTerms } from '@rapport/sdk'
import { describe, expect, test } from 'vitest'
import { cancellationSchema } from '#server/domain/cancellation/schema.ts'
import { cancellationSentences, costSentence, freeSentences } from '#server/domain/cancellation/sentences.ts'

const terms: CancellationTerms = {
  tiers: [
    { hoursBefore: 720, refundPercent: 100, keepsDeposit: false },
    { hoursBefore: 336, refundPercent: 100, keepsDeposit: true },
    { hoursBefore: 36, refundPercent: 50, keepsDeposit: true },
  ],
  graceMinutes: 15,
  noShowRefundPercent: 0,
  lateMove: { hoursBefore: 24, outcome: 'fee', feePercent: 20 },
}
const startsAt = new Date('2027-03-09T09:00:00Z')

describe('Cancellation terms in words', () => {
  test('are read out line by line, the earliest first', () => {
    expect(cancellationSentences(terms)).toEqual([
      'Cancel free of charge until 30 days before it starts.',
      'After that, all but the deposit back until 14 days before it starts.',
      'After that, 50 % of the rest after the deposit back until 36 hours before it starts.',
      'Later than that, nothing comes back.',
      'Within 15 minutes after booking it is free in any case, if it starts at least a day later.',
      'If you don’t come, nothing comes back.',
      'Moving it later than 24 hours before it starts costs 20 % of the price.',
    ])
  })

  test('say of a free offer only what moving it late means', () => {
    const asks = { ...terms, lateMove: { ...terms.lateMove, outcome: 'ask' as const } }
    expect(cancellationSentences(asks, { isFree: true })).toEqual([
      'Cancel at any time before it starts.',
      'Moving it later than 24 hours before it starts is up to your coach.',
    ])
    expect(cancellationSentences(terms, { isFree: true })).toEqual(['Cancel at any time before it starts.'])
  })

  test('don’t hide what staying away costs when staff moved it', () => {
    const free = 'It can be cancelled free of charge until it starts.'
    expect(freeSentences(terms)).toEqual([free, 'If you don’t come, nothing comes back.'])
    expect(freeSentences(terms, { isFree: true })).toEqual([free])
    expect(freeSentences(null)).toEqual([free])
  })

  test('promise nothing where nothing is given back, and everything where all is', () => {
    const move = { hoursBefore: 0, outcome: 'free' as const, feePercent: 0 }
    expect(
      cancellationSentences({ tiers: [], graceMinutes: 0, noShowRefundPercent: 0, lateMove: move }),
    ).toEqual([
      'Once it is booked, nothing comes back when you cancel.',
      'If you don’t come, nothing comes back.',
    ])
    const tiers = [{ hoursBefore: 0, refundPercent: 100, keepsDeposit: false }]
    expect(
      cancellationSentences({ tiers, graceMinutes: 15, noShowRefundPercent: 100, lateMove: move }),
    ).toEqual(['Cancel free of charge until it starts.'])
  })

  test('say why nothing comes back, with the time that is left', () => {
    const now = new Date('2027-03-09T04:00:00Z')
    const say = (cost: Parameters<typeof costSentence>[0]) => costSentence(cost, { startsAt, now })
    expect(say({ feeMinor: 8000, refundMinor: 0, why: 'late' })).toBe('No refund: it starts in 5 hours.')
    expect(say({ feeMinor: 0, refundMinor: 8000, why: 'tier' })).toBe('Free: it starts in 5 hours.')
    expect(say({ feeMinor: 2000, refundMinor: 6000, why: 'lateMove' })).toBe(
      'Free but for what moving it late has cost.',
    )
    expect(say({ feeMinor: 0, refundMinor: 8000, why: 'request' })).toBe(
      'Withdrawing a request costs nothing.',
    )
  })
})

describe('Terms that can’t be kept', () => {
  const first = terms.tiers[0]!
  test.each<[string, Partial<CancellationTerms>, string]>([
    ['lines out of order', { tiers: [first, first] }, 'tiers.1.hoursBefore'],
    [
      'more back nearer to the start',
      {
        tiers: [
          { ...first, refundPercent: 50 },
          { ...first, hoursBefore: 24 },
        ],
      },
      'tiers.1.refundPercent',
    ],
    [
      'a deposit that comes back nearer to the start',
      {
        tiers: [
          { ...first, keepsDeposit: true },
          { ...first, hoursBefore: 24 },
        ],
      },
      'tiers.1.keepsDeposit',
    ],
    ['more for staying away than for cancelling late', { noShowRefundPercent: 50 }, 'noShowRefundPercent'],
    ['a fee of nothing', { lateMove: { ...terms.lateMove, feePercent: 0 } }, 'lateMove.feePercent'],
  ])('are refused by the field: %s', (_, changes, field) => {
    const { error } = cancellationTerms.safeParse({ ...terms, ...changes })
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('are refused twice for one target, and without one', () => {
    const faults = (rules: unknown) =>
      cancellationSchema.safeParse(rules).error?.issues.map(({ path }) => path.join('.'))
    expect(faults([{ scope: 'tenant', target: null, terms }])).toBeUndefined()
    expect(faults([{ scope: 'kind', target: null, terms }])).toEqual(['0.target'])
    const group = { scope: 'kind', target: 'group', terms }
    expect(faults([group, group])).toEqual(['1.target'])
  })
})
