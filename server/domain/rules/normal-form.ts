import type { Comparison, Condition } from './conditions.ts'

/** A comparison that is to be so, or not. */
export interface Literal {
  comparison: Comparison
  holds: boolean
}
export type Normal = Literal | { all: Normal[] } | { any: Normal[] }

/** The same condition with each "not" moved down to the comparisons, for reading it out and thinking about it. */
export function normalForm(condition: Condition, holds = true): Normal {
  if ('not' in condition) return normalForm(condition.not, !holds)
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any
    const inner = parts.map(part => normalForm(part, holds))
    return 'all' in condition === holds ? { all: inner } : { any: inner }
  }
  return { comparison: condition, holds }
}
