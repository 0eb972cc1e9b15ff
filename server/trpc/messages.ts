import { z } from 'zod'
import { stopQuestions } from '#server/domain/notifications/stop-questions.ts'
import { memberProcedure, publicProcedure, router, signedInProcedure } from './base.ts'
import { findHandled } from './booking-handle.ts'
import { command } from './context.ts'
import { id, text } from './inputs.ts'

export const messages = router({
  /** Work that failed for good, messages first of all, newest first (357). */
  listFailed: memberProcedure('business.edit').query(async ({ ctx }) => {
    const jobs = await ctx.house.jobs.listFailed(ctx.tenant.id)
    return {
      failed: jobs.map(({ id, queue, error, tries, failedAt }) => ({
        id,
        queue,
        error,
        tries,
        failedAt: failedAt.toISOString(),
      })),
    }
  }),

  /** Tries it again, all or those named. */
  replayFailed: memberProcedure('business.edit')
    .input(z.object({ ids: z.array(id).min(1).max(1000).optional() }))
    .mutation(async ({ ctx, input }) => ({
      replayed: await ctx.house.jobs.replayFailed(ctx.tenant.id, input.ids),
    })),

  /** A client wants no more questions for feedback; essential mail goes on (044). `token` is the manage address's. */
  stopQuestions: publicProcedure.input(z.object({ token: text(100, 1) })).mutation(async ({ ctx, input }) => {
    const { actor } = await findHandled(ctx, input)
    await command(ctx, stopQuestions, { actor })
    return {}
  }),

  /** The same of whoever is signed in: staff get no more notices about their own calendar (041, 042, 044). */
  stopNotices: signedInProcedure.mutation(async ({ ctx }) => {
    await command(ctx, stopQuestions)
    return {}
  }),
})
