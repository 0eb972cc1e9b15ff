import { type CompiledRule, compile, type Verdict } from './compile.ts'
import { defaultPolicy } from './default-policy.ts'
import type { DefaultRules, Outcome, RuleName } from './default-rule.ts'
import { type DecisionFacts, FACTS, type FactName, type FactValue, factNamed } from './facts.ts'
import type { Scope } from './policy.ts'
import { isGate, type RestrictionCode } from './restrictions.ts'
import { sessionPolicy } from './session-policy.ts'

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
}

export interface Decision extends Judgement {
  trace: TraceLine[]
}

/** What the slot list needs of a slot (056, 057). Its trace is that of `decide` for the same facts. */
export interface DecidedSlot extends Judgement {
  allowsFirmBooking: boolean
}

export interface TraceLine {
  rule: RuleName
  scope: Scope
  /** False where the rule has nothing to do with this attempt; it then passes. */
  applied: boolean
  passed: boolean
  /** What the rule contributes: `firm` where it passes, and where it only warns. */
  outcome: Outcome
  /** The facts its conditions compare. Lead times are numbers of minutes, hours or days, unrounded. */
  saw: Partial<Record<FactName, FactValue>>
  clientSentence: string
  coachSentence: string
}

/** One line of the trace as the client may see it. */
export type ClientTraceLine = Pick<TraceLine, 'rule' | 'passed' | 'outcome' | 'saw'> & { sentence: string }

/**
 * Answers one attempt to book: `firm`, `request` or `refuse`, with every rule in the trace (019–022). Rules only
 * restrict and the strictest wins; where none restricts it is firm. Reads nothing but its arguments.
 */
export async function decide(
  facts: DecisionFacts,
  policy: DefaultRules = policyOf(facts),
): Promise<Decision> {
  const { rules, ask } = compile(policy)
  const verdicts = await ask(facts)
  return { ...judge(rules, verdicts, facts), trace: explain(rules, verdicts, facts) }
}

/**
 * The same answers for a list of slots, or of sessions, in its order, without traces. The engine is asked once for each class of
 * slots that the conditions can't tell apart; the sentences carry each slot's own numbers.
 */
export async function decideSlots(
  slots: readonly DecisionFacts[],
  policy: DefaultRules = policyOf(slots[0]),
): Promise<DecidedSlot[]> {
  const { rules, askByClass } = compile(policy)
  const verdicts = await askByClass(slots)
  return slots.map((facts, at) => {
    const judgement = judge(rules, verdicts[at]!, facts)
    return { allowsFirmBooking: judgement.outcome === 'firm', ...judgement }
  })
}

/** Slots and seats are different things to book, each with rules of its own. */
function policyOf(facts: DecisionFacts | undefined): DefaultRules {
  return facts?.session ? sessionPolicy : defaultPolicy
}

function judge(rules: CompiledRule[], verdicts: Verdict[], facts: DecisionFacts): Judgement {
  const found = { refuse: [] as Restriction[], request: [] as Restriction[], warn: [] as Restriction[] }
  rules.forEach((rule, at) => {
    const effect = effectOf(rule, verdicts[at]!, facts)
    if (effect === null) return
    const reader = facts.by === 'staff' ? 'coach' : 'client'
    found[effect].push({ code: rule.code, message: rule.say.restricts[reader](facts) })
  })

  const gate = found.refuse.find(({ code }) => isGate(code))
  const restrictions = gate ? [gate] : [...found.refuse, ...found.request]
  const outcome = found.refuse.length > 0 ? 'refuse' : found.request.length > 0 ? 'request' : 'firm'
  const [first] = restrictions
  return {
    outcome,
    code: first?.code ?? null,
    sentence: first?.message ?? 'Confirmed at once.',
    restrictions,
    warnings: found.warn,
  }
}

function effectOf(rule: CompiledRule, verdict: Verdict, facts: DecisionFacts) {
  if (verdict !== 'restricts' || leftOut(rule, facts)) return null
  if (facts.by === 'staff' && rule.forStaff === 'warn') return 'warn'
  return typeof rule.outcome === 'string' ? rule.outcome : FACTS[rule.outcome.fact].read(facts)
}

function leftOut(rule: CompiledRule, facts: DecisionFacts) {
  return facts.by === 'staff' && rule.forStaff === 'skip'
}

function explain(rules: CompiledRule[], verdicts: Verdict[], facts: DecisionFacts): TraceLine[] {
  return rules.map((rule, at) => {
    const verdict = verdicts[at]!
    const effect = effectOf(rule, verdict, facts)
    const line = {
      rule: rule.name,
      scope: rule.scope,
      applied: verdict !== 'exempt' && !leftOut(rule, facts),
      passed: effect === null,
      outcome: effect === null || effect === 'warn' ? ('firm' as const) : effect,
      saw: Object.fromEntries(rule.facts.map(name => [name, factNamed(name).read(facts)])),
    }
    if (leftOut(rule, facts)) return { ...line, ...both("Doesn't apply when staff book for a client.") }
    if (verdict === 'exempt') return { ...line, ...both("Doesn't apply to this booking.") }
    const say = rule.say[verdict]
    return { ...line, clientSentence: say.client(facts), coachSentence: say.coach(facts) }
  })
}

function both(sentence: string) {
  return { clientSentence: sentence, coachSentence: sentence }
}

/**
 * The trace as a client may see it, for instance in the answer to their own booking: no sentence meant for the
 * coach, no numbers of the coach's other sessions, nothing of being blocked. Empty where they were refused.
 */
export function clientTrace(
  decision: Pick<Decision, 'outcome' | 'trace'>,
  policy: DefaultRules = defaultPolicy,
): ClientTraceLine[] {
  if (decision.outcome === 'refuse') return []
  const hidden = new Set(policy.rules.filter(rule => rule.hidden).map(rule => rule.name))
  return decision.trace
    .filter(line => !hidden.has(line.rule))
    .map(({ rule, passed, outcome, saw, clientSentence }) => ({
      rule,
      passed,
      outcome,
      saw: Object.fromEntries(Object.entries(saw).filter(([name]) => FACTS[name as FactName].forClient)),
      sentence: clientSentence,
    }))
}
