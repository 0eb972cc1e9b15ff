import type { Rule } from '../rules/policy.ts'
import { triedUnder } from './try-it.ts'
import { type RuleView, viewDocument } from './view-document.ts'
import { type PolicyQuery, readWorld } from './world.ts'

/** A rule that is being written, read out and checked among the others of the member's draft, or of what holds. */
export async function readRule(query: PolicyQuery, { rule }: { rule: Rule }): Promise<RuleView> {
  const { rules, cancellation } = await triedUnder(query, { useDraft: true })
  const document = { rules: [...rules.filter(({ id }) => id !== rule.id), rule], cancellation }
  return viewDocument(document, await readWorld(query, [document])).rules.at(-1)!
}
