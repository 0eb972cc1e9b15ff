import { Engine } from 'json-rules-engine'
import type { Condition } from '#server/domain/rules/conditions.ts'
import { defaultPolicy } from '#server/domain/rules/default-policy.ts'
import type { DefaultRule } from '#server/domain/rules/default-rule.ts'
import type { DecisionFacts } from '#server/domain/rules/facts.ts'
import { FACT_NAMES, FACTS, type FactName } from '#server/domain/rules/named-facts.ts'
import type { Policy, Rule } from '#server/domain/rules/policy.ts'
import { RESTRICTION_CODES } from '#server/domain/rules/restrictions.ts'
import { sessionPolicy } from '#server/domain/rules/session-policy.ts'

/** What the reference says of an attempt: enough to tell it from any other answer. */
export interface ReferenceAnswer {
  outcome: 'firm' | 'request' | 'refuse'
  codes: string[]
  values: Record<string, number | null>
  waived: string[]
}

const WAIVABLE = [
  ...['notice', 'horizon', 'limitDay', 'limitWeek', 'buffer', 'allowFirmBooking', 'connection', 'threshold'],
  ...['registration', 'seatsPerBooking', 'sessionApproval'],
]
const STRICT_IF_LARGE = [
  'firmBookingThresholdHours',
  'minimumNoticeMinutes',
  'bufferMinutes',
  'depositPercent',
]
const OF_SEATS = ['approvalHours', 'depositPercent', 'discountPercent', 'waitlistPriority']
const FROM_NEAR_TO_FAR = ['session', 'client', 'tag', 'offer', 'kind', 'coach', 'tenant']
const BASES = [
  ...['firmBookingThresholdHours', 'minimumNoticeMinutes', 'horizonDays', 'bufferMinutes'],
  ...['maxSessionsPerDay', 'maxSessionsPerWeek', 'approvalHours'],
] as const

/**
 * What a policy means, said once more: json-rules-engine is run with all conditions for each attempt, nothing is
 * remembered, and what follows from the answers is written without the code it is compared with.
 */
export function referenceOf({ rules }: Policy) {
  const active = rules.filter(rule => rule.active)
  const own = new Engine(
    active.map(rule => ({
      name: rule.id,
      conditions: { all: [inScope(rule), ...(rule.when ? [asEngine(rule.when)] : [])] },
      event: { type: 'applies' },
    })),
  )
  const slots = engineOf(defaultPolicy.rules)
  const seats = engineOf(sessionPolicy.rules)

  return async (facts: DecisionFacts): Promise<ReferenceAnswer> => {
    const applying = await run(own, active, ({ id }) => id, facts)
    const values = valuesOf(facts, applying)
    const defaults = (facts.session ? sessionPolicy : defaultPolicy).rules
    const judged = {
      ...facts,
      ...Object.fromEntries(BASES.map(name => [name, values[name]])),
    } as DecisionFacts
    const restricting = await run(facts.session ? seats : slots, defaults, ({ name }) => name, judged)

    const named = new Set(applying.flatMap(({ does }) => does.waives ?? []))
    const isStaff = facts.by === 'staff'
    const found = [
      ...restricting
        .filter(
          ({ name, forStaff }) =>
            !(WAIVABLE.includes(name) && named.has(name)) && !(isStaff && forStaff !== 'same'),
        )
        .map(({ code, outcome }) => ({
          code,
          outcome: typeof outcome === 'string' ? outcome : facts.limitOutcome,
        })),
      ...applying
        .filter(({ id, does }) => does.restricts && !named.has(id) && !isStaff)
        .map(({ does }) => ({ code: 'RULE' as const, outcome: does.restricts!.outcome })),
    ]
    const said = found.sort((a, b) => RESTRICTION_CODES.indexOf(a.code) - RESTRICTION_CODES.indexOf(b.code))
    const [refusing, asking] = ['refuse', 'request'].map(outcome =>
      said.filter(each => each.outcome === outcome),
    )
    const gate = refusing!.find(({ code }) =>
      ['CALENDAR_PRIVATE', 'SESSION_PRIVATE', 'CONNECTED_ONLY'].includes(code),
    )
    return {
      outcome: refusing!.length > 0 ? 'refuse' : asking!.length > 0 ? 'request' : 'firm',
      codes: (gate ? [gate] : [...refusing!, ...asking!]).map(({ code }) => code),
      values,
      waived: [...named].filter(
        name =>
          (WAIVABLE.includes(name) && defaults.some(rule => rule.name === name)) ||
          active.some(rule => rule.id === name && rule.does.restricts && reaches(rule, facts)),
      ),
    }
  }
}

