import { isDeepStrictEqual } from 'node:util'
import { cancellationSentences } from '../cancellation/sentences.ts'
import type { CancellationRule, Rule } from '../rules/policy.ts'
import { ruleSentence } from '../rules/rule-sentence.ts'
import { fieldsOf } from './diff-fields.ts'
import { sayScope, type Wording } from './names.ts'
import type { PolicyDocument } from './read-versions.ts'

/** What is different in one policy from another, in words. */
export interface PolicyDiff {
  rules: DiffedRule[]
  cancellation: DiffedTerms[]
  /** How many of both. */
  changes: number
}

export interface DiffedRule {
  ruleId: string
  change: 'added' | 'removed' | 'changed'
  title: string
  /** The rule read out, as it was and as it is. */
  before: string | null
  after: string | null
  /** Of a changed one, what about it. */
  fields: DiffedField[]
}

export interface DiffedField {
  field: string
  label: string
  before: string | null
  after: string | null
}

export interface DiffedTerms {
  change: 'added' | 'removed' | 'changed'
  /** What they are for. */
  scope: string
  before: string[] | null
  after: string[] | null
}

/** In which order rules stand changes nothing. */
export function diffDocuments(before: PolicyDocument, after: PolicyDocument, wording: Wording): PolicyDiff {
  const rules = changedRules(before.rules, after.rules).map(change => diffRule(change, wording))
  const cancellation = changedTerms(before.cancellation, after.cancellation).map(change =>
    diffTerms(change, wording),
  )
  return { rules, cancellation, changes: rules.length + cancellation.length }
}

/** Whether two policies say the same. */
export function areSame(before: PolicyDocument, after: PolicyDocument): boolean {
  return (
    changedRules(before.rules, after.rules).length === 0 &&
    changedTerms(before.cancellation, after.cancellation).length === 0
  )
}

/** Something as it was and as it is; null where it wasn't there. */
export interface Change<T> {
  before: T | null
  after: T | null
}

/** The rules that aren't the same in both, by their ids. */
export function changedRules(before: readonly Rule[], after: readonly Rule[]): Change<Rule>[] {
  return changed(before, after, ({ id }) => id)
}

/** The terms of cancelling that aren't the same, by what they are for. */
export function changedTerms(
  before: readonly CancellationRule[],
  after: readonly CancellationRule[],
): Change<CancellationRule>[] {
  return changed(before, after, keyOfTerms)
}

export function keyOfTerms({ scope, target }: CancellationRule): string {
  return `${scope}:${target}`
}

function changed<T>(before: readonly T[], after: readonly T[], keyOf: (each: T) => string): Change<T>[] {
  const was = new Map(before.map(each => [keyOf(each), each]))
  const is = new Map(after.map(each => [keyOf(each), each]))
  return [...new Set([...is.keys(), ...was.keys()])]
    .map(key => ({ before: was.get(key) ?? null, after: is.get(key) ?? null }))
    .filter(change => !isDeepStrictEqual(change.before, change.after))
}

function diffRule({ before, after }: Change<Rule>, wording: Wording): DiffedRule {
  const { id, title } = (after ?? before)!
  const sayRule = (rule: Rule) => ruleSentence(rule, wording.names, wording.currency)
  return {
    ruleId: id,
    change: kindOf({ before, after }),
    title,
    before: before && sayRule(before),
    after: after && sayRule(after),
    fields: before && after ? diffFields(before, after, wording) : [],
  }
}

function diffFields(before: Rule, after: Rule, wording: Wording): DiffedField[] {
  const was = fieldsOf(before, wording)
  const is = fieldsOf(after, wording)
  return [...new Set([...was.keys(), ...is.keys()])]
    .map(field => ({
      field,
      label: (is.get(field) ?? was.get(field))!.label,
      before: was.get(field)?.said ?? null,
      after: is.get(field)?.said ?? null,
    }))
    .filter(each => each.before !== each.after)
}

function diffTerms({ before, after }: Change<CancellationRule>, wording: Wording): DiffedTerms {
  return {
    change: kindOf({ before, after }),
    scope: sayScope((after ?? before)!, wording.names),
    before: before && cancellationSentences(before.terms),
    after: after && cancellationSentences(after.terms),
  }
}

function kindOf({ before, after }: Change<unknown>): DiffedRule['change'] {
  if (before === null) return 'added'
  return after === null ? 'removed' : 'changed'
}
