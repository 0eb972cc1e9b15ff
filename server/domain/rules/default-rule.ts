import { z } from 'zod'
import { conditionSchema, plainText } from './condition-schema.ts'
import type { Condition } from './conditions.ts'
import { unknownPhrases } from './phrases.ts'
import { SCOPES, type Scope } from './policy.ts'
import { RESTRICTION_CODES, type RestrictionCode } from './restrictions.ts'

export type Outcome = 'firm' | 'request' | 'refuse'
export type RuleName = string

/** One line of a policy. It only ever restricts; where no rule does, the booking is firm. */
export interface DefaultRule {
  /** Unique in its policy, readable: `threshold`, `limitDay`. */
  name: RuleName
  scope: Scope
  /** Where this is false the rule has nothing to say; absent, it applies to all. */
  applies?: Condition
  /** What must be true for the rule to restrict. */
  restricts: Condition
  /** What it then leads to; the coach's option for limits (C3) is a fact. */
  outcome: 'request' | 'refuse' | { fact: 'limitOutcome' }
  /** When staff book for a client the rule holds all the same, only warns, or is left out. */
  forStaff: 'same' | 'warn' | 'skip'
  /** Whether a rule of the business may switch it off for whom that one applies to. */
  waivable?: true
  /** Kept out of what a client is shown of the trace. */
  hidden?: boolean
  code: RestrictionCode
  /** Sentences with `{phrases}`; of restrictions the client reads one, of all rules the coach reads the trace. */
  sentences: { restricts: Sentences; passes: Sentences }
}
export interface Sentences {
  client: string
  coach: string
}

/** Never changed once made: the engine compiled for it is kept with the object. */
export interface DefaultRules {
  readonly rules: readonly DefaultRule[]
}

const sentence = plainText(400).superRefine((text, context) => {
  for (const name of unknownPhrases(text)) context.addIssue(`There is no phrase "{${name}}"`)
})
const sentences = z.strictObject({ client: sentence, coach: sentence })

const ruleSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{1,49}$/, 'A rule is named by 2 to 50 letters and digits: limitDay'),
  scope: z.enum(SCOPES),
  applies: conditionSchema.optional(),
  restricts: conditionSchema,
  outcome: z.union([z.enum(['request', 'refuse']), z.strictObject({ fact: z.literal('limitOutcome') })], {
    error: 'A rule can only request or refuse',
  }),
  forStaff: z.enum(['same', 'warn', 'skip']),
  waivable: z.literal(true).optional(),
  hidden: z.boolean().optional(),
  code: z.enum(RESTRICTION_CODES),
  sentences: z.strictObject({ restricts: sentences, passes: sentences }),
})

/**
 * Reads a policy that came from outside. What it lets through names only facts, operators and phrases of ours;
 * whatever else is there, such as a `path`, is refused by name.
 */
export const defaultRulesSchema: z.ZodType<DefaultRules> = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(200)
    .superRefine((rules, context) => {
      rules.forEach((rule, at) => {
        if (rules.findIndex(other => other.name === rule.name) === at) return
        context.addIssue({
          code: 'custom',
          path: [at, 'name'],
          message: `There are two rules "${rule.name}"`,
        })
      })
    }),
})
