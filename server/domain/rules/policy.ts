import type { CancellationTerms } from '@rapport/sdk'
import type { Condition } from './conditions.ts'
import type { RuleName } from './default-rule.ts'
import type { ValueName } from './values.ts'

/** From the widest to the nearest (Q1). */
export const SCOPES = ['tenant', 'coach', 'kind', 'offer', 'tag', 'client', 'session'] as const
export type Scope = (typeof SCOPES)[number]

/** One line of a business's policy: whom it concerns, when, and what it then does. Data only. */
export interface Rule {
  /** Unique in its policy and kept through its versions, for diffs, waivers and traces: a letter, then letters and digits. */
  id: RuleName
  /** What its author calls it. */
  title: string
  scope: Scope
  /** The coach's, offer's, client's or session's id, the kind's id, the tag; null for the whole business. */
  target: string | null
  /** Null where it always holds. Names only what can be seen of an attempt, never a value that rules set. */
  when: Condition | null
  does: RuleEffect
  active: boolean
}

/** At least one of the three; a rule that restricts waives nothing. */
export interface RuleEffect {
  /** The strictest of all rules wins; where none restricts, the decision is firm. */
  restricts?: { outcome: 'request' | 'refuse'; sentence: string }
  /** Restricting rules, the default ones or of this policy, that don't hold for whom this one applies to. */
  waives?: readonly RuleName[]
  /** Null lifts a limit or a horizon. */
  sets?: Partial<Readonly<Record<ValueName, number | null>>>
}

/** A business's rules as of one version. Never changed once made: what is compiled for it is kept with the object. */
export interface Policy {
  /** 0 where none was ever saved. */
  readonly version: number
  readonly rules: readonly Rule[]
  readonly cancellation: readonly CancellationRule[]
}

/** How cancelling is charged for the whole business, a kind or an offer; the nearest wins (Q3). */
export interface CancellationRule {
  scope: 'tenant' | 'kind' | 'offer'
  target: string | null
  terms: CancellationTerms
}

export const NO_POLICY: Policy = { version: 0, rules: [], cancellation: [] }
