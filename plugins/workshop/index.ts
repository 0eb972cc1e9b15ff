import {
  type CancellationTerms,
  checkTerms,
  definePlugin,
  priceSeats,
  seatQuotas,
  TERMS_SECTIONS,
} from '@rapport/sdk'
import { z } from 'zod'

/** The balance of what was paid comes back until so long before the start. */
const BALANCE_DAYS = 14

/** A course on one or several dates, with all that registration may need (297–323). */
export default definePlugin({
  id: 'workshop',
  name: 'Workshops',
  description:
    'Courses on one or several dates, with prices by phase, a deposit and a minimum of participants.',
  version: '1.0.0',
  sdk: 1,
  provides: {
    kinds: [
      {
        id: 'workshop',
        label: 'Workshop',
        description: 'A course on one or several dates: early prices, a deposit, a minimum, certificates.',
        settings: z.object({}),
        bookedBy: 'session',
        appliesApproval: false,
        occupies: ({ durationMinutes }) => ({ durationMinutes, capacity: 1 }),
        format: ({ terms }) => terms?.format ?? 'online',
        cancellation: ({ terms }) => cancellationOf(terms?.minimum?.decidesDaysBefore ?? BALANCE_DAYS),
        sessions: {
          dates: 'several',
          repeats: false,
          sections: TERMS_SECTIONS,
          defaults: { capacity: 12, reminderDaysBefore: [7] },
          check: (terms, offer) => checkTerms(terms, offer, TERMS_SECTIONS),
          seats: seatQuotas,
          price: priceSeats,
        },
      },
    ],
  },
})

/**
 * Free until it is settled that the workshop is held; then the deposit is kept, and the balance comes back until two
 * weeks before. One that is settled later than that is free until then, since nobody is bound to what isn't certain.
 */
function cancellationOf(certainDaysBefore: number): CancellationTerms {
  const free = { hoursBefore: certainDaysBefore * 24, refundPercent: 100, keepsDeposit: false }
  const balance = { hoursBefore: BALANCE_DAYS * 24, refundPercent: 100, keepsDeposit: true }
  return {
    tiers: certainDaysBefore > BALANCE_DAYS ? [free, balance] : [free],
    graceMinutes: 15,
    noShowRefundPercent: 0,
    lateMove: { hoursBefore: free.hoursBefore, outcome: 'refuse', feePercent: 0 },
  }
}
