import type { FactValue } from './catalogue.ts'
import type { DecisionFacts } from './facts.ts'
import { type FactName, factNamed } from './named-facts.ts'

type Literal = string | number | boolean | null

/** One comparison: a fact with a literal, with several, or with another fact. */
export interface Comparison {
  fact: FactName
  operator: Operator
  value: Literal | readonly (string | number)[] | { fact: FactName }
}
export type Condition =
  | Comparison
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }

/** A comparison, for writing rules. */
export const is = (fact: Comparison['fact'], operator: Comparison['operator'], value: Comparison['value']) =>
  ({ fact, operator, value }) satisfies Comparison

/**
 * The whole vocabulary of comparison. `engine` is what json-rules-engine calls it, `test` what it means. A
 * comparison of size is false where either side is null, since no limit is neither more nor less than anything.
 */
export const OPERATORS = {
  equals: { engine: 'equal', sizes: false, test: (a, b) => a === b },
  notEquals: { engine: 'notEqual', sizes: false, test: (a, b) => a !== b },
  lessThan: { engine: 'lessThan', sizes: true, test: (a, b) => isNumber(a) && isNumber(b) && a < b },
  atMost: { engine: 'lessThanInclusive', sizes: true, test: (a, b) => isNumber(a) && isNumber(b) && a <= b },
  moreThan: { engine: 'greaterThan', sizes: true, test: (a, b) => isNumber(a) && isNumber(b) && a > b },
  atLeast: {
    engine: 'greaterThanInclusive',
    sizes: true,
    test: (a, b) => isNumber(a) && isNumber(b) && a >= b,
  },
  oneOf: { engine: 'in', sizes: false, test: (a, b) => isIn(b, a) },
  noneOf: { engine: 'notIn', sizes: false, test: (a, b) => Array.isArray(b) && !isIn(b, a) },
  contains: { engine: 'contains', sizes: false, test: (a, b) => isIn(a, b) },
  containsNone: { engine: 'doesNotContain', sizes: false, test: (a, b) => Array.isArray(a) && !isIn(a, b) },
} as const satisfies Record<
  string,
  { engine: string; sizes: boolean; test: (a: FactValue, b: Compared) => boolean }
>
export type Operator = keyof typeof OPERATORS

type Compared = FactValue | readonly (string | number)[]

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isIn(list: unknown, value: unknown): boolean {
  return Array.isArray(list) && list.includes(value)
}

export function comparedFact(value: Comparison['value']): FactName | null {
  return typeof value === 'object' && value !== null && 'fact' in value ? value.fact : null
}

/** What a comparison without another fact compares with; tags are the same in capitals and small letters. */
export function literalOf({ fact, value }: Comparison): Compared {
  if (factNamed(fact).type === 'list' && typeof value === 'string') return value.toLowerCase()
  return value as Compared
}

/** A comparison as a function, for telling attempts apart without asking the engine. */
export function comparer(comparison: Comparison): (facts: DecisionFacts) => boolean {
  const left = factNamed(comparison.fact).read
  const { test } = OPERATORS[comparison.operator]
  const other = comparedFact(comparison.value)
  if (other === null) {
    const literal = literalOf(comparison)
    return facts => test(left(facts), literal)
  }

  const right = factNamed(other).read
  return facts => test(left(facts), right(facts))
}

/** A condition as a function: true exactly where the engine says so (a property test holds both equal). */
export function holder(condition: Condition): (facts: DecisionFacts) => boolean {
  if ('not' in condition) {
    const holds = holder(condition.not)
    return facts => !holds(facts)
  }
  if ('all' in condition || 'any' in condition) {
    const parts = ('all' in condition ? condition.all : condition.any).map(holder)
    return 'all' in condition
      ? facts => parts.every(holds => holds(facts))
      : facts => parts.some(holds => holds(facts))
  }
  return comparer(condition)
}

/** Every comparison inside a condition, from left to right. */
export function comparisonsOf(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf)
  if ('any' in condition) return condition.any.flatMap(comparisonsOf)
  if ('not' in condition) return comparisonsOf(condition.not)
  return [condition]
}
