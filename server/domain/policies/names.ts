import type { RuleNames } from '../rules/condition-sentence.ts'
import type { Scope } from '../rules/policy.ts'
import type { PolicyDocument } from './read-versions.ts'
import type { World } from './world.ts'

/** What it takes to read rules out. */
export interface Wording {
  names: RuleNames
  currency: string
}

export function wordingOf(world: World, documents: readonly PolicyDocument[]): Wording {
  return { names: namesIn(world, documents), currency: world.currency }
}

/** What ids are called: of coaches, offers, kinds, clients, sessions and the rules of these policies, the last as it is. */
function namesIn(
  { kinds, coaches, offers, clients, sessions }: World,
  documents: readonly PolicyDocument[],
): RuleNames {
  return new Map([
    ...documents.flatMap(({ rules }) => rules.map(({ id, title }) => [id, title] as const)),
    ...kinds.map(({ id, label }) => [id, label] as const),
    ...coaches.map(({ id, name }) => [id, name] as const),
    ...offers.map(({ id, title }) => [id, title] as const),
    ...clients.map(({ id, name }) => [id, name] as const),
    ...sessions.map(session => [session.id, sessionTitle(session)] as const),
  ])
}

/** A session by its offer and day: "Breathwork, Sat, 20 Mar 2027". */
export function sessionTitle({ title, startsAt, timeZone }: World['sessions'][number]): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone } as const
  return `${title}, ${new Intl.DateTimeFormat('en-GB', parts).format(new Date(startsAt))}`
}

/** Whom a rule is for: "Everybody", "Offer “Deep dive”", "Clients tagged “VIP”". */
export function sayScope(
  { scope, target }: { scope: Scope; target: string | null },
  names: RuleNames,
): string {
  const name = `“${(scope === 'tag' ? target : names.get(target ?? '')) ?? '?'}”`
  switch (scope) {
    case 'tenant':
      return 'Everybody'
    case 'coach':
      return `Coach ${name}`
    case 'kind':
      return `Sessions of the kind ${name}`
    case 'offer':
      return `Offer ${name}`
    case 'tag':
      return `Clients tagged ${name}`
    case 'client':
      return `Client ${name}`
    case 'session':
      return `Session ${name}`
  }
}
