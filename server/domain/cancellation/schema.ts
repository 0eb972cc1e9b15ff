import { cancellationTerms } from '@rapport/sdk'
import { z } from 'zod'
import { plainText } from '../rules/condition-schema.ts'
import type { CancellationRule } from '../rules/policy.ts'

const rule = z
  .strictObject({
    scope: z.enum(['tenant', 'kind', 'offer']),
    /** The kind's id or the offer's; null for the whole business. */
    target: plainText(60).nullable(),
    terms: cancellationTerms,
  })
  .superRefine(({ scope, target }, context) => {
    if ((scope === 'tenant') === (target === null)) return
    context.addIssue({ code: 'custom', path: ['target'], message: 'Name what it is for, or nothing for all' })
  })

/** The cancellation terms of a policy, as its document keeps them: at most one rule for each target (Q3). */
export const cancellationSchema: z.ZodType<CancellationRule[]> = z
  .array(rule)
  .max(200)
  .superRefine((rules, context) => {
    rules.forEach(({ scope, target }, at) => {
      if (rules.findIndex(other => other.scope === scope && other.target === target) === at) return
      context.addIssue({ code: 'custom', path: [at, 'target'], message: 'There are terms for this already' })
    })
  })
