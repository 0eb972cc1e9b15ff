import type { Outputs } from '../../../api.ts'

// What the pages about rules read and write.

export type CurrentPolicy = Outputs['policies']['current']
export type DraftPolicy = NonNullable<Outputs['policies']['draft']['draft']>
export type Vocabulary = Outputs['policies']['vocabulary']
export type PolicyDiff = Outputs['policies']['diff']
export type Version = Outputs['policies']['history']['versions'][number]

/** A rule read out, with what is wrong or odd about it. */
export type RuleView = CurrentPolicy['rules'][number]
export type Rule = RuleView['rule']
/** Rules and terms of cancelling, as a draft keeps them. */
export interface Document {
  rules: Rule[]
  cancellation: CurrentPolicy['cancellation'][number]['rule'][]
}
export type Finding = RuleView['problems'][number]
export type Condition = NonNullable<Rule['when']>
export type Comparison = Extract<Condition, { fact: unknown }>
export type FactWord = Vocabulary['facts'][number]
export type Template = Vocabulary['templates'][number]
