import { OBSERVED_NAMES, type ObservedFact, type ObservedName, observedFact } from '../rules/catalogue.ts'
import type { Operator } from '../rules/conditions.ts'
import { defaultPolicy } from '../rules/default-policy.ts'
import { type Preset, presets } from '../rules/presets.ts'
import { sessionPolicy } from '../rules/session-policy.ts'
import { type RuleTemplate, templates } from '../rules/templates.ts'
import { VALUE_NAMES, VALUES, type ValueKind, type ValueName } from '../rules/values.ts'
import { sayValue, VALUE_LABELS, WAIVABLE_LABELS } from './labels.ts'
import { sessionTitle } from './names.ts'
import { type NamedKind, type PolicyQuery, readWorld, type World } from './world.ts'

export interface Choice {
  id: string
  label: string
}

/** A fact that conditions may name, in the words of the editor. */
export interface FactWord {
  name: ObservedName
  label: string
  about: ObservedFact['about']
  type: ObservedFact['type']
  input: ObservedFact['input']
  unit: string | null
  /** Of a number, where it has bounds. */
  from: number | null
  to: number | null
  whole: boolean
  /** Whether it may be null, such as the gap to a session that there isn't. */
  nullable: boolean
  /** The only values there are; null where any may come. */
  choices: Choice[] | null
  /** What to offer for comparing it, in words. */
  operators: { name: Operator; label: string }[]
}

export interface ValueWord extends Omit<ValueKind, 'strictest' | 'ofSeats'> {
  name: ValueName
  label: string
  /** What to begin with, when it is added to a rule. */
  usual: number
  /** What no number means; null where there must be one. */
  none: string | null
  /** Whether it also counts for seats of sessions with dates of their own. */
  ofSeats: boolean
}

/** All that an editor of rules needs to know. */
export interface Vocabulary extends Pick<World, 'coaches' | 'offers' | 'tags' | 'currency'> {
  facts: FactWord[]
  values: ValueWord[]
  /** The default rules that may be waived. */
  waivable: { name: string; label: string; isApproval: boolean }[]
  kinds: readonly NamedKind[]
  sessions: Choice[]
  templates: readonly RuleTemplate[]
  presets: readonly Preset[]
}

export async function readVocabulary(query: PolicyQuery): Promise<Vocabulary> {
  const { currency, kinds, coaches, offers, tags, sessions } = await readWorld(query, [])
  const from = {
    offers: offers.map(({ id, title }) => ({ id, label: title })),
    coaches: coaches.map(({ id, name }) => ({ id, label: name })),
    kinds: kinds.map(({ id, label }) => ({ id, label })),
  }
  return {
    facts: OBSERVED_NAMES.map(name => factWord(name, from)),
    values: VALUE_NAMES.map(valueWord),
    waivable: [...defaultPolicy.rules, ...sessionPolicy.rules]
      .filter(({ waivable }) => waivable)
      .map(({ name }) => ({ name, ...WAIVABLE_LABELS[name]! })),
    ...{ kinds: from.kinds, coaches, offers, tags, currency, templates, presets },
    sessions: sessions.map(session => ({ id: session.id, label: sessionTitle(session) })),
  }
}

function factWord(name: ObservedName, from: Record<NonNullable<ObservedFact['from']>, Choice[]>): FactWord {
  const fact = observedFact(name)
  const { label, about, type, input, unit = null, within, nullable } = fact
  const listed = fact.values?.map(id => ({ id, label: CHOICE_LABELS[id] ?? id }))
  return {
    ...{ name, label, about, type, input, unit, nullable },
    from: finite(within?.from),
    to: finite(within?.to),
    whole: within?.whole ?? false,
    choices: listed ?? (fact.from ? from[fact.from] : input === 'weekday' ? WEEKDAYS : null),
    operators: operatorsOf(fact),
  }
}

function finite(bound: number | undefined): number | null {
  return bound !== undefined && Number.isFinite(bound) ? bound : null
}

/**
 * Enough to say anything with: of what is chosen from a list, being among what is chosen; of a truth, being true or
 * not; of a number, its size.
 */
function operatorsOf({ type, input }: ObservedFact): FactWord['operators'] {
  if (type === 'list') return said({ contains: 'have', containsNone: 'don’t have' })
  if (type === 'truth') return said({ equals: 'is' })
  if (input === 'choice' || input === 'weekday') return said({ oneOf: 'is', noneOf: 'is not' })
  if (input === 'timeOfDay') return said({ atLeast: 'is from', lessThan: 'is before' })
  return said({
    ...{ atLeast: 'is at least', moreThan: 'is more than', atMost: 'is at most', lessThan: 'is less than' },
    ...{ equals: 'is exactly', notEquals: 'is not' },
  })
}

function said(labels: Partial<Record<Operator, string>>): FactWord['operators'] {
  return Object.entries(labels).map(([name, label]) => ({ name: name as Operator, label }))
}

const CHOICE_LABELS: Record<string, string> = { client: 'The client', staff: 'You or a colleague' }

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, at) => ({ id: String(at + 1), label }),
)

function valueWord(name: ValueName): ValueWord {
  const { unit, from, to, nullable, ofSeats } = VALUES[name]
  const none = nullable ? sayValue(name, null) : null
  return { name, label: VALUE_LABELS[name], unit, from, to, nullable, usual: USUAL[name], none, ofSeats }
}

const USUAL: Record<ValueName, number> = {
  firmBookingThresholdHours: 24,
  minimumNoticeMinutes: 720,
  horizonDays: 60,
  bufferMinutes: 30,
  maxSessionsPerDay: 4,
  maxSessionsPerWeek: 16,
  approvalHours: 24,
  depositPercent: 30,
  discountPercent: 10,
  waitlistPriority: 10,
}
