import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Condition, comparer } from '#server/domain/rules/conditions.ts'
import type { DecisionFacts } from '#server/domain/rules/facts.ts'
import { anyFacts, anyRule } from '#tests/server/domain/rules/arbitraries.ts'
import {
  conditionOf,
  DEEPEST,
  depthOf,
  fitted,
  type Group,
  groupOf,
} from '../../../app/routes/admin/rules/rule/query.ts'

const anyCondition = anyRule.map(({ restricts }) => restricts)
const shown = (condition: Condition) => groupOf(condition as Parameters<typeof groupOf>[0])

test('a condition that goes through the form means what it meant', () => {
  fc.assert(
    fc.property(anyCondition, fc.array(anyFacts, { minLength: 5, maxLength: 5 }), (condition, attempts) => {
      const again = conditionOf(shown(condition))!
      for (const facts of attempts) expect(holds(again, facts)).toBe(holds(condition, facts))
    }),
    { numRuns: 300 },
  )
})

test('what the form shows stays as it is when saved and opened again', () => {
  fc.assert(
    fc.property(anyCondition, condition => {
      const saved = conditionOf(shown(condition))!
      expect(conditionOf(shown(saved))).toEqual(saved)
      expect(fitted(shown(saved))).toEqual(shown(saved))
    }),
    { numRuns: 300 },
  )
})

test('a form within its depth makes a condition that is no deeper', () => {
  fc.assert(
    fc.property(anyCondition, condition => {
      const group = shown(condition)
      fc.pre(depthOf(group) <= DEEPEST)
      expect(levelsOf(conditionOf(group)!)).toBeLessThanOrEqual(DEEPEST)
    }),
    { numRuns: 300 },
  )
})

test('lines without a value and groups without lines say nothing', () => {
  const unfinished = { id: 'b', field: 'leadHours', operator: 'atLeast', value: '' }
  const finished = { id: 'c', field: 'kind', operator: 'oneOf', value: ['group'] }
  const empty: Group = { id: 'd', combinator: 'none', rules: [] }
  expect(conditionOf({ id: 'a', combinator: 'all', rules: [] })).toBeNull()
  expect(conditionOf({ id: 'a', combinator: 'any', rules: [unfinished, empty] })).toBeNull()
  expect(conditionOf({ id: 'a', combinator: 'none', rules: [unfinished, finished, empty] })).toEqual({
    not: { fact: 'kind', operator: 'oneOf', value: ['group'] },
  })
})

test('changing to "one of" and back keeps the value', () => {
  const at = (operator: string, value: unknown): Group => ({
    id: 'a',
    combinator: 'all',
    rules: [{ id: 'b', field: 'localWeekday', operator, value }],
  })
  expect(fitted(at('oneOf', 5))).toEqual(at('oneOf', [5]))
  expect(fitted(at('equals', [5, 6]))).toEqual(at('equals', 5))
  expect(fitted(at('equals', []))).toEqual(at('equals', ''))
  expect(fitted(at('noneOf', ''))).toEqual(at('noneOf', []))
})

function holds(condition: Condition, facts: DecisionFacts): boolean {
  if ('all' in condition) return condition.all.every(each => holds(each, facts))
  if ('any' in condition) return condition.any.some(each => holds(each, facts))
  if ('not' in condition) return !holds(condition.not, facts)
  return comparer(condition)(facts)
}

function levelsOf(condition: Condition): number {
  if ('all' in condition) return 1 + Math.max(...condition.all.map(levelsOf))
  if ('any' in condition) return 1 + Math.max(...condition.any.map(levelsOf))
  return 'not' in condition ? 1 + levelsOf(condition.not) : 0
}
