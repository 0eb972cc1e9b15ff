import type { MakeTemplate } from './template.ts'

/** A plugin with a kind of session of its own. */
export const sessionKind: MakeTemplate = ({ id, name, variable }) => ({
  index: `import { definePlugin } from '@rapport/sdk'
import { z } from 'zod'

/** A kind of session: pure and synchronous, since it may run while a booking is being made. */
export default definePlugin({
  id: '${id}',
  name: '${name}',
  description: 'Sessions of the kind “${name}”.',
  version: '0.1.0',
  sdk: 1,
  provides: {
    kinds: [
      {
        id: '${id}',
        label: '${name}',
        description: 'One client, at a time picked from the coach’s hours.',
        settings: z.object({
          preparation: z
            .number()
            .int()
            .min(0)
            .max(60)
            .default(0)
            .describe('Minutes to prepare: of the coach’s time, right after the session'),
        }),
        bookedBy: 'slot',
        appliesApproval: true,
        occupies: ({ durationMinutes, settings }) => ({
          durationMinutes: durationMinutes + Number(settings.preparation ?? 0),
          capacity: 1,
        }),
        format: () => 'online',
      },
    ],
  },
})
`,
  test: `import { pluginContract, sessionKindContract } from '@rapport/sdk/testing'
import { expect, test } from 'vitest'
import ${variable} from './index.ts'

const [kind] = ${variable}.provides!.kinds!

pluginContract(${variable})
sessionKindContract(kind!)

test('the time to prepare is taken too', () => {
  expect(kind!.occupies({ durationMinutes: 50, settings: { preparation: 10 } }).durationMinutes).toBe(60)
})
`,
})
