import { z } from 'zod'
import { readTerms as readOut, readUsualTerms } from '#server/domain/cancellation/usual-terms.ts'
import { memberProcedure } from './base.ts'
import { query } from './context.ts'

/** How cancelling each kind and offer is charged where the business's own rules say nothing. */
export const usualTerms = memberProcedure('policies.see').query(({ ctx }) => {
  const { kind, kinds } = ctx.house
  return query(ctx, asked => readUsualTerms({ ...asked, kind, kinds }))
})

/** Terms of cancelling that are being written: read out, or what is wrong with them by field. */
export const readTerms = memberProcedure('policies.see')
  .input(z.object({ terms: z.record(z.string().max(40), z.unknown()) }))
  .query(({ input }) => readOut(input.terms))
