import type { DefaultRule, DefaultRules, RuleName, Sentences } from './default-rule.ts'
import type { DecisionFacts } from './facts.ts'
import type { FactName } from './named-facts.ts'
import { sayer } from './phrases.ts'
import { type Policy, type Rule, SCOPES } from './policy.ts'
import { RESTRICTION_CODES, type RestrictionCode } from './restrictions.ts'
import { type VerdictTable, verdictTable } from './verdicts.ts'

export interface CompiledDefault {
  rule: DefaultRule
  applies: VerdictTable | null
  restricts: VerdictTable
  facts: FactName[]
  say: Record<'restricts' | 'passes', Record<keyof Sentences, (facts: DecisionFacts) => string>>
}

export interface CompiledRule {
  rule: Rule
  /** Null where it always holds. */
  when: VerdictTable | null
  /** The larger, the nearer its scope. */
  nearness: number
}

const defaults = new WeakMap<DefaultRules, CompiledDefault[]>()
const policies = new WeakMap<Policy, CompiledRule[]>()

/** In the order of their codes, so that the order in which they were written changes nothing. */
export function compileDefaults(rules: DefaultRules): CompiledDefault[] {
  const known = defaults.get(rules)
  if (known) return known

  const made = rules.rules.map(compileDefault).sort((a, b) => byCodeThenName(a.rule, b.rule))
  defaults.set(rules, made)
  return made
}

/** The rules of a business that count, in the order of their ids. */
export function compilePolicy(policy: Policy): CompiledRule[] {
  const known = policies.get(policy)
  if (known) return known

  const made = policy.rules
    .filter(rule => rule.active)
    .map(compileRule)
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
  policies.set(policy, made)
  return made
}

function compileDefault(rule: DefaultRule): CompiledDefault {
  const applies = rule.applies ? verdictTable(rule.applies) : null
  const restricts = verdictTable(rule.restricts)
  const { sentences } = rule
  return {
    rule,
    applies,
    restricts,
    facts: [...new Set([...(applies?.facts ?? []), ...restricts.facts])],
    say: {
      restricts: { client: sayer(sentences.restricts.client), coach: sayer(sentences.restricts.coach) },
      passes: { client: sayer(sentences.passes.client), coach: sayer(sentences.passes.coach) },
    },
  }
}

function compileRule(rule: Rule): CompiledRule {
  return { rule, when: rule.when && verdictTable(rule.when), nearness: SCOPES.indexOf(rule.scope) }
}

function byCodeThenName(
  a: { code: RestrictionCode; name: RuleName },
  b: { code: RestrictionCode; name: RuleName },
) {
  return byCode(a, b) || (a.name < b.name ? -1 : 1)
}

/** The code to be told first in front. */
export function byCode(a: { code: RestrictionCode }, b: { code: RestrictionCode }): number {
  return RESTRICTION_CODES.indexOf(a.code) - RESTRICTION_CODES.indexOf(b.code)
}
