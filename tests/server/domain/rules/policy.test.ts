import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { decide } from '#server/domain/rules/decide.ts'
import { defaultPolicy } from '#server/domain/rules/default-policy.ts'
import { defaultRulesSchema } from '#server/domain/rules/default-rule.ts'
import { NO_POLICY } from '#server/domain/rules/policy.ts'
import { attempt } from './attempt.ts'

const sentences = { client: 'Not on these terms.', coach: 'Not on these terms.' }
const rule = {
  name: 'longLead',
  scope: 'tenant',
  restricts: { fact: 'leadDays', operator: 'atMost', value: 3 },
  outcome: 'request',
  forStaff: 'skip',
  code: 'APPROVAL',
  sentences: { restricts: sentences, passes: sentences },
}
const withCondition = (restricts: unknown) => ({ rules: [{ ...rule, restricts }] })

test('the default policy is a policy like any other', () => {
  expect(defaultRulesSchema.parse(JSON.parse(JSON.stringify(defaultPolicy)))).toEqual(defaultPolicy)
})

test('a rule that came as JSON decides', async () => {
  const policy = defaultRulesSchema.parse(JSON.parse(JSON.stringify({ rules: [rule] })))
  expect(await decide(attempt({ leadMinutes: 3 * 1440 }), NO_POLICY, policy)).toMatchObject({
    outcome: 'request',
    restrictions: [{ code: 'APPROVAL', message: 'Not on these terms.' }],
    trace: [{ rule: 'longLead', scope: 'tenant', passed: false, saw: { leadDays: 3 } }],
  })
  expect((await decide(attempt({ leadMinutes: 3 * 1440 + 1 }), NO_POLICY, policy)).outcome).toBe('firm')
})

test('a policy without rules lets everything through', async () => {
  expect(await decide(attempt({ allowFirmBooking: false }), NO_POLICY, { rules: [] })).toMatchObject({
    outcome: 'firm',
    trace: [],
  })
})

describe('refused with the place and the reason', () => {
  const comparison = { fact: 'leadDays', operator: 'atMost', value: 3 }
  const nested = (depth: number): unknown => (depth === 0 ? comparison : { not: nested(depth - 1) })

  test.each([
    [
      'an unknown fact',
      { ...comparison, fact: 'mood' },
      'fact',
      /no fact "mood"\. There are: leadHours, leadDays/,
    ],
    ['an inherited name', { ...comparison, fact: 'constructor' }, 'fact', /no fact "constructor"/],
    [
      'an unknown operator',
      { ...comparison, operator: 'resembles' },
      'operator',
      /no operator "resembles".*equals/,
    ],
    [
      'an operator of the engine',
      { ...comparison, operator: 'lessThanInclusive' },
      'operator',
      /no operator/,
    ],
    ['a decorated operator', { ...comparison, operator: 'not:atMost' }, 'operator', /no operator/],
    ['an unknown fact beside', { ...comparison, value: { fact: 'mood' } }, 'value', /no fact "mood"/],
    ['text where a number is', { ...comparison, value: 'three' }, 'value', /"leadDays" is never "three"/],
    ['facts of two sorts', { ...comparison, value: { fact: 'kind' } }, 'value', /can't be compared/],
    ['size of a text', { fact: 'kind', operator: 'atMost', value: 3 }, 'value', /compares numbers/],
    ['a value it never has', { fact: 'by', operator: 'equals', value: 'robot' }, 'value', /never "robot"/],
    [
      'null where there is always one',
      { fact: 'by', operator: 'equals', value: null },
      'value',
      /never null/,
    ],
    [
      'one value where a list is due',
      { fact: 'kind', operator: 'oneOf', value: 'group' },
      'value',
      /needs a list/,
    ],
    [
      'a list where one is due',
      { fact: 'kind', operator: 'equals', value: ['group'] },
      'value',
      /not a list/,
    ],
  ])('%s', (_, condition, key, message) => {
    const issue = onlyIssue(withCondition(condition))
    expect(issue.path).toEqual(['rules', 0, 'restricts', key])
    expect(issue.message).toMatch(message)
  })

  test('wherever it is nested', () => {
    const condition = { all: [comparison, { not: { any: [comparison, { ...comparison, fact: 'mood' }] } }] }
    const issue = onlyIssue(withCondition(condition))
    expect(issue.path).toEqual(['rules', 0, 'restricts', 'all', 1, 'not', 'any', 1, 'fact'])
  })

  const SHAPE = /^A condition is \{ fact, operator, value \}/
  test.each([
    ['a path', { ...comparison, path: '$.secret' }, /Unrecognized key: "path"/],
    ['params', { ...comparison, params: {} }, /Unrecognized key: "params"/],
    ['a path of the fact beside', { ...comparison, value: { fact: 'horizonDays', path: '$' } }, /"path"/],
    ['a list beside its key', { all: [comparison], priority: 9 }, /Unrecognized key: "priority"/],
    ['two shapes at once', { all: [comparison], any: [comparison] }, SHAPE],
    ['a reference to another condition', { condition: 'shared' }, SHAPE],
    ['a number without bounds', { ...comparison, value: Number.POSITIVE_INFINITY }, SHAPE],
    ['nothing', null, SHAPE],
    ['text', 'leadDays <= 3', SHAPE],
  ])('%s in a condition', (_, condition, message) => {
    const issue = onlyIssue(withCondition(condition))
    expect(issue.path.slice(0, 3)).toEqual(['rules', 0, 'restricts'])
    expect(issue.message).toMatch(message)
  })

  test('an empty list, whose meaning the engine turns round', () => {
    expect(defaultRulesSchema.safeParse(withCondition({ any: [] })).success).toBe(false)
    expect(defaultRulesSchema.safeParse(withCondition({ all: [] })).success).toBe(false)
  })

  test('conditions nested without end', () => {
    expect(defaultRulesSchema.safeParse(withCondition(nested(4))).success).toBe(true)
    expect(defaultRulesSchema.safeParse(withCondition(nested(5))).success).toBe(false)
    expect(defaultRulesSchema.safeParse(withCondition(nested(5000))).success).toBe(false)
  })

  test.each([
    ['an outcome that widens', { outcome: 'firm' }, /can only request or refuse/],
    [
      'an unknown phrase',
      { sentences: { restricts: { ...sentences, client: '{secret}' }, passes: sentences } },
      /no phrase/,
    ],
    [
      'a sentence with NUL',
      { sentences: { restricts: { ...sentences, coach: 'a\0b' }, passes: sentences } },
      /NUL/,
    ],
    ['a name that is none', { name: '' }, /letters and digits/],
    ['an unknown key', { waives: ['overlap'] }, /waives/],
  ])('%s in a rule', (_, change, message) => {
    expect(onlyIssue({ rules: [{ ...rule, ...change }] }).message).toMatch(message)
  })

  test('two rules of one name', () => {
    const issue = onlyIssue({ rules: [rule, rule] })
    expect(issue.path).toEqual(['rules', 1, 'name'])
    expect(issue.message).toBe('There are two rules "longLead"')
  })
})

function onlyIssue(policy: unknown): z.core.$ZodIssue {
  const issues = defaultRulesSchema.safeParse(policy).error?.issues ?? []
  expect(issues).toHaveLength(1)
  return issues[0]!
}
