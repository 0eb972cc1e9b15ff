import { byCode } from './compile.ts'
import { defaultPolicy } from './default-policy.ts'
import type { DefaultRules, Outcome, RuleName } from './default-rule.ts'
import type { DecisionFacts } from './facts.ts'
import { effectOf, type Judged, judge, ownEffectOf } from './judge.ts'
import { NO_POLICY, type Policy } from './policy.ts'
import { isGate, type RestrictionCode } from './restrictions.ts'
import { sessionPolicy } from './session-policy.ts'
import type { Origins, Values } from './settle.ts'
import { explain, type TraceLine } from './trace.ts'

export interface Restriction {
  code: RestrictionCode
  /** For whoever books: the client's sentence, or the coach's where staff book for a client. */
  message: string
}

interface Judgement {
  outcome: Outcome
  /** Code and sentence of the first restriction; null and "Confirmed at once." where there is none. */
  code: RestrictionCode | null
  sentence: string
  /** Refusals first. A refusal at the gate (C2) stands alone. */
  restrictions: Restriction[]
  /** What staff should know but may go against (C3). Empty for a client. */
  warnings: Restriction[]
  /** What holds for this attempt: the settings, and what rules set instead. */
  values: Values
}

export interface Decision extends Judgement {
  policyVersion: number
  origins: Origins
  /** Rules that don't hold for this attempt, each with the one that says so. */
  waived: { rule: RuleName; by: RuleName }[]
  trace: TraceLine[]
}

/** What the slot list needs of a slot (056, 057). Its trace is that of `decide` for the same facts. */
export interface DecidedSlot extends Judgement {
  allowsFirmBooking: boolean
}

/**
 * Answers one attempt to book: `firm`, `request` or `refuse`, with every rule in the trace (019–022). Rules only
 * restrict and the strictest wins; where none restricts it is firm. Reads nothing but its arguments.
 */
export async function decide(
  facts: DecisionFacts,
  policy: Policy = NO_POLICY,
  defaults: DefaultRules = defaultsFor(facts),
): Promise<Decision> {
  const judged = await judge(facts, policy, defaults)
  return {
    ...judgementOf(judged),
    policyVersion: policy.version,
    origins: judged.settled.origins,
    waived: waiversOf(judged),
    trace: explain(judged),
  }
}

/**
 * The same answers for a list of slots, or of sessions, in its order, without traces. The engine is asked once for what
 * a rule's conditions can't tell apart; the sentences carry each slot's own numbers.
 */
export async function decideSlots(
  slots: readonly DecisionFacts[],
  policy: Policy = NO_POLICY,
  defaults?: DefaultRules,
): Promise<DecidedSlot[]> {
  const decided: DecidedSlot[] = []
  for (const facts of slots) {
    const judgement = judgementOf(await judge(facts, policy, defaults ?? defaultsFor(facts)))
    decided.push({ allowsFirmBooking: judgement.outcome === 'firm', ...judgement })
  }
  return decided
}

/** Slots and seats are different things to book, each with rules of its own. */
function defaultsFor(facts: DecisionFacts): DefaultRules {
  return facts.session ? sessionPolicy : defaultPolicy
}

function judgementOf(judged: Judged): Judgement {
  const { refuse, request, warn } = findingsOf(judged)
  const gate = refuse.find(({ code }) => isGate(code))
  const restrictions = gate ? [gate] : [...refuse, ...request]
  const [first] = restrictions
  return {
    outcome: refuse.length > 0 ? 'refuse' : request.length > 0 ? 'request' : 'firm',
    code: first?.code ?? null,
    sentence: first?.message ?? 'Confirmed at once.',
    restrictions,
    warnings: warn,
    values: judged.settled.values,
  }
}

function findingsOf({ facts, defaults, rules }: Judged) {
  const found = { refuse: [] as Restriction[], request: [] as Restriction[], warn: [] as Restriction[] }
  const reader = facts.by === 'staff' ? 'coach' : 'client'
  for (const judged of defaults) {
    const effect = effectOf(judged, facts)
    const { rule, say } = judged.compiled
    if (effect) found[effect].push({ code: rule.code, message: say.restricts[reader](facts) })
  }
  for (const judged of rules) {
    const effect = ownEffectOf(judged, facts)
    if (!effect) continue
    const { title, does } = judged.compiled.rule
    const { sentence } = does.restricts!
    found[effect].push({ code: 'RULE', message: reader === 'coach' ? `${title}: ${sentence}` : sentence })
  }
  if (rules.length > 0) for (const list of [found.refuse, found.request, found.warn]) list.sort(byCode)
  return found
}

function waiversOf({ defaults, rules }: Judged): Decision['waived'] {
  return [
    ...defaults.map(({ compiled, waivedBy }) => ({ rule: compiled.rule.name, by: waivedBy?.id })),
    ...rules.map(({ compiled, waivedBy }) => ({ rule: compiled.rule.id, by: waivedBy?.id })),
  ].filter((each): each is Decision['waived'][number] => each.by !== undefined)
}
