import { z } from 'zod'
import { impact as findImpact } from '#server/domain/policies/impact.ts'
import { simulate as simulateChange } from '#server/domain/policies/simulate.ts'
import { coachSettingsSchema } from '#server/domain/rules/settings.ts'
import { memberProcedure } from './base.ts'
import { query } from './context.ts'
import { overrideInput, timeOffInput, weekInput } from './hours.ts'
import { id, policyVersion } from './inputs.ts'
import { changedOffer } from './offers.ts'
import { plain } from './plain.ts'

const settings = z.object({ coachId: id, settings: coachSettingsSchema })

/** What the procedures that save take, each with what it is a change of. */
const change = z.discriminatedUnion('of', [
  z.object({ of: z.literal('draft') }),
  z.object({ of: z.literal('version'), version: policyVersion }),
  settings.extend({ of: z.literal('settings') }),
  weekInput.extend({ of: z.literal('week') }),
  overrideInput.extend({ of: z.literal('override') }),
  timeOffInput.extend({ of: z.literal('timeOff') }),
  changedOffer.extend({ of: z.literal('offer') }),
])

/**
 * What the attempts of the last days would have come to under the draft, or other settings of a coach: a chunk at a
 * time, to be added up until `nextCursor` is null.
 */
export const simulate = memberProcedure('policies.see')
  .input(
    z.object({
      useDraft: z.boolean().default(true),
      settings: settings.optional(),
      days: z.int().min(1).max(365).default(90),
      cursor: z.string().max(60).nullable().default(null),
    }),
  )
  .query(async ({ ctx, input }) => plain(await query(ctx, asked => simulateChange(asked, input))))

/** The bookings to come that would no longer fit after a change that isn't saved yet, each with why. */
export const impact = memberProcedure('policies.see')
  .input(z.object({ change }))
  .query(async ({ ctx, input }) => ({
    affected: plain(await query(ctx, asked => findImpact(asked, input.change))),
  }))
