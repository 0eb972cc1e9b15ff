import type { FactValue } from './catalogue.ts'
import { byCode } from './compile.ts'
import { defaultPolicy } from './default-policy.ts'
import type { Outcome, RuleName } from './default-rule.ts'
import type { DecisionFacts } from './facts.ts'
import {
  effectOf,
  isLeftOut,
  type Judged,
  type JudgedDefault,
  type JudgedRule,
  ownEffectOf,
} from './judge.ts'
import { FACTS, type FactName, factNamed } from './named-facts.ts'
import type { Rule, Scope } from './policy.ts'
import type { RestrictionCode } from './restrictions.ts'
import { effectSentence, type RuleNames } from './rule-sentence.ts'

export interface TraceLine {
  /** A default rule's name, or the id of one of the business's own. */
  rule: RuleName
  /** What its author calls it; null for a default rule. */
  title: string | null
  scope: Scope
  /** False where the rule has nothing to do with this attempt; it then passes. */
  applied: boolean
  passed: boolean
  /** The rule because of which this one doesn't hold. */
  waivedBy: RuleName | null
  /** What the rule contributes: `firm` where it passes, and where it only warns. */
  outcome: Outcome
  /** The facts its conditions compare. Lead times are numbers of minutes, hours or days, unrounded. */
  saw: Partial<Record<FactName, FactValue>>
  clientSentence: string
  coachSentence: string
}

/** One line of the trace as the client may see it. */
export type ClientTraceLine = Pick<TraceLine, 'rule' | 'passed' | 'outcome' | 'saw'> & { sentence: string }

/** Every default rule, and every rule of the business's own within whose scope the attempt lies, or that a tag would bring. */
export function explain({ facts, defaults, rules }: Judged): TraceLine[] {
  const titles = new Map(rules.map(({ compiled: { rule } }) => [rule.id, rule.title]))
  const lines = [
    ...defaults.map(each => ({ code: each.compiled.rule.code, line: defaultLine(each, facts) })),
    ...rules.map(each => ({ code: 'RULE' as RestrictionCode, line: ownLine(each, facts, titles) })),
  ]
  return lines.sort(byCode).map(({ line }) => line)
}

function defaultLine(judged: JudgedDefault, facts: DecisionFacts): TraceLine {
  const { compiled, verdict, waivedBy } = judged
  const { rule, say } = compiled
  const effect = effectOf(judged, facts)
  const line = {
    rule: rule.name,
    title: null,
    scope: rule.scope,
    applied: verdict !== 'exempt' && !isLeftOut(rule, facts),
    passed: effect === null,
    waivedBy: waivedBy?.id ?? null,
    outcome: outcomeOf(effect),
    saw: sawOf(compiled.facts, facts),
  }
  if (isLeftOut(rule, facts)) return { ...line, ...both("Doesn't apply when staff book for a client.") }
  if (verdict === 'exempt') return { ...line, ...both(NOT_CONCERNED) }
  if (waivedBy) return { ...line, ...waivedSentences(waivedBy) }
  return { ...line, clientSentence: say[verdict].client(facts), coachSentence: say[verdict].coach(facts) }
}

function ownLine(judged: JudgedRule, facts: DecisionFacts, titles: RuleNames): TraceLine {
  const { compiled, inScope, applies, waivedBy } = judged
  const { rule, when } = compiled
  const effect = ownEffectOf(judged, facts)
  const line = {
    rule: rule.id,
    title: rule.title,
    scope: rule.scope,
    applied: applies,
    passed: effect === null,
    waivedBy: waivedBy?.id ?? null,
    outcome: outcomeOf(effect),
    saw: sawOf(when?.facts ?? [], facts),
  }
  if (!inScope)
    return { ...line, ...both(NOT_CONCERNED), coachSentence: `Only for clients tagged “${rule.target}”.` }
  if (!applies) return { ...line, ...both(NOT_CONCERNED) }
  if (waivedBy) return { ...line, ...waivedSentences(waivedBy) }
  const { restricts } = rule.does
  return {
    ...line,
    clientSentence: restricts?.sentence ?? NOT_CONCERNED,
    coachSentence: effectSentence(rule.does, titles),
  }
}

const NOT_CONCERNED = "Doesn't apply to this booking."

function waivedSentences(by: Rule) {
  return { clientSentence: NOT_CONCERNED, coachSentence: `Waived by “${by.title}”.` }
}

function both(sentence: string) {
  return { clientSentence: sentence, coachSentence: sentence }
}

function outcomeOf(effect: ReturnType<typeof effectOf>): Outcome {
  return effect === null || effect === 'warn' ? 'firm' : effect
}

function sawOf(names: readonly FactName[], facts: DecisionFacts): TraceLine['saw'] {
  return Object.fromEntries(names.map(name => [name, factNamed(name).read(facts)]))
}

const HIDDEN = new Set(defaultPolicy.rules.filter(rule => rule.hidden).map(rule => rule.name))

/**
 * The trace as a client may see it, for instance in the answer to their own booking: no sentence meant for the
 * coach, no numbers of the coach's other sessions, nothing of being blocked, and of the business's own rules only
 * what restricts this client, in its author's words; nothing that staff were only warned of. Empty where they were refused.
 */
export function clientTrace(decision: { outcome: Outcome; trace: readonly TraceLine[] }): ClientTraceLine[] {
  if (decision.outcome === 'refuse') return []
  // What was decided before there were own rules has lines without titles.
  const isOwn = (line: TraceLine) => (line.title ?? null) !== null
  return decision.trace
    .filter(line => (isOwn(line) ? !line.passed : !HIDDEN.has(line.rule)) && !isWarning(line))
    .map(line => ({
      rule: isOwn(line) ? 'rule' : line.rule,
      passed: line.passed,
      outcome: line.outcome,
      saw: isOwn(line) ? {} : openFacts(line.saw),
      sentence: line.clientSentence,
    }))
}

/** What staff went against when they booked for the client. */
function isWarning({ passed, outcome }: TraceLine): boolean {
  return !passed && outcome === 'firm'
}

function openFacts(saw: TraceLine['saw']): TraceLine['saw'] {
  return Object.fromEntries(Object.entries(saw).filter(([name]) => FACTS[name as FactName]?.forClient))
}
