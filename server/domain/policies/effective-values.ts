import type { CalendarCache } from '../availability/cache.ts'
import type { Decision } from '../rules/decide.ts'
import { decideStrictest } from '../rules/decide-strictest.ts'
import type { RuleName } from '../rules/default-rule.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import { reaches } from '../rules/judge.ts'
import { type Policy, type Rule, SCOPES, type Scope } from '../rules/policy.ts'
import { isStricter } from '../rules/settle.ts'
import { VALUE_NAMES, VALUES, type ValueName } from '../rules/values.ts'
import { waysOfOffer, waysOfSession } from './asked-ways.ts'
import { RULE_OF_VALUE, sayValue, VALUE_LABELS } from './labels.ts'
import { type TryIt, type Trying, triedUnder } from './try-it.ts'

/** One of the numbers that rules may set, as it is for somebody, and why (065). */
export interface EffectiveValue {
  name: ValueName
  label: string
  value: number | null
  said: string
  /** Where it comes from; `rule` is null for the settings of the coach or the offer, and where nothing sets it. */
  origin: { scope: Scope; rule: RuleName | null; title: string | null; said: string }
  /** What the settings alone would say. */
  setting: { value: number | null; said: string }
  /** The rule because of which the value doesn't count. */
  waivedBy: { rule: RuleName; title: string } | null
  /** Rules that apply at some times or to some bookings only, and then make it another. */
  mayBecome: { rule: RuleName; title: string; value: number | null; said: string }[]
}

export interface EffectiveValues extends TryIt {
  offerId: string
  coachId: string
  /** Of an offer whose sessions have dates of their own: the one whose seats are booked. */
  sessionId?: string | undefined
}

/**
 * What holds for a client, or a stranger, who books this offer with this coach, before it is known when, or a seat of
 * this session (065). A coach may ask for the own calendar, sessions and clients. 404 for an unknown offer, coach,
 * session or client.
 */
export async function effectiveValues(
  query: Trying,
  cache: CalendarCache,
  input: EffectiveValues,
): Promise<{ values: EffectiveValue[] }> {
  const { sessionId } = input
  const policy = await triedUnder(query, input)
  const { ways, bookedBy, isOfOffer } = sessionId
    ? await waysOfSession(query, { ...input, sessionId })
    : await waysOfOffer(query, cache, policy, input)

  const always = await decideStrictest(ways, { ...policy, rules: policy.rules.filter(rule => !rule.when) })
  const settings = await decideStrictest(ways)
  const sometimes = policy.rules.filter(rule => isSometimes(rule, ways))
  const names = VALUE_NAMES.filter(name => bookedBy === 'slot' || VALUES[name].ofSeats)
  return {
    values: names.map(name => effectiveValue(name, { always, settings, sometimes, policy, isOfOffer })),
  }
}

/** Whether a rule counts at some times or for some bookings only, of those asked about. */
function isSometimes(rule: Rule, ways: readonly DecisionFacts[]): boolean {
  return rule.active && rule.when !== null && ways.some(facts => reaches(rule, facts))
}

interface Compared {
  /** By the rules without a condition, and by none. */
  always: Decision
  settings: Decision
  sometimes: Rule[]
  policy: Policy
  /** Whether the buffer is the offer's, which is the larger one. */
  isOfOffer: boolean
}

function effectiveValue(
  name: ValueName,
  { always, settings, sometimes, policy, isOfOffer }: Compared,
): EffectiveValue {
  const value = always.values[name]
  const origin = originOf(always.origins[name], { name, isOfOffer })
  const waiver = always.waived.find(({ rule }) => rule === RULE_OF_VALUE[name])
  const setting = settings.values[name]
  return {
    ...{ name, label: VALUE_LABELS[name], value, said: sayValue(name, value), origin },
    setting: { value: setting, said: sayValue(name, setting) },
    waivedBy: waiver
      ? { rule: waiver.by, title: policy.rules.find(({ id }) => id === waiver.by)!.title }
      : null,
    mayBecome: sometimes.flatMap(rule => {
      const other = rule.does.sets?.[name]
      if (other === undefined || !winsOver(rule, { name, value, origin: always.origins[name] })) return []
      return [{ rule: rule.id, title: rule.title, value: other, said: sayValue(name, other) }]
    }),
  }
}

function originOf(
  { scope, rule, title }: Decision['origins'][ValueName],
  { name, isOfOffer }: { name: ValueName; isOfOffer: boolean },
): EffectiveValue['origin'] {
  if (rule !== null) return { scope, rule, title, said: `Rule “${title}”` }
  if (RULES_ONLY.includes(name)) return { scope: 'tenant', rule, title, said: 'No rule says otherwise' }
  const from = name === 'bufferMinutes' && isOfOffer ? 'offer' : scope
  return { scope: from, rule, title, said: from === 'offer' ? 'The offer' : 'The coach’s settings' }
}

/** What no setting says, only rules. */
const RULES_ONLY: readonly ValueName[] = ['depositPercent', 'discountPercent', 'waitlistPriority']

/** Whether a rule, where it applies, sets this value instead of the one it has otherwise. */
function winsOver(
  rule: Rule,
  { name, value, origin }: { name: ValueName; value: number | null; origin: Decision['origins'][ValueName] },
): boolean {
  const other = rule.does.sets![name]!
  if (other === value) return false
  if (origin.rule === null) return true
  const nearer = SCOPES.indexOf(rule.scope) - SCOPES.indexOf(origin.scope)
  return nearer > 0 || (nearer === 0 && isStricter(name, other, value))
}
