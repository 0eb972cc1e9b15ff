import { type DecidedSlot, type Decision, decide, decideSlots } from './decide.ts'
import type { DecisionFacts } from './facts.ts'
import { NO_POLICY, type Policy } from './policy.ts'
import { isStricter } from './settle.ts'
import { VALUE_NAMES } from './values.ts'

/**
 * Answers an attempt by somebody who may be judged in more than one way: as nobody, and by the record of an address
 * that wasn't proven. The strictest answer counts, of equals the first, and of each value the strictest: what bars
 * counts at once, what favours needs a proof.
 */
export async function decideStrictest(
  ways: readonly DecisionFacts[],
  policy: Policy = NO_POLICY,
): Promise<Decision> {
  return strictestOf(await Promise.all(ways.map(facts => decide(facts, policy))))
}

/** The same for a list: each slot with the ways in which it is judged. */
export async function decideSlotsStrictest(
  slots: readonly (readonly DecisionFacts[])[],
  policy: Policy = NO_POLICY,
): Promise<DecidedSlot[]> {
  const decided: DecidedSlot[] = []
  for (const ways of slots) decided.push(strictestOf(await decideSlots(ways, policy)))
  return decided
}

const STRICTNESS = { firm: 0, request: 1, refuse: 2 }

function strictestOf<Answer extends DecidedSlot | Decision>(answers: readonly Answer[]): Answer {
  return answers.reduce((best, next): Answer => {
    const isStrict = STRICTNESS[next.outcome] > STRICTNESS[best.outcome]
    return isStrict ? withStrictestValues(next, best) : withStrictestValues(best, next)
  })
}

function withStrictestValues<Answer extends DecidedSlot | Decision>(answer: Answer, other: Answer): Answer {
  const stricter = VALUE_NAMES.filter(name => isStricter(name, other.values[name], answer.values[name]))
  if (stricter.length === 0) return answer
  const taken = <Part extends object>(from: Part, to: Part): Part =>
    ({ ...to, ...Object.fromEntries(stricter.map(name => [name, from[name as keyof Part]])) }) as Part
  return {
    ...answer,
    values: taken(other.values, answer.values),
    ...('origins' in answer && 'origins' in other && { origins: taken(other.origins, answer.origins) }),
  }
}
