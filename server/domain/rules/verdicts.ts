import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'
import {
  type Comparison,
  type Condition,
  comparedFact,
  comparer,
  comparisonsOf,
  holder,
  literalOf,
  OPERATORS,
} from './conditions.ts'
import type { DecisionFacts } from './facts.ts'
import { type FactName, factNamed } from './named-facts.ts'

/** What json-rules-engine says of a condition, remembered by what the condition can tell apart. */
export interface VerdictTable {
  /** The facts that the condition compares. */
  facts: FactName[]
  /** Undefined where the engine is to be asked, since no attempt like this one was asked about yet. */
  known: (facts: DecisionFacts) => boolean | undefined
  /** Asks the engine. */
  learn: (facts: DecisionFacts) => Promise<boolean>
}

/** Patterns a table asks for and remembers; few conditions have more than a dozen. */
const MOST_PATTERNS = 64

/**
 * Attempts that are alike in each comparison of a condition are alike in the condition, so that the engine is asked
 * once for each pattern of truth values. Of a condition that tells apart more than anybody means it isn't asked for
 * ever: each question takes a fifth of a millisecond, in which the house answers nobody else.
 */
export function verdictTable(condition: Condition): VerdictTable {
  const comparisons = distinctComparisons(condition)
  const patternOf = patternReader(comparisons)
  const names = [...new Set(comparisons.flatMap(factsOf))]
  const rule = { conditions: { all: [translate(condition)] }, event: { type: 'holds' } }
  const holds = holder(condition)
  const known = new Map<number, boolean>()

  return {
    facts: names,
    known: facts => known.get(patternOf(facts)) ?? (known.size < MOST_PATTERNS ? undefined : holds(facts)),
    async learn(facts) {
      // An engine can't be asked twice at the same time, so each question gets its own.
      const { results } = await new Engine([rule]).run(
        Object.fromEntries(names.map(name => [name, factNamed(name).read(facts)])),
      )
      const verdict = results.length > 0
      known.set(patternOf(facts), verdict)
      return verdict
    },
  }
}

/** The most comparisons one condition may have: a pattern has a bit for each and must stay a whole number. */
export const MOST_COMPARISONS = 50

function distinctComparisons(condition: Condition): Comparison[] {
  const distinct = new Map(comparisonsOf(condition).map(each => [JSON.stringify(each), each]))
  if (distinct.size > MOST_COMPARISONS) throw new Error(`A condition has ${distinct.size} comparisons`)
  return [...distinct.values()]
}

function patternReader(comparisons: Comparison[]) {
  const comparers = comparisons.map(comparer)
  return (facts: DecisionFacts) => {
    let pattern = 0
    for (const holds of comparers) pattern = pattern * 2 + (holds(facts) ? 1 : 0)
    return pattern
  }
}

function factsOf({ fact, value }: Comparison): FactName[] {
  const other = comparedFact(value)
  return other === null ? [fact] : [fact, other]
}

/** Our condition as the engine's, built anew: nothing of a tenant's JSON but literals gets through. */
function translate(condition: Condition): NestedCondition | TopLevelCondition {
  if ('all' in condition) return { all: condition.all.map(translate) }
  if ('any' in condition) return { any: condition.any.map(translate) }
  if ('not' in condition) return { not: translate(condition.not) }

  const { fact, operator } = condition
  const other = comparedFact(condition.value)
  const value = other ? { fact: other } : literalOf(condition)
  const comparison = { fact, operator: OPERATORS[operator].engine, value }
  // The engine takes null for 0 when it compares sizes.
  if (other && OPERATORS[operator].sizes && factNamed(other).nullable) {
    return { all: [{ fact: other, operator: OPERATORS.notEquals.engine, value: null }, comparison] }
  }
  return comparison
}
