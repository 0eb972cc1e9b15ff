import type { Actor, Command, Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { CancellationRule, Rule } from '../rules/policy.ts'
import type { PolicyDocument } from './read-versions.ts'
import { readVersion } from './read-versions.ts'

/** A member's unsaved policy; each has one at most. */
export interface Draft extends PolicyDocument {
  /** The version it began as. */
  basedOn: number
  changedAt: Date
}

/** What the member who asks is working on; null for nothing. */
export async function readDraft({ trx, tenantId, actor }: Query): Promise<Draft | null> {
  const row = await trx
    .selectFrom('policy_drafts')
    .select(['based_on as basedOn', 'rules', 'cancellation', 'changed_at as changedAt'])
    .where('tenant_id', '=', tenantId)
    .where('author_id', '=', authorOf(actor))
    .executeTakeFirst()
  if (!row) return null
  return { ...row, rules: row.rules as Rule[], cancellation: row.cancellation as CancellationRule[] }
}

/** The same, where there must be one: 404 `NO_DRAFT`. */
export async function requireDraft(query: Query): Promise<Draft> {
  const draft = await readDraft(query)
  if (draft) return draft
  throw new Refusal('not_found', 'NO_DRAFT', 'You have no draft. Change a rule first.')
}

/**
 * Keeps what a member is working on, in place of what was kept before. `basedOn` is the version it began as: 404 for
 * one that never was. Nothing counts yet, so contradictions may be kept too.
 */
export async function saveDraft(
  command: Command,
  { basedOn, rules, cancellation }: PolicyDocument & { basedOn: number },
): Promise<void> {
  const { trx, tenantId, actor, now } = command
  await readVersion(command, basedOn)
  const kept = {
    based_on: basedOn,
    rules: JSON.stringify(rules),
    cancellation: JSON.stringify(cancellation),
    changed_at: now,
  }
  await trx
    .insertInto('policy_drafts')
    .values({ tenant_id: tenantId, author_id: authorOf(actor), ...kept })
    .onConflict(conflict => conflict.columns(['tenant_id', 'author_id']).doUpdateSet(kept))
    .execute()
}

/** Throws away what the member is working on. */
export async function discardDraft({ trx, tenantId, actor }: Query): Promise<void> {
  await trx
    .deleteFrom('policy_drafts')
    .where('tenant_id', '=', tenantId)
    .where('author_id', '=', authorOf(actor))
    .execute()
}

function authorOf(actor: Actor): string {
  if (actor.as === 'member') return actor.personId
  throw new Error('only members have drafts')
}
