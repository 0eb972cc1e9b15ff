import { definePlugin } from '@rapport/sdk'
import { z } from 'zod'

/** One client with one coach, at a time the client picks from the coach's hours. */
export default definePlugin({
  id: 'one-on-one',
  name: 'One-on-one sessions',
  version: '1.0.0',
  sdk: 1,
  provides: {
    kinds: [
      {
        id: '1on1',
        label: 'One-on-one session',
        settings: z.object({}),
        bookedBy: 'slot',
        appliesApproval: true,
        occupies: ({ durationMinutes }) => ({ durationMinutes, capacity: 1 }),
      },
    ],
  },
})
