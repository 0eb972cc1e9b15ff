import { z } from 'zod'
import {
  type DecisionFacts,
  FACT_NAMES,
  type Fact,
  type FactName,
  type FactValue,
  factNamed,
  isFactName,
} from './facts.ts'

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
  oneOf: { engine: 'in', sizes: false, test: (a, b) => isList(b) && b.includes(a) },
  noneOf: { engine: 'notIn', sizes: false, test: (a, b) => isList(b) && !b.includes(a) },
} as const satisfies Record<
  string,
  { engine: string; sizes: boolean; test: (a: FactValue, b: FactValue | readonly FactValue[]) => boolean }
>
export type Operator = keyof typeof OPERATORS

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isList(value: FactValue | readonly FactValue[]): value is readonly FactValue[] {
  return Array.isArray(value)
}

export function comparedFact(value: Comparison['value']): FactName | null {
  return typeof value === 'object' && value !== null && 'fact' in value ? value.fact : null
}

/** A comparison as a function, for sorting slots into classes without asking the engine. */
export function comparer({ fact, operator, value }: Comparison): (facts: DecisionFacts) => boolean {
  const left = factNamed(fact).read
  const { test } = OPERATORS[operator]
  const other = comparedFact(value)
  if (other === null) return facts => test(left(facts), value as FactValue | readonly FactValue[])

  const right = factNamed(other).read
  return facts => test(left(facts), right(facts))
}

/** Every comparison inside a condition, from left to right. */
export function comparisonsOf(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf)
  if ('any' in condition) return condition.any.flatMap(comparisonsOf)
  if ('not' in condition) return comparisonsOf(condition.not)
  return [condition]
}

/** Text a tenant wrote: of bounded length, without NUL, which PostgreSQL refuses. */
export function plainText(longest: number) {
  return z
    .string()
    .min(1)
    .max(longest)
    .refine(text => !text.includes('\0'), 'A text must not contain NUL')
}

const literal = z.union([plainText(100), z.number(), z.boolean(), z.null()])

const comparison = z
  .strictObject({
    fact: z.string(),
    operator: z.string(),
    value: z.union([
      literal,
      z
        .array(z.union([plainText(100), z.number()]))
        .min(1)
        .max(100),
      z.strictObject({ fact: z.string() }),
    ]),
  })
  .superRefine((found, context) => {
    const problem = problemWith(found)
    if (problem) context.addIssue({ code: 'custom', path: [problem.at], message: problem.message })
  })

function problemWith({ fact, operator, value }: { fact: string; operator: string; value: unknown }) {
  if (!isFactName(fact)) return { at: 'fact', message: unknownFact(fact) }
  if (!Object.hasOwn(OPERATORS, operator)) {
    const known = Object.keys(OPERATORS).join(', ')
    return { at: 'operator', message: `There is no operator "${operator}". There are: ${known}` }
  }
  const message = misfit(fact, operator as Operator, value as Comparison['value'])
  return message ? { at: 'value', message } : null
}

function unknownFact(name: string) {
  return `There is no fact "${name}". There are: ${FACT_NAMES.join(', ')}`
}

function misfit(name: FactName, operator: Operator, value: Comparison['value']): string | null {
  const fact = factNamed(name)
  if (OPERATORS[operator].sizes && fact.type !== 'number') {
    return `"${operator}" compares numbers, and "${name}" is none`
  }
  const wantsList = operator === 'oneOf' || operator === 'noneOf'
  if (Array.isArray(value) !== wantsList) {
    return wantsList ? `"${operator}" needs a list of values` : `"${operator}" needs one value, not a list`
  }
  const other = comparedFact(value)
  if (other !== null) {
    if (!isFactName(other)) return unknownFact(other)
    return factNamed(other).type === fact.type ? null : `"${name}" and "${other}" can't be compared`
  }
  const values = (Array.isArray(value) ? value : [value]) as FactValue[]
  const wrong = values.find(each => !canBe(fact, operator, each))
  return wrong === undefined ? null : `"${name}" is never ${JSON.stringify(wrong)}`
}

function canBe(fact: Fact, operator: Operator, value: FactValue): boolean {
  if (value === null) return fact.nullable && !OPERATORS[operator].sizes
  if (fact.type === 'number') return typeof value === 'number'
  if (fact.type === 'truth') return typeof value === 'boolean'
  return typeof value === 'string' && (fact.values?.includes(value) ?? true)
}

const SHAPE =
  'A condition is { fact, operator, value }, { all: [conditions] }, { any: [conditions] } or { not: condition }, nothing else'

/** Conditions nest at most this deep, so that no input can exhaust the stack. */
const DEEPEST = 4

function nestable(depth: number): z.ZodType<unknown> {
  if (depth === 0) return comparison
  const inner = nestable(depth - 1)
  const list = z.array(inner).min(1, 'A list of conditions must not be empty').max(20)
  return z.union(
    [
      comparison,
      z.strictObject({ all: list }),
      z.strictObject({ any: list }),
      z.strictObject({ not: inner }),
    ],
    { error: SHAPE },
  )
}

export const conditionSchema = nestable(DEEPEST) as z.ZodType<Condition>
