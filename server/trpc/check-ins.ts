import { z } from 'zod'
import { readCheckInToken } from '#server/domain/booking/manage-token.ts'
import { findCheckIn } from '#server/domain/check-ins/find-check-in.ts'
import { setCheckIn } from '#server/domain/check-ins/set-check-in.ts'
import { notFound } from '#server/domain/refusal.ts'
import { memberProcedure, router } from './base.ts'
import { command, query } from './context.ts'
import { id, text } from './inputs.ts'
import { plain } from './plain.ts'

export const checkIns = router({
  /** Whose seat a scanned QR code is, of which session, which date is today and whether it is checked in already. */
  find: memberProcedure('bookings.seeOwn')
    .input(z.object({ token: text(100, 1) }))
    .query(async ({ ctx, input }) => {
      const seat = readCheckInToken(ctx.house.secrets, ctx.tenant.id, input.token)
      if (!seat) throw notFound('seat')
      return plain(await query(ctx, asked => findCheckIn(asked, seat)))
    }),

  /** Checks a seat in on one of the session's dates, or takes that back: see `setCheckIn`. */
  set: memberProcedure('bookings.answerOwn')
    .input(
      z.object({
        bookingId: id,
        seat: z.int().min(1).max(100),
        position: z.int().min(0).max(1000),
        present: z.boolean(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await command(ctx, asked => setCheckIn(asked, input))
      return {}
    }),
})
