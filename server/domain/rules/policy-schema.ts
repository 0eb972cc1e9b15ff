import { z } from 'zod'
import { isObserved } from './catalogue.ts'
import { conditionSchema, plainText } from './condition-schema.ts'
import { type Condition, comparedFact, comparisonsOf } from './conditions.ts'
import { type Rule, SCOPES } from './policy.ts'
import { VALUE_NAMES, type ValueName } from './values.ts'
import { MOST_COMPARISONS } from './verdicts.ts'

const ruleName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{1,49}$/, 'A rule is named by 2 to 50 letters and digits, a small letter first')

/** What a business's own rules may ask: of what is seen, never of what rules set, and each against a value. */
const when: z.ZodType<Condition> = conditionSchema.superRefine((condition, context) => {
  const comparisons = comparisonsOf(condition)
  if (comparisons.length > MOST_COMPARISONS)
    context.addIssue(`A rule has ${MOST_COMPARISONS} comparisons at most, this one ${comparisons.length}`)
  for (const { fact, value } of comparisons) {
    const other = comparedFact(value)
    if (!isObserved(fact)) context.addIssue(`A rule can't ask for "${fact}"`)
    else if (other !== null) context.addIssue(`Compare "${fact}" with a value, not with "${other}"`)
  }
})

/** Bounds are told with the rest of what is wrong by `checkPolicy`. */
const value = z.int().min(-1_000_000).max(1_000_000).nullable()
const sets = z.strictObject(
  Object.fromEntries(VALUE_NAMES.map(name => [name, value.optional()])) as Record<
    ValueName,
    z.ZodOptional<typeof value>
  >,
)

/** One rule in its form. */
export const ruleSchema: z.ZodType<Rule> = z.strictObject({
  id: ruleName,
  title: plainText(80),
  scope: z.enum(SCOPES),
  target: plainText(60).nullable(),
  when: when.nullable(),
  does: z.strictObject({
    restricts: z
      .strictObject({ outcome: z.enum(['request', 'refuse']), sentence: plainText(400) })
      .optional(),
    waives: z.array(ruleName).max(50).optional(),
    sets: sets.optional(),
  }),
  active: z.boolean(),
})

/** All rules of a policy in their form. Whether they make sense is for `checkPolicy` to say. */
export const rulesSchema: z.ZodType<Rule[]> = z.array(ruleSchema).max(200, 'A policy has 200 rules at most')
