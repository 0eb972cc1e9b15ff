import { canHold } from './can-hold.ts'
import { defaultPolicy } from './default-policy.ts'
import { goneSentence, hardlyMeant } from './hardly-meant.ts'
import type { CancellationRule, Rule } from './policy.ts'
import { isGone, type PolicyWorld, targetProblem } from './policy-world.ts'
import { sessionPolicy } from './session-policy.ts'
import { VALUE_NAMES, VALUES } from './values.ts'

export interface PolicyFinding {
  /** Null where it is about the terms of cancelling. */
  ruleId: string | null
  /** The part of the rule: `title`, `target`, `when`, `does`, `waives`, `sets.horizonDays`, `active`. */
  field: string
  message: string
}

/**
 * What is wrong with a policy, so that it can't be published, and what is hardly meant. `world` is what rules may be
 * for. The form was checked before, by `rulesSchema`.
 */
export function checkPolicy(
  { rules, cancellation }: { rules: readonly Rule[]; cancellation: readonly CancellationRule[] },
  world: PolicyWorld,
): { problems: PolicyFinding[]; warnings: PolicyFinding[] } {
  const problems = [
    ...rules.flatMap(rule => problemsOf(rule, rules)),
    ...cancellation.flatMap(rule => {
      const message = targetProblem(rule)
      return message ? [{ ruleId: null, field: 'cancellation', message }] : []
    }),
  ]
  const sound = rules.filter(rule => rule.active && !problems.some(({ ruleId }) => ruleId === rule.id))
  const idle = cancellation.filter(rule => isGone(rule, world))
  return {
    problems,
    warnings: [
      ...hardlyMeant(sound, rules, world),
      ...idle.map(({ scope }) => ({ ruleId: null, field: 'cancellation', message: goneSentence(scope) })),
    ],
  }
}

function problemsOf(rule: Rule, rules: readonly Rule[]): PolicyFinding[] {
  const found = (field: string, message: string | null | false): PolicyFinding[] =>
    message ? [{ ruleId: rule.id, field, message }] : []
  const others = rules.filter(other => other !== rule)
  return [
    ...found('id', DEFAULTS.has(rule.id) && `"${rule.id}" is the name of a rule that there always is`),
    ...found('id', others.some(({ id }) => id === rule.id) && `There are two rules "${rule.id}"`),
    ...found('title', others.some(other => isSame(other.title, rule.title)) && 'Another rule has this title'),
    ...found('target', targetProblem(rule)),
    ...found(
      'when',
      rule.when && !canHold(rule.when) && 'This can never be so: its parts contradict each other',
    ),
    ...effectProblems(rule).flatMap(({ field, message }) => found(field, message)),
    ...(rule.does.waives ?? []).flatMap(name => found('waives', waiverProblem(name, rule, rules))),
  ]
}

function isSame(one: string, other: string) {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}

function effectProblems({ does }: Rule): { field: string; message: string }[] {
  const { restricts, waives = [], sets = {} } = does
  const named = VALUE_NAMES.filter(name => sets[name] !== undefined)
  const says = []
  if (!restricts && waives.length === 0 && named.length === 0)
    says.push({ field: 'does', message: 'Say what the rule does' })
  if (restricts && waives.length > 0)
    says.push({ field: 'does', message: 'A rule that restricts can’t waive others as well: make two of it' })
  for (const name of named) {
    const { from, to, nullable, unit } = VALUES[name]
    const value = sets[name]!
    if (value === null ? !nullable : value < from || value > to)
      says.push({
        field: `sets.${name}`,
        message: `This must be a whole number of ${unit} from ${from} to ${to}`,
      })
  }
  return says
}

const DEFAULTS = new Map([...defaultPolicy.rules, ...sessionPolicy.rules].map(rule => [rule.name, rule]))

function waiverProblem(name: string, rule: Rule, rules: readonly Rule[]): string | null {
  const known = DEFAULTS.get(name)
  if (known) return known.waivable ? null : 'This protects everybody and can’t be waived'
  const own = rules.find(({ id }) => id === name)
  if (!own) return `There is no rule "${name}" to waive`
  if (own === rule) return 'A rule can’t waive itself'
  return own.does.restricts ? null : `“${own.title}” restricts nothing, so there is nothing to waive`
}
