import type { PolicyOnHand } from '../draft/use-policy.ts'
import type { RuleView } from '../policy.ts'

/** A rule in the list: as the draft has it, and how that differs from what holds. */
export interface Row extends RuleView {
  change: 'added' | 'changed' | 'removed' | null
}

const order: RuleView['rule']['scope'][] = ['tenant', 'coach', 'kind', 'offer', 'tag', 'client', 'session']

/** From the widest to the nearest; what the draft takes away stays in its place until that is published. */
export function rowsOf({ current, draft }: PolicyOnHand): Row[] {
  const changes = new Map(draft?.diff.rules.map(({ ruleId, change }) => [ruleId, change]))
  const removed = draft ? current.rules.filter(({ rule }) => changes.get(rule.id) === 'removed') : []
  return [...(draft ?? current).rules, ...removed]
    .map(view => ({ ...view, change: changes.get(view.rule.id) ?? null }))
    .toSorted((a, b) => order.indexOf(a.rule.scope) - order.indexOf(b.rule.scope))
}

/** Rows under whom they are for. */
export function byScope(rows: readonly Row[]): { scope: string; rows: Row[] }[] {
  return [...new Set(rows.map(({ scope }) => scope))].map(scope => ({
    scope,
    rows: rows.filter(row => row.scope === scope),
  }))
}
