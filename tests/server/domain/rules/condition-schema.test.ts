import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { conditionSchema } from '#server/domain/rules/condition-schema.ts'

describe('a condition is refused with the place and the reason', () => {
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
    const issue = onlyIssue(condition)
    expect(issue.path).toEqual([key])
    expect(issue.message).toMatch(message)
  })

  test('wherever it is nested', () => {
    const condition = { all: [comparison, { not: { any: [comparison, { ...comparison, fact: 'mood' }] } }] }
    const issue = onlyIssue(condition)
    expect(issue.path).toEqual(['all', 1, 'not', 'any', 1, 'fact'])
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
    expect(onlyIssue(condition).message).toMatch(message)
  })

  test('an empty list, whose meaning the engine turns round', () => {
    expect(conditionSchema.safeParse({ any: [] }).success).toBe(false)
    expect(conditionSchema.safeParse({ all: [] }).success).toBe(false)
  })

  test('conditions nested without end', () => {
    expect(conditionSchema.safeParse(nested(4)).success).toBe(true)
    expect(conditionSchema.safeParse(nested(5)).success).toBe(false)
    expect(conditionSchema.safeParse(nested(5000)).success).toBe(false)
  })
})

function onlyIssue(condition: unknown): z.core.$ZodIssue {
  const issues = conditionSchema.safeParse(condition).error?.issues ?? []
  expect(issues).toHaveLength(1)
  return issues[0]!
}
