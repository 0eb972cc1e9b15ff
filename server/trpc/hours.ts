import { z } from 'zod'
import { readHours } from '#server/domain/hours/read-hours.ts'
import { saveOverride } from '#server/domain/hours/save-override.ts'
import { saveWeek } from '#server/domain/hours/save-week.ts'
import { addTimeOff, removeTimeOff } from '#server/domain/hours/time-off.ts'
import { memberProcedure, router } from './base.ts'
import { command, query } from './context.ts'
import { id, instant, localDate, text, timeZone } from './inputs.ts'
import { plain } from './plain.ts'

const range = z.object({ startMinute: z.int().min(0).max(1439), endMinute: z.int().min(1).max(2880) })

/** A range may run across midnight, up to a day. */
function lastsUpToADay({ startMinute, endMinute }: z.infer<typeof range>, context: z.core.$RefinementCtx) {
  if (endMinute > startMinute && endMinute <= startMinute + 1440) return
  context.addIssue({ code: 'custom', path: ['endMinute'], message: 'must lie after the start, within a day' })
}

export const weekInput = z.object({
  coachId: id,
  timeZone: timeZone.optional(),
  hours: z.array(range.extend({ weekday: z.int().min(1).max(7) }).superRefine(lastsUpToADay)).max(84),
})

export const overrideInput = z.object({
  coachId: id,
  date: localDate,
  ranges: z.array(range.superRefine(lastsUpToADay)).max(12).nullable(),
})

export const timeOffInput = z.object({
  coachId: id,
  startsAt: instant,
  endsAt: instant,
  note: text(200).default(''),
})

const staff = memberProcedure('coaches.editOwn')

export const hours = router({
  get: staff
    .input(z.object({ coachId: id }))
    .query(async ({ ctx, input }) => plain(await query(ctx, asked => readHours(asked, input)))),

  saveWeek: staff.input(weekInput).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => saveWeek(asked, input))
    return {}
  }),

  saveOverride: staff.input(overrideInput).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => saveOverride(asked, input))
    return {}
  }),

  addTimeOff: staff
    .input(timeOffInput)
    .mutation(({ ctx, input }) => command(ctx, asked => addTimeOff(asked, input))),

  removeTimeOff: staff.input(z.object({ coachId: id, id })).mutation(async ({ ctx, input }) => {
    await command(ctx, asked => removeTimeOff(asked, input))
    return {}
  }),
})