function engineOf(rules: readonly DefaultRule[]) {
  return new Engine(
    rules.map(({ name, applies, restricts }) => ({
      name,
      conditions: { all: [...(applies ? [asEngine(applies)] : []), asEngine(restricts)] },
      event: { type: 'applies' },
    })),
  )
}

/** The rules whose conditions the engine finds to be so. */
async function run<R>(
  engine: Engine,
  rules: readonly R[],
  nameOf: (rule: R) => string,
  facts: DecisionFacts,
) {
  const { results } = await engine.run({
    ...Object.fromEntries(FACT_NAMES.map(name => [name, FACTS[name].read(facts)])),
    always: true,
    client: facts.client.id,
    session: facts.session?.id ?? null,
  })
  const names = new Set(results.map(({ name }) => name))
  return rules.filter(rule => names.has(nameOf(rule)))
}

function inScope({ scope, target }: Rule) {
  if (scope === 'tenant') return { fact: 'always', operator: 'equal', value: true }
  if (scope === 'tag') return { fact: 'tags', operator: 'contains', value: target!.toLowerCase() }
  return { fact: scope, operator: 'equal', value: target }
}

function reaches({ scope, target }: Rule, facts: DecisionFacts): boolean {
  const named = {
    ...{ tenant: [null], coach: [facts.coachId], kind: [facts.kind], offer: [facts.offerId] },
    ...{ client: [facts.client.id], session: [facts.session?.id ?? null] },
    tag: facts.client.tags.map(tag => tag.toLowerCase()),
  }
  return (named[scope] as (string | null)[]).includes(scope === 'tag' ? target!.toLowerCase() : target)
}

const ENGINE_WORDS = {
  ...{ equals: 'equal', notEquals: 'notEqual', oneOf: 'in', noneOf: 'notIn' },
  ...{
    lessThan: 'lessThan',
    atMost: 'lessThanInclusive',
    moreThan: 'greaterThan',
    atLeast: 'greaterThanInclusive',
  },
  ...{ contains: 'contains', containsNone: 'doesNotContain' },
}

// biome-ignore lint/suspicious/noExplicitAny: the engine's conditions are a union that nobody needs here
function asEngine(condition: Condition): any {
  if ('all' in condition) return { all: condition.all.map(asEngine) }
  if ('any' in condition) return { any: condition.any.map(asEngine) }
  if ('not' in condition) return { not: asEngine(condition.not) }
  const { fact, operator, value } = condition
  const said = {
    fact,
    operator: ENGINE_WORDS[operator],
    value: fact === 'tags' ? String(value).toLowerCase() : value,
  }
  const other =
    typeof value === 'object' && value !== null && 'fact' in value ? (value.fact as FactName) : null
  if (other === null || ['equals', 'notEquals'].includes(operator)) return said
  return { all: [{ fact: other, operator: 'notEqual', value: null }, said] }
}

function valuesOf(facts: DecisionFacts, applying: readonly Rule[]): ReferenceAnswer['values'] {
  const values: ReferenceAnswer['values'] = { depositPercent: null, discountPercent: 0, waitlistPriority: 0 }
  for (const name of BASES) values[name] = facts[name]
  for (const name of Object.keys(values) as (keyof NonNullable<Rule['does']['sets']>)[]) {
    if (facts.session && !OF_SEATS.includes(name)) continue
    const setting = applying.filter(({ does }) => does.sets?.[name] !== undefined)
    const nearest = FROM_NEAR_TO_FAR.find(scope => setting.some(rule => rule.scope === scope))
    const set = setting
      .filter(({ scope }) => scope === nearest)
      .map(({ does }) => does.sets![name] ?? Infinity)
    if (set.length === 0) continue
    const strictest = STRICT_IF_LARGE.includes(name) ? Math.max(...set) : Math.min(...set)
    values[name] = strictest === Infinity ? null : strictest
  }
  return values
}
