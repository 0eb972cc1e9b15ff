import { cancellationSentences } from '../cancellation/sentences.ts'
import { Refusal } from '../refusal.ts'
import { checkPolicy, type PolicyFinding } from '../rules/check-policy.ts'
import type { CancellationRule, Rule } from '../rules/policy.ts'
import { effectSentence, ruleSentence } from '../rules/rule-sentence.ts'
import { sayScope, wordingOf } from './names.ts'
import type { PolicyDocument } from './read-versions.ts'
import { type PolicyQuery, readWorld, type World } from './world.ts'

/** A policy as its editor shows it: each rule read out, with what is wrong or odd about it. */
export interface DocumentView {
  rules: RuleView[]
  cancellation: CancellationView[]
  /** What keeps it from being published, of all rules. */
  problems: PolicyFinding[]
  /** What may be published but is hardly meant. */
  warnings: PolicyFinding[]
}

export interface RuleView {
  rule: Rule
  /** Whom it is for: "Clients tagged “VIP”". */
  scope: string
  /** What the coach, kind, offer, client or session is called; null for everybody, and where it is gone. */
  targetName: string | null
  sentence: string
  /** What it does, without whom it is for: what a rule is called that got no name. */
  effect: string
  problems: PolicyFinding[]
  warnings: PolicyFinding[]
}

export interface CancellationView {
  rule: CancellationRule
  scope: string
  sentences: string[]
}

export function viewDocument(document: PolicyDocument, world: World): DocumentView {
  const { problems, warnings } = checkPolicy(document, world)
  const { names, currency } = wordingOf(world, [document])
  const about = (findings: PolicyFinding[], id: string) => findings.filter(({ ruleId }) => ruleId === id)
  return {
    rules: document.rules.map(rule => ({
      rule,
      scope: sayScope(rule, names),
      targetName: names.get(rule.target ?? '') ?? null,
      sentence: ruleSentence(rule, names, currency),
      effect: effectSentence(rule.does, names),
      problems: about(problems, rule.id),
      warnings: about(warnings, rule.id),
    })),
    cancellation: document.cancellation.map(rule => ({
      rule,
      scope: sayScope(rule, names),
      sentences: cancellationSentences(rule.terms),
    })),
    problems,
    warnings,
  }
}

/** Refuses with 400 `POLICY` and all problems what must not be published. */
export async function requireSound(query: PolicyQuery, document: PolicyDocument): Promise<void> {
  const { problems } = checkPolicy(document, await readWorld(query, [document]))
  const [first] = problems
  if (first) throw new Refusal('input', 'POLICY', first.message, { field: first.field, data: { problems } })
}
