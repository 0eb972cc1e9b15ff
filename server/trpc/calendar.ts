import { z } from 'zod'
import { showCalendar } from '#server/domain/calendar/show-calendar.ts'
import { memberProcedure, router } from './base.ts'
import { query } from './context.ts'
import { id, instant } from './inputs.ts'
import { plain } from './plain.ts'

const LONGEST = 62 * 86_400_000

const window = z
  .object({ coachId: id.optional(), from: instant, to: instant })
  .refine(({ from, to }) => to > from, { path: ['to'], message: 'must lie after from' })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= LONGEST, {
    path: ['to'],
    message: 'must lie within 62 days of from',
  })

export const calendar = router({
  /** Open hours, bookings, holds and time off of one coach or all in [from, to), at most 62 days (026). */
  week: memberProcedure('bookings.seeOwn')
    .input(window)
    .query(async ({ ctx, input }) => plain(await query(ctx, asked => showCalendar(asked, input)))),
})
