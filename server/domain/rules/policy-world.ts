import type { CancellationRule, Rule } from './policy.ts'

/** What the rules of a business may be for. Of clients and sessions, those that its rules name are enough. */
export interface PolicyWorld {
  kinds: readonly { id: string }[]
  coaches: readonly { id: string; active: boolean }[]
  offers: readonly { id: string; kind: string; active: boolean }[]
  clients: readonly { id: string }[]
  sessions: readonly { id: string }[]
}

type Targeted = Pick<Rule | CancellationRule, 'scope' | 'target'>

/** Why a rule can't be for what it says; null where it can. */
export function targetProblem({ scope, target }: Targeted): string | null {
  if (scope === 'tenant') return target === null ? null : 'A rule for everybody names nothing more'
  if (target === null) return 'Say whom or what this is for'
  return scope === 'tag' && target.length > 40 ? 'A tag has 40 characters at most' : null
}

/**
 * Whether what a rule is for isn't there (any more). Such a rule does nothing, and bars nobody from publishing others:
 * clients are erased and kinds removed by people who don't make rules, and earlier versions must come back all the same.
 */
export function isGone({ scope, target }: Targeted, world: PolicyWorld): boolean {
  if (scope === 'tenant' || scope === 'tag') return false
  const there = {
    coach: world.coaches,
    kind: world.kinds,
    offer: world.offers,
    client: world.clients,
    session: world.sessions,
  }
  return !there[scope].some(({ id }) => id === target)
}

/** Whether all that one rule is for lies within what the other is for. */
export function covers(wide: Rule, narrow: Rule, world: PolicyWorld): boolean {
  if (wide.scope === narrow.scope && wide.target === narrow.target) return true
  // Whoever has a tag, who a client is and what a session is says nothing about the rest.
  if (wide.scope === 'tag' || wide.scope === 'client' || wide.scope === 'session') return false
  return (
    isWithin(offersOf(narrow, world), offersOf(wide, world)) &&
    isWithin(coachesOf(narrow, world), coachesOf(wide, world))
  )
}

function offersOf({ scope, target }: Rule, { offers }: PolicyWorld): string[] {
  if (scope === 'offer') return [target!]
  return offers.filter(({ kind }) => scope !== 'kind' || kind === target).map(({ id }) => id)
}

function coachesOf({ scope, target }: Rule, { coaches }: PolicyWorld): string[] {
  return scope === 'coach' ? [target!] : coaches.map(({ id }) => id)
}

function isWithin(narrow: readonly string[], wide: readonly string[]): boolean {
  return narrow.length > 0 && narrow.every(id => wide.includes(id))
}
