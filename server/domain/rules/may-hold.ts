import { type ObservedName, observedFact } from './catalogue.ts'
import { type Condition, comparer } from './conditions.ts'
import type { DecisionFacts } from './facts.ts'
import { type Normal, normalForm } from './normal-form.ts'

/**
 * Whether a condition of a business's own rule holds for whoever asks at some time, by what is the same at all times:
 * whatever it says of time and calendar counts as possible.
 */
export function mayHold(condition: Condition, facts: DecisionFacts): boolean {
  return mayBe(normalForm(condition), facts)
}

function mayBe(normal: Normal, facts: DecisionFacts): boolean {
  if ('all' in normal) return normal.all.every(part => mayBe(part, facts))
  if ('any' in normal) return normal.any.some(part => mayBe(part, facts))
  const { about } = observedFact(normal.comparison.fact as ObservedName)
  if (about === 'time' || about === 'calendar') return true
  return comparer(normal.comparison)(facts) === normal.holds
}
