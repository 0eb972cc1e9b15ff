import { z } from 'zod'
import type { Fact, FactValue } from './catalogue.ts'
import { type Comparison, type Condition, comparedFact, OPERATORS, type Operator } from './conditions.ts'
import { FACT_NAMES, type FactName, factNamed, isFactName } from './named-facts.ts'

/** Text a tenant wrote: of bounded length, without NUL and half characters, which PostgreSQL refuses in JSON. */
export function plainText(longest: number) {
  return z
    .string()
    .max(longest)
    .refine(text => text.trim() !== '', 'A text must not be empty')
    .refine(
      text => !text.includes('\0') && text.isWellFormed(),
      'A text must not contain NUL or half characters',
    )
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
  const wantsTag = operator === 'contains' || operator === 'containsNone'
  if (wantsTag !== (fact.type === 'list')) {
    return wantsTag
      ? `"${operator}" asks what a list has, and "${name}" is none`
      : `"${name}" is a list: it contains something or not`
  }
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
  if (fact.type === 'list') return typeof value === 'string'
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
