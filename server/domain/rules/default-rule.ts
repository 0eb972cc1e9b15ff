import type { Condition } from './conditions.ts'
import type { Scope } from './policy.ts'
import type { RestrictionCode } from './restrictions.ts'

export type Outcome = 'firm' | 'request' | 'refuse'
export type RuleName = string

/** One line of a policy. It only ever restricts; where no rule does, the booking is firm. */
export interface DefaultRule {
  /** Unique in its policy, readable: `threshold`, `limitDay`. */
  name: RuleName
  scope: Scope
  /** Where this is false the rule has nothing to say; absent, it applies to all. */
  applies?: Condition
  /** What must be true for the rule to restrict. */
  restricts: Condition
  /** What it then leads to; the coach's option for limits (C3) is a fact. */
  outcome: 'request' | 'refuse' | { fact: 'limitOutcome' }
  /** When staff book for a client the rule holds all the same, only warns, or is left out. */
  forStaff: 'same' | 'warn' | 'skip'
  /** Whether a rule of the business may switch it off for whom that one applies to. */
  waivable?: true
  /** Kept out of what a client is shown of the trace. */
  hidden?: boolean
  code: RestrictionCode
  /** Sentences with `{phrases}`; of restrictions the client reads one, of all rules the coach reads the trace. */
  sentences: { restricts: Sentences; passes: Sentences }
}
export interface Sentences {
  client: string
  coach: string
}

/** Never changed once made: the engine compiled for it is kept with the object. */
export interface DefaultRules {
  readonly rules: readonly DefaultRule[]
}
