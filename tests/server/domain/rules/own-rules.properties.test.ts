import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyDocumentSchema } from '#server/domain/policies/document-schema.ts'
import { decide, decideSlots } from '#server/domain/rules/decide.ts'
import { decideStrictest } from '#server/domain/rules/decide-strictest.ts'
import { NO_POLICY, type Policy, type Rule } from '#server/domain/rules/policy.ts'
import { anyFacts, anySeats } from './arbitraries.ts'
import { anyOwnPolicy, anyRestriction, anyWaiver, DEFAULT_NAMES, RULE_IDS, ruleThat } from './own-policies.ts'
import { referenceOf } from './reference.ts'

const STRICTNESS = { firm: 0, request: 1, refuse: 2 }
const anyAttempt = fc.oneof({ weight: 3, arbitrary: anyFacts }, { weight: 1, arbitrary: anySeats })

describe('for any attempts under any rules of a business', () => {
  test('the slot list says of each slot what the booking will be answered (056)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFacts, { maxLength: 10 }), anyOwnPolicy, async (slots, policy) => {
        const decided = await decideSlots(slots, policy)
        for (const [at, facts] of slots.entries()) {
          const {
            trace: _,
            policyVersion,
            origins: __,
            waived: ___,
            ...judgement
          } = await decide(facts, policy)
          expect(decided[at]).toEqual({ ...judgement, allowsFirmBooking: judgement.outcome === 'firm' })
          expect(policyVersion).toBe(7)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the verdicts that are remembered are those of the engine asked each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAttempt, { maxLength: 5 }), anyOwnPolicy, async (attempts, policy) => {
        const reference = referenceOf(policy)
        for (const facts of attempts) {
          const { outcome, restrictions, values, waived } = await decide(facts, policy)
          const names = waived.map(({ rule }) => rule).sort()
          const expected = await reference(facts)
          expect({ outcome, codes: restrictions.map(({ code }) => code), values, waived: names }).toEqual({
            ...expected,
            waived: expected.waived.sort(),
          })
        }
      }),
      { numRuns: 80 },
    )
  })

  test('the order of rules, and of what they waive and set, changes nothing', async () => {
    const reversed = ({ does, ...rule }: Rule): Rule => ({
      ...rule,
      does: {
        ...does,
        ...(does.waives && { waives: does.waives.toReversed() }),
        ...(does.sets && { sets: Object.fromEntries(Object.entries(does.sets).toReversed()) }),
      },
    })
    await fc.assert(
      fc.asyncProperty(anyAttempt, anyOwnPolicy, async (facts, policy) => {
        const other = { ...policy, rules: policy.rules.map(reversed).reverse() }
        expect(await decide(facts, other)).toEqual(await decide(facts, policy))
      }),
      { numRuns: 80 },
    )
  })

  test('one more restriction never allows more, one more waiver never less', async () => {
    const more = (policy: Policy, rule: Omit<Rule, 'id'>) => ({
      ...policy,
      rules: [...policy.rules, { ...rule, id: 'oneMore' }],
    })
    const both = fc.tuple(ruleThat(anyRestriction), ruleThat(anyWaiver))
    await fc.assert(
      fc.asyncProperty(anyAttempt, anyOwnPolicy, both, async (facts, policy, [restriction, waiver]) => {
        const strictness = async (under: Policy) => STRICTNESS[(await decide(facts, under)).outcome]
        const before = await strictness(policy)
        expect(await strictness(more(policy, restriction))).toBeGreaterThanOrEqual(before)
        expect(await strictness(more(policy, waiver))).toBeLessThanOrEqual(before)
      }),
      { numRuns: 80 },
    )
  })

  test('what protects everybody is never waived', async () => {
    const everything: Rule = {
      ...{ id: 'waivesAll', title: 'Everything', scope: 'tenant', target: null, when: null, active: true },
      does: { waives: [...DEFAULT_NAMES, ...RULE_IDS] },
    }
    const protecting = [
      ...['CALENDAR_PRIVATE', 'SESSION_PRIVATE', 'CONNECTED_ONLY', 'OFFER_CLOSED', 'SESSION_CANCELLED'],
      ...['SESSION_PAST', 'SESSION_FULL', 'SLOT_TAKEN', 'OUTSIDE_HOURS', 'OFF_STEP'],
    ]
    await fc.assert(
      fc.asyncProperty(anyAttempt, anyOwnPolicy, async (facts, policy) => {
        const before = await decide(facts)
        const after = await decide(facts, { ...policy, rules: [...policy.rules, everything] })
        const kept = before.restrictions.map(({ code }) => code).filter(code => protecting.includes(code))
        expect(after.restrictions.map(({ code }) => code)).toEqual(expect.arrayContaining(kept))
        if (kept.length > 0) expect(after.outcome).toBe('refuse')
      }),
      { numRuns: 80 },
    )
  })

  test('who is judged in two ways gets the stricter answer, and nothing the other favours', async () => {
    await fc.assert(
      fc.asyncProperty(anyAttempt, anyAttempt, anyOwnPolicy, async (one, other, policy) => {
        const [a, b] = [await decide(one, policy), await decide(other, policy)]
        const { outcome, values } = await decideStrictest([one, other], policy)
        expect(STRICTNESS[outcome]).toBe(Math.max(STRICTNESS[a.outcome], STRICTNESS[b.outcome]))
        expect(values.discountPercent).toBe(Math.min(a.values.discountPercent!, b.values.discountPercent!))
        expect(values.bufferMinutes).toBe(Math.max(a.values.bufferMinutes!, b.values.bufferMinutes!))
      }),
      { numRuns: 60 },
    )
  })

  test('a business that has no rules is decided by its settings alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyAttempt, async facts => {
        expect(await decide(facts)).toEqual(await decide(facts, NO_POLICY))
        expect((await decide(facts)).trace.every(({ title }) => title === null)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

test('every policy of the vocabulary has the form that drafts must have', () => {
  fc.assert(
    fc.property(anyOwnPolicy, ({ rules, cancellation }) => {
      expect(policyDocumentSchema.parse({ rules, cancellation })).toEqual({ rules, cancellation })
    }),
    { numRuns: 60 },
  )
})
