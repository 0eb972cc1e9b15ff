import fc from 'fast-check'
import { defaultPolicy } from '#server/domain/rules/default-policy.ts'
import type { Policy, Rule, RuleEffect } from '#server/domain/rules/policy.ts'
import { sessionPolicy } from '#server/domain/rules/session-policy.ts'
import { VALUE_NAMES, VALUES } from '#server/domain/rules/values.ts'
import { anyWhen } from './arbitraries.ts'

export const RULE_IDS = ['ruleA', 'ruleB', 'ruleC', 'ruleD', 'ruleE', 'ruleF']
export const DEFAULT_NAMES = [
  ...new Set([...defaultPolicy.rules, ...sessionPolicy.rules].map(({ name }) => name)),
]

const place = fc.constantFrom<Pick<Rule, 'scope' | 'target'>[]>(
  { scope: 'tenant', target: null },
  { scope: 'tenant', target: null },
  { scope: 'coach', target: 'coach-1' },
  { scope: 'kind', target: '1on1' },
  { scope: 'offer', target: 'offer-1' },
  { scope: 'tag', target: 'Vip' },
  { scope: 'client', target: 'client-1' },
  { scope: 'session', target: 'session-1' },
)

export const anyRestriction: fc.Arbitrary<RuleEffect> = fc.record({
  restricts: fc.record({
    outcome: fc.constantFrom('request', 'refuse'),
    sentence: fc.constantFrom('Ask first.', '{lead}'),
  }),
})
/** Also of what can't be waived, which must then change nothing. */
export const anyWaiver: fc.Arbitrary<RuleEffect> = fc.record({
  waives: fc.uniqueArray(fc.constantFrom(...DEFAULT_NAMES, ...RULE_IDS), { minLength: 1, maxLength: 8 }),
})
const anySetter: fc.Arbitrary<RuleEffect> = fc.record({
  sets: fc.record(
    Object.fromEntries(
      VALUE_NAMES.map(name => {
        const { from, nullable } = VALUES[name]
        return [
          name,
          nullable ? fc.constantFrom(from, from + 1, 30, null) : fc.constantFrom(from, from + 1, 30),
        ]
      }),
    ),
    { requiredKeys: [] },
  ),
})

export const ruleThat = (does: fc.Arbitrary<RuleEffect>): fc.Arbitrary<Omit<Rule, 'id'>> =>
  fc
    .record({
      place,
      title: fc.constantFrom('One', 'Another'),
      when: fc.option(anyWhen, { freq: 3 }),
      does,
      active: fc.constantFrom(true, true, true, true, false),
    })
    .map(({ place: where, ...rule }) => ({ ...rule, ...where }))

/** Any policy of a business: of up to six rules, some of which apply. */
export const anyOwnPolicy: fc.Arbitrary<Policy> = fc
  .array(ruleThat(fc.oneof(anyRestriction, anyWaiver, anySetter, anySetter)), { maxLength: RULE_IDS.length })
  .map(rules => ({
    version: 7,
    rules: rules.map((rule, at) => ({ ...rule, id: RULE_IDS[at]! })),
    cancellation: [],
  }))
