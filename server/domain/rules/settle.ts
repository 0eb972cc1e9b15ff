import type { CompiledRule } from './compile.ts'
import type { RuleName } from './default-rule.ts'
import type { DecisionFacts } from './facts.ts'
import type { Scope } from './policy.ts'
import { VALUE_NAMES, VALUES, type ValueName } from './values.ts'

export type Values = Record<ValueName, number | null>
/** Where a value comes from; `rule` is null for the settings of the coach or offer. */
export type Origins = Record<ValueName, { scope: Scope; rule: RuleName | null; title: string | null }>

export interface Settled {
  values: Values
  origins: Origins
  /** A rule that doesn't hold, and the one that says so. */
  waived: ReadonlyMap<RuleName, CompiledRule['rule']>
}

const setting = (scope: Scope) => ({ scope, rule: null, title: null })
const SETTINGS: Origins = {
  firmBookingThresholdHours: setting('coach'),
  minimumNoticeMinutes: setting('offer'),
  horizonDays: setting('offer'),
  bufferMinutes: setting('coach'),
  maxSessionsPerDay: setting('coach'),
  maxSessionsPerWeek: setting('coach'),
  approvalHours: setting('coach'),
  depositPercent: setting('offer'),
  discountPercent: setting('offer'),
  waitlistPriority: setting('offer'),
}
const NOTHING_WAIVED = new Map<RuleName, CompiledRule['rule']>()

/**
 * What the rules that apply to an attempt leave of the settings, and of one another. The nearest scope wins, of one
 * scope the strictest, of equals the first by id: the order of rules changes nothing.
 */
export function settle(facts: DecisionFacts, applying: readonly CompiledRule[]): Settled {
  const values = baseOf(facts)
  if (applying.length === 0) return { values, origins: SETTINGS, waived: NOTHING_WAIVED }

  const origins = { ...SETTINGS }
  for (const name of VALUE_NAMES) {
    if (facts.session && !VALUES[name].ofSeats) continue
    const from = winner(name, applying)
    if (!from) continue
    values[name] = from.rule.does.sets![name]!
    origins[name] = { scope: from.rule.scope, rule: from.rule.id, title: from.rule.title }
  }
  return { values, origins, waived: waivedBy(applying) }
}

function baseOf(facts: DecisionFacts): Values {
  return {
    firmBookingThresholdHours: facts.firmBookingThresholdHours,
    minimumNoticeMinutes: facts.minimumNoticeMinutes,
    horizonDays: facts.horizonDays,
    bufferMinutes: facts.bufferMinutes,
    maxSessionsPerDay: facts.maxSessionsPerDay,
    maxSessionsPerWeek: facts.maxSessionsPerWeek,
    approvalHours: facts.approvalHours,
    depositPercent: null,
    discountPercent: 0,
    waitlistPriority: 0,
  }
}

function winner(name: ValueName, applying: readonly CompiledRule[]): CompiledRule | undefined {
  let best: CompiledRule | undefined
  for (const next of applying) {
    const value = next.rule.does.sets?.[name]
    if (value === undefined) continue
    if (!best || next.nearness > best.nearness) best = next
    else if (next.nearness === best.nearness && isStricter(name, value, best.rule.does.sets![name]!))
      best = next
  }
  return best
}

/** Null is more than any number: no limit, no horizon, all of the price. */
export function isStricter(name: ValueName, value: number | null, than: number | null): boolean {
  const [a, b] = [value ?? Number.POSITIVE_INFINITY, than ?? Number.POSITIVE_INFINITY]
  return VALUES[name].strictest === 'most' ? a > b : a < b
}

function waivedBy(applying: readonly CompiledRule[]): Settled['waived'] {
  const nearest = new Map<RuleName, CompiledRule>()
  for (const next of applying) {
    for (const name of next.rule.does.waives ?? []) {
      const known = nearest.get(name)
      if (!known || next.nearness > known.nearness) nearest.set(name, next)
    }
  }
  return new Map([...nearest].map(([name, { rule }]) => [name, rule]))
}

/** The same attempt with what rules make of the numbers it is judged by. */
export function withValues(facts: DecisionFacts, { values, origins }: Settled): DecisionFacts {
  if (origins === SETTINGS) return facts
  return {
    ...facts,
    firmBookingThresholdHours: values.firmBookingThresholdHours!,
    minimumNoticeMinutes: values.minimumNoticeMinutes!,
    horizonDays: values.horizonDays,
    bufferMinutes: values.bufferMinutes!,
    maxSessionsPerDay: values.maxSessionsPerDay,
    maxSessionsPerWeek: values.maxSessionsPerWeek,
    approvalHours: values.approvalHours!,
  }
}
