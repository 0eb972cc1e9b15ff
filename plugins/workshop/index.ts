import { checkTerms, definePlugin, priceSeats, seatQuotas, TERMS_SECTIONS } from '@rapport/sdk'
import { z } from 'zod'

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
