import type { RuleGroupType, RuleType } from 'react-querybuilder'
import type { Comparison, Condition } from '../policy.ts'

/** How the lines of a group hold together. `notAll` is kept where it comes, but not offered: it reads badly. */
export type Together = 'all' | 'any' | 'none' | 'notAll'
/** A line of the form: a fact, an operator and a value, which may still be missing (`''` or an empty list). */
export type Line = RuleType<string, string, unknown>
export type Group = RuleGroupType<Line, Together>

/** The server reads conditions nested no deeper than this; a `none` counts twice, as "not" and "any". */
export const DEEPEST = 4

/** What the form shows for a condition; ids tell the place, so that server and browser write the same page. */
export function groupOf(condition: Condition | null): Group {
  if (condition === null) return { id: 'c', combinator: 'all', rules: [] }
  const found = partOf(condition, 'c')
  return 'rules' in found ? found : { id: 'c', combinator: 'all', rules: [{ ...found, id: 'c.0' }] }
}

function partOf(condition: Condition, id: string): Line | Group {
  if ('all' in condition) return group('all', condition.all, id)
  if ('any' in condition) return group('any', condition.any, id)
  if (!('not' in condition)) return lineOf(condition, id)
  const { not } = condition
  if ('all' in not) return group('notAll', not.all, id)
  return group('none', 'any' in not ? not.any : [not], id)
}

/** Whether there is something at all is its own operator in the form, without a value. */
function lineOf({ fact, operator, value }: Comparison, id: string): Line {
  if (value === null && operator === 'equals') return { id, field: fact, operator: 'none', value: null }
  if (value === null && operator === 'notEquals') return { id, field: fact, operator: 'some', value: null }
  return { id, field: fact, operator, value }
}

function group(combinator: Together, conditions: readonly Condition[], id: string): Group {
  return { id, combinator, rules: conditions.map((each, at) => partOf(each, `${id}.${at}`)) }
}

/**
 * The condition that the form says, null where it says nothing: groups without lines count for nothing, and lines
 * without a value are left out. A group of one is that one.
 */
export function conditionOf({ combinator, rules }: Group): Condition | null {
  const said = rules.map(each => ('rules' in each ? conditionOf(each) : comparisonOf(each)))
  const conditions = said.filter(each => each !== null)
  if (conditions.length === 0) return null
  const one = conditions.length === 1 ? conditions[0]! : null
  if (combinator === 'all') return one ?? { all: conditions }
  if (combinator === 'any') return one ?? { any: conditions }
  return { not: one ?? (combinator === 'none' ? { any: conditions } : { all: conditions }) }
}

function comparisonOf(line: Line): Condition | null {
  if (isUnfinished(line)) return null
  const operator = { none: 'equals', some: 'notEquals' }[line.operator] ?? line.operator
  return { fact: line.field, operator, value: line.value } as Comparison
}

export function isUnfinished({ value }: Line): boolean {
  return value === '' || value === undefined || (Array.isArray(value) && value.length === 0)
}

/** The ids of the lines that miss a value. */
export function unfinishedIn({ rules }: Group): string[] {
  return rules.flatMap(each => ('rules' in each ? unfinishedIn(each) : isUnfinished(each) ? [each.id!] : []))
}

/** How deep the condition of a group nests, were no group of one taken for that one. */
export function depthOf({ combinator, rules }: Group): number {
  const below = rules.map(each => ('rules' in each ? depthOf(each) : 0))
  return levelsOf(combinator) + Math.max(0, ...below)
}

export function levelsOf(combinator: Together): number {
  return combinator === 'none' || combinator === 'notAll' ? 2 : 1
}

/** The levels that the groups around a place take, its own group included. */
export function levelsDownTo(root: Group, path: readonly number[]): number {
  const [at, ...rest] = path
  const inner = at === undefined ? undefined : root.rules[at]
  return levelsOf(root.combinator) + (inner && 'rules' in inner ? levelsDownTo(inner, rest) : 0)
}

/** Gives each line a value of the form its operator needs: a list for "one of", none for "none", one for the others. */
export function fitted(group: Group): Group {
  const rules = group.rules.map(each => ('rules' in each ? fitted(each) : fittedLine(each)))
  return rules.some((each, at) => each !== group.rules[at]) ? { ...group, rules } : group
}

function fittedLine(line: Line): Line {
  const wantsNothing = line.operator === 'none' || line.operator === 'some'
  if (wantsNothing) return line.value === null ? line : { ...line, value: null }
  if (line.value === null) return { ...line, value: '' }
  const wantsList = line.operator === 'oneOf' || line.operator === 'noneOf'
  if (wantsList === Array.isArray(line.value)) return line
  if (!wantsList) return { ...line, value: (line.value as unknown[])[0] ?? '' }
  return { ...line, value: isUnfinished(line) || typeof line.value === 'object' ? [] : [line.value] }
}
