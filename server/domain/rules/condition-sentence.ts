import { type ObservedFact, type ObservedName, observedFact } from './catalogue.ts'
import type { Condition, Operator } from './conditions.ts'
import { count, sayDuration } from './durations.ts'
import { type Literal, type Normal, normalForm } from './normal-form.ts'

/** What ids are called: of coaches, offers, kinds, clients, sessions and rules. */
export type RuleNames = ReadonlyMap<string, string>

/**
 * A condition of a business's own rule read out: "the client is new and the time until the start is less than 24
 * hours". Amounts carry the currency, where one is given.
 */
export function conditionSentence(condition: Condition, names: RuleNames, currency?: string): string {
  return sayNormal(normalForm(condition), names, currency)
}

function sayNormal(normal: Normal, names: RuleNames, currency: string | undefined): string {
  if ('comparison' in normal) return sayLiteral(normal, names, currency)
  const [parts, word] = 'all' in normal ? [normal.all, ' and '] : [normal.any, ' or ']
  const say = (part: Normal) => {
    const said = sayNormal(part, names, currency)
    return parts.length > 1 && !('comparison' in part) ? `(${said})` : said
  }
  return parts.map(say).join(word)
}

function sayLiteral({ comparison, holds }: Literal, names: RuleNames, currency: string | undefined): string {
  const fact = observedFact(comparison.fact as ObservedName)
  const { operator, value } = comparison
  if (typeof fact.says === 'object') return isYes(operator, value) === holds ? fact.says.yes : fact.says.no
  // No session within a day on that side.
  if (value === null)
    return `${fact.says} is ${(operator === 'equals') === holds ? 'more' : 'not more'} than a day`

  const values = (Array.isArray(value) ? value : [value]).map(each => sayValue(fact, each, names, currency))
  return `${fact.says} ${sayOperator(fact, operator, holds)(listed(values))}`
}

function isYes(operator: Operator, value: unknown) {
  return (operator === 'equals') === (value === true)
}

type Say = (value: string) => string
const word =
  (words: string): Say =>
  value =>
    `${words} ${value}`

const OPPOSITES: Record<Operator, Operator> = {
  equals: 'notEquals',
  notEquals: 'equals',
  oneOf: 'noneOf',
  noneOf: 'oneOf',
  lessThan: 'atLeast',
  atLeast: 'lessThan',
  moreThan: 'atMost',
  atMost: 'moreThan',
  contains: 'containsNone',
  containsNone: 'contains',
}

const WORDS: Record<Operator, Say> = {
  equals: word('is'),
  notEquals: word('is not'),
  oneOf: word('is'),
  noneOf: word('is not'),
  lessThan: word('is less than'),
  atLeast: word('is at least'),
  moreThan: word('is more than'),
  atMost: word('is at most'),
  contains: word('is tagged'),
  containsNone: word('is not tagged'),
}

const TIME_WORDS: Partial<Record<Operator, Say>> = {
  equals: word('is at'),
  notEquals: word('is not at'),
  lessThan: word('is before'),
  atLeast: value => `is at ${value} or later`,
  moreThan: word('is after'),
  atMost: value => `is at ${value} or before`,
}

function sayOperator(fact: ObservedFact, operator: Operator, holds: boolean): Say {
  const isSize = ['lessThan', 'atLeast', 'moreThan', 'atMost'].includes(operator)
  // Where there is no number, it is neither less nor at least.
  if (!holds && fact.nullable && isSize) return value => WORDS[operator](value).replace('is ', 'is not ')
  const said = holds ? operator : OPPOSITES[operator]
  return (fact.input === 'timeOfDay' && TIME_WORDS[said]) || WORDS[said]
}

function listed(values: string[]): string {
  if (values.length === 1) return values[0]!
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const CHOICES: Record<string, string> = { client: 'the client', staff: 'you or a colleague' }

function sayValue(
  fact: ObservedFact,
  value: unknown,
  names: RuleNames,
  currency: string | undefined,
): string {
  if (typeof value !== 'number') {
    const text = String(value)
    return fact.values ? (CHOICES[text] ?? text) : `“${names.get(text) ?? text}”`
  }
  if (fact.input === 'weekday') return WEEKDAYS[value - 1] ?? String(value)
  if (fact.input === 'timeOfDay') return clock(value)
  if (fact.input === 'money') return sayMoney(value, currency)
  if (fact.unit === 'minutes') return sayDuration(value)
  if (fact.unit === 'hours') return sayDuration(value * 60)
  if (fact.unit === 'days') return count(value, 'day')
  return fact.unit === '%' ? `${value} %` : String(value)
}

function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function sayMoney(minor: number, currency: string | undefined): string {
  if (currency === undefined) return (minor / 100).toFixed(2)
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits!)
}
