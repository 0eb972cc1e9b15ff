import { type CompiledDefault, type CompiledRule, compileDefaults, compilePolicy } from './compile.ts'
import type { DefaultRules } from './default-rule.ts'
import type { DecisionFacts } from './facts.ts'
import type { Policy, Rule } from './policy.ts'
import { type Settled, settle, withValues } from './settle.ts'

/** What the conditions of a rule say of an attempt. */
export type Verdict = 'exempt' | 'passes' | 'restricts'

export interface JudgedDefault {
  compiled: CompiledDefault
  verdict: Verdict
  waivedBy: Rule | null
}

export interface JudgedRule {
  compiled: CompiledRule
  /** False for a tag's rule where the client doesn't have it; it then doesn't apply. */
  inScope: boolean
  applies: boolean
  waivedBy: Rule | null
}

/** An attempt as every rule saw it; lists and single decisions are made of the same. */
export interface Judged {
  /** With the values that rules set in place of the settings. */
  facts: DecisionFacts
  settled: Settled
  defaults: JudgedDefault[]
  /** The business's own rules within whose scope the attempt lies, and those for clients with a tag. */
  rules: JudgedRule[]
}

/**
 * First what the conditions of the business's rules say, which name nothing that rules set; then what those that apply
 * waive and set; last what the default rules say to the values there are now.
 */
export async function judge(facts: DecisionFacts, policy: Policy, defaults: DefaultRules): Promise<Judged> {
  const rules: JudgedRule[] = []
  for (const compiled of compilePolicy(policy)) {
    const { rule, when } = compiled
    const inScope = reaches(rule, facts)
    if (!inScope && rule.scope !== 'tag') continue
    const applies = inScope && (when === null || (when.known(facts) ?? (await when.learn(facts))))
    rules.push({ compiled, inScope, applies, waivedBy: null })
  }

  const settled = settle(
    facts,
    rules.filter(({ applies }) => applies).map(({ compiled }) => compiled),
  )
  const effective = withValues(facts, settled)
  const judged: JudgedDefault[] = []
  for (const compiled of compileDefaults(defaults)) {
    const { applies, restricts, rule } = compiled
    const waivedBy = (rule.waivable && settled.waived.get(rule.name)) || null
    const exempt = applies !== null && !(applies.known(effective) ?? (await applies.learn(effective)))
    const strict = !exempt && (restricts.known(effective) ?? (await restricts.learn(effective)))
    judged.push({ compiled, waivedBy, verdict: exempt ? 'exempt' : strict ? 'restricts' : 'passes' })
  }

  return {
    facts: effective,
    settled,
    defaults: judged,
    rules: rules.map(each => {
      const { id, does } = each.compiled.rule
      return { ...each, waivedBy: (each.inScope && does.restricts && settled.waived.get(id)) || null }
    }),
  }
}

/** Whether an attempt lies within the scope of a rule, whatever its conditions say. */
export function reaches(
  { scope, target }: Rule,
  facts: Pick<DecisionFacts, 'coachId' | 'kind' | 'offerId' | 'client' | 'session'>,
): boolean {
  switch (scope) {
    case 'tenant':
      return true
    case 'coach':
      return facts.coachId === target
    case 'kind':
      return facts.kind === target
    case 'offer':
      return facts.offerId === target
    case 'tag':
      return facts.client.tags.some(tag => tag.toLowerCase() === target?.toLowerCase())
    case 'client':
      return target !== null && facts.client.id === target
    case 'session':
      return target !== null && facts.session?.id === target
  }
}

/** What a default rule then does: nothing, where it passes, is waived or is left out for staff. */
export function effectOf(
  { compiled: { rule }, verdict, waivedBy }: JudgedDefault,
  facts: DecisionFacts,
): 'request' | 'refuse' | 'warn' | null {
  if (verdict !== 'restricts' || waivedBy || isLeftOut(rule, facts)) return null
  if (facts.by === 'staff' && rule.forStaff === 'warn') return 'warn'
  return typeof rule.outcome === 'string' ? rule.outcome : facts.limitOutcome
}

export function isLeftOut(rule: CompiledDefault['rule'], facts: DecisionFacts): boolean {
  return facts.by === 'staff' && rule.forStaff === 'skip'
}

/** The same of one of the business's own rules, which only warn staff. */
export function ownEffectOf(
  { compiled: { rule }, applies, waivedBy }: JudgedRule,
  facts: DecisionFacts,
): 'request' | 'refuse' | 'warn' | null {
  if (!applies || waivedBy || !rule.does.restricts) return null
  return facts.by === 'staff' ? 'warn' : rule.does.restricts.outcome
}
