import { canHold, sameFact } from './can-hold.ts'
import type { PolicyFinding } from './check-policy.ts'
import { type Condition, is } from './conditions.ts'
import { type Rule, SCOPES } from './policy.ts'
import { covers, isGone, type PolicyWorld } from './policy-world.ts'
import { isStricter } from './settle.ts'
import { VALUE_NAMES } from './values.ts'

/** Rules that may be published but never do anything, or not all they say: of each, what and why. */
export function hardlyMeant(
  sound: readonly Rule[],
  rules: readonly Rule[],
  world: PolicyWorld,
): PolicyFinding[] {
  return sound.flatMap(rule => {
    const idle = neverApplies(rule, world)
    if (idle) return [{ ruleId: rule.id, ...idle }]
    const others = sound.filter(other => other !== rule)
    return [
      ...refusedAnyway(rule, others, world),
      ...neverWins(rule, others, world),
      ...waivesNothing(rule, rules),
    ].map(finding => ({ ruleId: rule.id, ...finding }))
  })
}

type Finding = Omit<PolicyFinding, 'ruleId'>

function neverApplies(rule: Rule, world: PolicyWorld): Finding | null {
  const { scope, target, when } = rule
  if (isGone(rule, world)) return { field: 'target', message: goneSentence(scope) }
  if (isOff(rule, world))
    return { field: 'target', message: `This never applies while the ${scope} is inactive` }
  const within = scopeAsCondition(scope, target, world)
  const both = [...(when ? [when] : []), ...within]
  if (both.length === 0 || canHold({ all: both }, sameFact)) return null
  return { field: 'when', message: 'This can never apply: no booking is all of this at once' }
}

export function goneSentence(scope: Rule['scope']): string {
  return `This never applies: the ${scope} it is for is not there any more`
}

function isOff({ scope, target }: Rule, { offers, coaches }: PolicyWorld): boolean {
  const there = scope === 'offer' ? offers : scope === 'coach' ? coaches : []
  return there.some(({ id, active }) => id === target && !active)
}

function scopeAsCondition(scope: Rule['scope'], target: string | null, { offers }: PolicyWorld): Condition[] {
  switch (scope) {
    case 'offer': {
      const kind = offers.find(({ id }) => id === target)?.kind
      return [is('offer', 'equals', target), ...(kind === undefined ? [] : [is('kind', 'equals', kind)])]
    }
    case 'coach':
    case 'kind':
      return [is(scope, 'equals', target)]
    case 'tag':
      return [is('tags', 'contains', target)]
    default:
      return []
  }
}

/** What another rule refuses to all whom this one is for needs no approval, nor a second refusal. */
function refusedAnyway(rule: Rule, others: readonly Rule[], world: PolicyWorld): Finding[] {
  if (!rule.does.restricts) return []
  const isWaived = ({ id }: Rule) => others.some(({ does }) => does.waives?.includes(id))
  const stricter = others.find(
    other =>
      other.when === null &&
      other.does.restricts?.outcome === 'refuse' &&
      covers(other, rule, world) &&
      !isWaived(other),
  )
  return stricter
    ? [{ field: 'does', message: `This changes nothing: “${stricter.title}” refuses all of it anyway` }]
    : []
}

function neverWins(rule: Rule, others: readonly Rule[], world: PolicyWorld): Finding[] {
  return VALUE_NAMES.filter(name => rule.does.sets?.[name] !== undefined).flatMap(name => {
    const value = rule.does.sets![name]!
    const winner = others.find(other => {
      const its = other.does.sets?.[name]
      if (its === undefined || other.when !== null || !covers(other, rule, world)) return false
      const nearer = SCOPES.indexOf(other.scope) - SCOPES.indexOf(rule.scope)
      return nearer > 0 || (nearer === 0 && isStricter(name, its, value))
    })
    return winner
      ? [{ field: `sets.${name}`, message: `This never counts: “${winner.title}” always sets it instead` }]
      : []
  })
}

function waivesNothing(rule: Rule, rules: readonly Rule[]): Finding[] {
  return (rule.does.waives ?? []).flatMap(name => {
    const waived = rules.find(({ id }) => id === name)
    return waived && !waived.active
      ? [{ field: 'waives', message: `“${waived.title}” is switched off, so there is nothing to waive` }]
      : []
  })
}
