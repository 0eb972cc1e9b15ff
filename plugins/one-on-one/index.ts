import { definePlugin } from '@rapport/sdk'
import { z } from 'zod'

/** One client with one coach, at a time the client picks from the coach's hours. */
export default definePlugin({
  id: 'one-on-one',
  name: 'One-on-one sessions',
  description: 'One client with one coach, at a time the client picks from the coach’s hours.',
  version: '1.0.0',
  sdk: 1,
  provides: {
    kinds: [
      {
        id: '1on1',
        label: 'One-on-one session',
        description: 'One client, at a time picked from the coach’s hours.',
        settings: z.object({
          meets: z
            .enum(['online', 'in_person'])
            .default('online')
            .describe('Where you meet: online with a video link, or in person at the offer’s location'),
        }),
        bookedBy: 'slot',
        appliesApproval: true,
        occupies: ({ durationMinutes }) => ({ durationMinutes, capacity: 1 }),
        format: ({ settings }) => (settings.meets === 'in_person' ? 'in_person' : 'online'),
        cancellation: () => ({
          tiers: [{ hoursBefore: 24, refundPercent: 100, keepsDeposit: false }],
          graceMinutes: 15,
          noShowRefundPercent: 0,
          lateMove: { hoursBefore: 24, outcome: 'ask', feePercent: 0 },
        }),
      },
    ],
  },
})
