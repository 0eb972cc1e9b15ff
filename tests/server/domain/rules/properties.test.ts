import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionSchema } from '#server/domain/rules/condition-schema.ts'
import { type Condition, holder, OPERATORS } from '#server/domain/rules/conditions.ts'
import { decide, decideSlots } from '#server/domain/rules/decide.ts'
import { defaultPolicy } from '#server/domain/rules/default-policy.ts'
import type { DefaultRule, DefaultRules } from '#server/domain/rules/default-rule.ts'
import type { DecisionFacts } from '#server/domain/rules/facts.ts'
import { factNamed } from '#server/domain/rules/named-facts.ts'
import { NO_POLICY } from '#server/domain/rules/policy.ts'
import { anyFacts, anyPolicy, anyRule } from './arbitraries.ts'

const STRICTNESS = { firm: 0, request: 1, refuse: 2 }

describe('for any attempts under any policy', () => {
  test('the slot list says of each slot what the booking will be answered (056)', async () => {
    const policies = fc.oneof(fc.constant(defaultPolicy), anyPolicy)
    await fc.assert(
      fc.asyncProperty(fc.array(anyFacts, { maxLength: 12 }), policies, async (slots, policy) => {
        const decided = await decideSlots(slots, NO_POLICY, policy)
        for (const [at, facts] of slots.entries()) {
          const {
            trace: _,
            policyVersion: __,
            origins: ___,
            waived: ____,
            ...judgement
          } = await decide(facts, NO_POLICY, policy)
          expect(decided[at]).toEqual({ ...judgement, allowsFirmBooking: judgement.outcome === 'firm' })
        }
        expect(decided).toHaveLength(slots.length)
      }),
      { numRuns: 150 },
    )
  })

  test('the engine means by a condition what the condition says', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, anyRule, async (facts, any) => {
        const rule: DefaultRule = { ...any, forStaff: 'same' }
        const { trace } = await decide(facts, NO_POLICY, { rules: [rule] })
        const applies = rule.applies === undefined || means(rule.applies, facts)
        expect(trace[0]?.applied).toBe(applies)
        expect(trace[0]?.passed).toBe(!(applies && means(rule.restricts, facts)))
        expect(holder(rule.restricts)(facts)).toBe(means(rule.restricts, facts))
      }),
      { numRuns: 500 },
    )
  })

  test('one more rule never allows more', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, anyPolicy, anyRule, async (facts, policy, rule) => {
        const more: DefaultRules = { rules: [...policy.rules, { ...rule, name: 'oneMoreRuleThanBefore' }] }
        const [before, after] = [await decide(facts, NO_POLICY, policy), await decide(facts, NO_POLICY, more)]
        expect(STRICTNESS[after.outcome]).toBeGreaterThanOrEqual(STRICTNESS[before.outcome])
      }),
      { numRuns: 200 },
    )
  })

  test('the order of the rules changes nothing', async () => {
    const shuffled = fc.oneof(fc.constant(defaultPolicy), anyPolicy).chain(policy => {
      const { length } = policy.rules
      return fc.tuple(
        fc.constant(policy),
        fc.shuffledSubarray([...policy.rules], { minLength: length, maxLength: length }),
      )
    })
    await fc.assert(
      fc.asyncProperty(anyFacts, shuffled, async (facts, [policy, rules]) => {
        expect(await decide(facts, NO_POLICY, { rules })).toEqual(await decide(facts, NO_POLICY, policy))
      }),
      { numRuns: 150 },
    )
  })

  test('every condition of the vocabulary passes the schema unchanged', () => {
    fc.assert(
      fc.property(anyRule, ({ restricts }) => {
        expect(conditionSchema.parse(restricts)).toEqual(restricts)
      }),
    )
  })
})

test('the default policy answers the seed’s formula wherever nothing is refused (250)', async () => {
  await fc.assert(
    fc.asyncProperty(anyFacts, async facts => {
      const { outcome } = await decide({
        ...facts,
        by: 'client',
        appliesApproval: true,
        limitOutcome: 'refuse',
      })
      if (outcome === 'refuse') return
      const { signedIn, proven, connected } = facts.viewer
      const isConnected = signedIn && proven && connected
      const canFirmBook =
        facts.allowFirmBooking &&
        (isConnected || !facts.requireApprovalNonConnected) &&
        facts.leadMinutes > facts.firmBookingThresholdHours * 60
      expect(outcome).toBe(canFirmBook ? 'firm' : 'request')
    }),
    { numRuns: 300 },
  )
})

/** The meaning of a condition, said once more and without the engine. */
function means(condition: Condition, facts: DecisionFacts): boolean {
  if ('all' in condition) return condition.all.every(each => means(each, facts))
  if ('any' in condition) return condition.any.some(each => means(each, facts))
  if ('not' in condition) return !means(condition.not, facts)

  const { fact, operator, value } = condition
  const other = typeof value === 'object' && value !== null && 'fact' in value ? value.fact : null
  const [a, b] = [factNamed(fact).read(facts), other ? factNamed(other).read(facts) : value]
  if (OPERATORS[operator].sizes && (a === null || b === null)) return false
  const [left, right] = [Number(a), Number(b)]
  const meaning = {
    equals: a === b,
    notEquals: a !== b,
    lessThan: left < right,
    atMost: left <= right,
    moreThan: left > right,
    atLeast: left >= right,
    oneOf: Array.isArray(b) && b.some(each => each === a),
    contains: Array.isArray(a) && a.includes(String(b).toLowerCase()),
    containsNone: Array.isArray(a) && !a.includes(String(b).toLowerCase()),
    noneOf: Array.isArray(b) && !b.some(each => each === a),
  }
  return meaning[operator]
}
