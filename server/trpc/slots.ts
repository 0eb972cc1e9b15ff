import { z } from 'zod'
import { listSlots } from '#server/domain/availability/list-slots.ts'
import { publicProcedure, router } from './base.ts'
import { query } from './context.ts'
import { id, instant, slugOrId, text, timeZone } from './inputs.ts'
import { slotViewer } from './visitor.ts'

export const slots = router({
  /**
   * The slots of an offer that start in [from, to), at most 62 days, for whoever asks (056, 057, 324–329). Clients
   * get what is available, with whether it would be confirmed at once; staff also what is taken. `timeZone` is
   * the one the caller shows them in; instants are UTC all the same.
   */
  list: publicProcedure
    .input(
      z.object({
        offer: slugOrId,
        coachId: id.optional(),
        from: instant,
        to: instant,
        timeZone: timeZone.optional(),
        invite: text(200).optional(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const viewer = slotViewer(ctx, input.invite, input.timeZone)
      const { slots, ...list } = await query(ctx, query =>
        listSlots({ ...query, kind: ctx.house.kind }, ctx.house.calendars, viewer, input),
      )
      return {
        slots: slots.map(slot => ({
          ...slot,
          startsAt: new Date(slot.startsAt).toISOString(),
          endsAt: new Date(slot.endsAt).toISOString(),
        })),
        ...list,
        timeZone: input.timeZone ?? ctx.tenant.timeZone,
      }
    }),
})
