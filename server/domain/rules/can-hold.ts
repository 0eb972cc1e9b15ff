import { type ObservedName, observedFact } from './catalogue.ts'
import { type Comparison, type Condition, literalOf, OPERATORS } from './conditions.ts'
import { type Literal, type Normal, normalForm } from './normal-form.ts'

/** Comparisons to try before a condition counts as one that can hold: milliseconds, whatever somebody sends. */
const MOST_TESTS = 50_000

/**
 * Whether some attempt could meet a condition, each fact taken by itself. Of several facts that say the same in other
 * words, `alike` makes one: with it, "is new" and "has booked before" contradict each other too.
 */
export function canHold(condition: Condition, alike: (literal: Literal) => Literal = same => same): boolean {
  const budget = { tests: MOST_TESTS }
  const holdsWith = (open: Normal[], chosen: Literal[]): boolean => {
    const [next, ...rest] = open
    if (next === undefined || --budget.tests < 0) return true
    // What leaves no choice comes first, so that a contradiction is met before the choices are gone through.
    if ('all' in next) return holdsWith([...next.all, ...rest].sort(byChoices), chosen)
    if ('any' in next) return next.any.some(part => holdsWith([part, ...rest], chosen))
    const literal = alike(next)
    return isPossible(literal, chosen, budget) && holdsWith(rest, [...chosen, literal])
  }
  return holdsWith([normalForm(condition)], [])
}

function byChoices(one: Normal, other: Normal): number {
  return Number('any' in one) - Number('any' in other)
}

/** Facts that say the same in other words, said as one. */
export function sameFact({ comparison, holds }: Literal): Literal {
  const { fact, operator, value } = comparison
  const inMinutes = (times: number): Literal => ({
    comparison: { fact: 'leadMinutes', operator, value: timesEach(value, times) },
    holds,
  })
  if (fact === 'leadHours') return inMinutes(60)
  if (fact === 'leadDays') return inMinutes(1440)

  const isSo = ((operator === 'equals') === (value === true)) === holds
  if (fact === 'clientNew' || fact === 'clientReturning') {
    const isNew = isSo === (fact === 'clientNew')
    return { comparison: { fact: 'clientBookings', operator: 'equals', value: 0 }, holds: isNew }
  }
  if (fact === 'vip') return { comparison: { fact: 'tags', operator: 'contains', value: 'vip' }, holds: isSo }
  return { comparison, holds }
}

function timesEach(value: Comparison['value'], times: number): Comparison['value'] {
  if (typeof value === 'number') return value * times
  return Array.isArray(value) ? value.map(each => Number(each) * times) : value
}

/** Whether one more literal leaves its fact a value; so it does where the budget is spent. */
function isPossible(literal: Literal, chosen: readonly Literal[], budget: { tests: number }): boolean {
  const { fact } = literal.comparison
  const about = [...chosen.filter(other => other.comparison.fact === fact), literal]
  const values = candidates(fact as ObservedName, about)
  budget.tests -= values.length
  return values.some(candidate =>
    about.every(
      ({ comparison, holds }) =>
        --budget.tests < 0 || OPERATORS[comparison.operator].test(candidate, literalOf(comparison)) === holds,
    ),
  )
}

/** Values that tell the literals about one fact apart: those they name, those between, and any other. */
function candidates(name: ObservedName, about: readonly Literal[]) {
  const fact = observedFact(name)
  const named = about.flatMap(({ comparison }) => literalOf(comparison) as string | number | boolean | null)
  const none = fact.nullable ? [null] : []
  switch (fact.type) {
    case 'truth':
      return [true, false, ...none]
    case 'text':
      return [...(fact.values ?? [...named, '\0']), ...none]
    case 'list': {
      const wanted = about.filter(({ comparison, holds }) => (comparison.operator === 'contains') === holds)
      return [wanted.map(({ comparison }) => literalOf(comparison) as string)]
    }
    case 'number':
      return [
        ...numbersBeside(
          named.filter(each => typeof each === 'number'),
          fact.within,
        ),
        ...none,
      ]
  }
}

function numbersBeside(named: number[], within = { from: -Infinity, to: Infinity, whole: false }): number[] {
  const { from, to, whole } = within
  const beside = (each: number) =>
    whole
      ? [Math.ceil(each) - 1, Math.floor(each), Math.ceil(each), Math.floor(each) + 1]
      : [each - 1e-6, each, each + 1e-6]
  return [...named.flatMap(beside), from, to, 0].filter(
    each => Number.isFinite(each) && each >= from && each <= to,
  )
}
