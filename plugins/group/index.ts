import { checkTerms, definePlugin, priceSeats, seatQuotas, type TermsSection } from '@rapport/sdk'
import { z } from 'zod'

const sections: readonly TermsSection[] = [
  'format',
  'phases',
  'groupDiscount',
  'connectedDiscount',
  'approval',
  'reminders',
  'interaction',
]

/** Several clients at a time, each with a seat that is confirmed at once (267–296). */
export default definePlugin({
  id: 'group',
  name: 'Group sessions',
  description: 'Several clients at a time, once or week after week, with seats that are confirmed at once.',
  version: '1.0.0',
  sdk: 1,
  provides: {
    kinds: [
      {
        id: 'group',
        label: 'Group session',
        description: 'Several clients at a time you set, once or week after week.',
        settings: z.object({}),
        bookedBy: 'session',
        appliesApproval: false,
        occupies: ({ durationMinutes }) => ({ durationMinutes, capacity: 1 }),
        format: ({ terms }) => terms?.format ?? 'online',
        cancellation: () => ({
          tiers: [{ hoursBefore: 48, refundPercent: 100, keepsDeposit: false }],
          graceMinutes: 15,
          noShowRefundPercent: 0,
          lateMove: { hoursBefore: 48, outcome: 'refuse', feePercent: 0 },
        }),
        sessions: {
          dates: 'one',
          repeats: true,
          sections,
          defaults: { capacity: 10 },
          check: (terms, offer) => checkTerms(terms, offer, sections),
          seats: seatQuotas,
          price: priceSeats,
        },
      },
    ],
  },
})
