import type { Command } from '../command.ts'
import { currentPolicy } from './current-policy.ts'
import { type Change, changedRules, changedTerms, keyOfTerms } from './diff.ts'
import { requireDraft, saveDraft } from './drafts.ts'
import { type PolicyDocument, readVersion } from './read-versions.ts'

/**
 * Carries the member's draft over to what somebody else published meanwhile: what the draft changed stays changed,
 * everything else becomes as it is now. 404 `NO_DRAFT`.
 */
export async function rebaseDraft(command: Command): Promise<void> {
  const draft = await requireDraft(command)
  const base = await readVersion(command, draft.basedOn)
  const current = await currentPolicy(command)
  await saveDraft(command, { ...carryOver(base, draft, current), basedOn: current.version })
}

/** The changes that lead from one policy to another, made to a third. What was changed there too ends as in the second. */
export function carryOver(
  base: PolicyDocument,
  changed: PolicyDocument,
  onto: PolicyDocument,
): PolicyDocument {
  return {
    rules: lay(changedRules(base.rules, changed.rules), onto.rules, ({ id }) => id),
    cancellation: lay(changedTerms(base.cancellation, changed.cancellation), onto.cancellation, keyOfTerms),
  }
}

function lay<T>(changes: readonly Change<T>[], onto: readonly T[], keyOf: (each: T) => string): T[] {
  const byKey = new Map(onto.map(each => [keyOf(each), each]))
  for (const { before, after } of changes) {
    if (after) byKey.set(keyOf(after), after)
    else byKey.delete(keyOf(before!))
  }
  return [...byKey.values()]
}
