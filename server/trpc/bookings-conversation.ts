import { z } from 'zod'
import { acceptProposal } from '#server/domain/booking/accept-proposal.ts'
import { answerQuestion } from '#server/domain/booking/answer-question.ts'
import { ask } from '#server/domain/booking/ask.ts'
import { declineProposals } from '#server/domain/booking/decline-proposals.ts'
import { previewAnswers } from '#server/domain/booking/preview-answers.ts'
import { propose } from '#server/domain/booking/propose.ts'
import { withdrawProposals } from '#server/domain/booking/withdraw-proposals.ts'
import { withdrawQuestion } from '#server/domain/booking/withdraw-question.ts'
import { answerEach } from './answer-many.ts'
import { memberProcedure, publicProcedure } from './base.ts'
import { change } from './booking-calls.ts'
import { bookingHandle } from './booking-handle.ts'
import { query } from './context.ts'
import { declineCode, id, idempotencyKey, instant, text } from './inputs.ts'

const answering = memberProcedure('bookings.answerOwn')
const one = z.object({ id, idempotencyKey: idempotencyKey.optional() })
const ids = z.array(id).min(1).max(100)
const bulkAnswer = z.enum(['approve', 'decline'])

/** What coach and client say to each other before a request is answered: part of `bookings`. */
export const conversation = {
  /** The coach suggests one to five other times, held for the client for 48 hours at most; of a confirmed booking too (034). */
  propose: answering
    .input(one.extend({ times: z.array(instant).min(1).max(5), message: text(1000).optional() }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.propose', propose)),

  withdrawProposals: answering
    .input(one)
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.withdrawProposals', withdrawProposals)),

  /** The client takes one of the suggested times: confirmed, without another approval. */
  acceptProposal: publicProcedure
    .input(bookingHandle.safeExtend({ proposalId: id }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.acceptProposal', acceptProposal)),

  declineProposals: publicProcedure
    .input(bookingHandle.safeExtend({ message: text(1000).optional() }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.declineProposals', declineProposals)),

  /** The coach asks before answering; the client's answer, or 48 hours, start the coach's clock again (035). */
  ask: answering
    .input(one.extend({ question: text(1000, 1) }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.ask', ask)),

  withdrawQuestion: answering
    .input(one)
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.withdrawQuestion', withdrawQuestion)),

  answerQuestion: publicProcedure
    .input(bookingHandle.safeExtend({ answer: text(4000, 1) }))
    .mutation(({ ctx, input }) => change(ctx, input, 'bookings.answerQuestion', answerQuestion)),

  /** What the same answer to several requests would come to, one by one; nothing is changed. */
  previewAnswers: answering
    .input(z.object({ ids, answer: bulkAnswer }))
    .query(({ ctx, input }) => query(ctx, query => previewAnswers(query, input))),

  /**
   * The same answer to several requests, each on its own: what became of each. `startsAt` has the times that were seen, by
   * id: `CHANGED` for a request that is for another one by now.
   */
  answerMany: answering
    .input(
      z
        .object({
          ids,
          answer: bulkAnswer,
          startsAt: z.record(id, instant).optional(),
          reason: text(1000).optional(),
          code: declineCode.optional(),
          idempotencyKey: idempotencyKey.optional(),
        })
        .refine(({ answer, reason }) => answer === 'approve' || reason, {
          message: 'is required',
          path: ['reason'],
        }),
    )
    .mutation(({ ctx, input }) => answerEach(ctx, input)),
}
