import { z } from 'zod'
import { joinAsClient, joinAsStaff } from '#server/domain/rooms/join-room.ts'
import { memberProcedure, publicProcedure, router } from './base.ts'
import { bookingHandle, findHandled } from './booking-handle.ts'
import { query } from './context.ts'
import { id } from './inputs.ts'

/** What the addresses `/b/{token}/join` and `/admin/sessions/{id}/join` lead to. */
export const rooms = router({
  /** The room of a booking's session for its client: its address from 15 minutes before the start until an hour after the end. */
  join: publicProcedure.input(bookingHandle).query(async ({ ctx, input }) => {
    const { id: bookingId, actor } = await findHandled(ctx, input)
    return query(ctx, asked => joinAsClient({ ...asked, kind: ctx.house.kind }, bookingId), actor)
  }),

  /** The same for staff, who enter as the host where the provider has an address for that. */
  joinAsStaff: memberProcedure('bookings.seeOwn')
    .input(z.object({ session: id }))
    .query(({ ctx, input }) =>
      query(ctx, asked => joinAsStaff({ ...asked, kind: ctx.house.kind }, input.session)),
    ),
})
