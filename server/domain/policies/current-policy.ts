import { type RawBuilder, sql } from 'kysely'
import type { Query } from '../command.ts'
import { type CancellationRule, NO_POLICY, type Policy, type Rule } from '../rules/policy.ts'

const CAPACITY = 2_000

/** Versions never change, so one that was read once needn't be read again. */
const known = new Map<string, Policy>()

export interface PolicyRow {
  version: number
  /** Null where this process has that version at hand. */
  rules: Rule[] | null
  cancellation: CancellationRule[] | null
}

/** What a business's rules are now, as a JSON value to be read within another statement; null where none were ever saved. */
export function currentPolicyRow(tenantId: string): RawBuilder<PolicyRow | null> {
  const at = known.get(tenantId)?.version ?? 0
  return sql`(SELECT json_build_object('version', version, 'rules', CASE WHEN version <> ${at} THEN rules END,
      'cancellation', CASE WHEN version <> ${at} THEN cancellation END)
    FROM policies WHERE tenant_id = ${tenantId} ORDER BY version DESC LIMIT 1)`
}

/** The policy of such a row: the same object for the same version, so that it is compiled once. */
export function policyOfRow(tenantId: string, row: PolicyRow | null): Policy {
  if (row === null) return NO_POLICY
  const at = known.get(tenantId)
  if (at?.version === row.version) return at
  const { version, rules, cancellation } = row
  if (rules === null || cancellation === null)
    throw new Error(`Version ${version} of the policy was forgotten`)
  const policy = { version, rules, cancellation }
  known.delete(tenantId)
  known.set(tenantId, policy)
  if (known.size > CAPACITY) known.delete(known.keys().next().value!)
  return policy
}

/** What a business's rules are now. */
export async function currentPolicy({ trx, tenantId }: Pick<Query, 'trx' | 'tenantId'>): Promise<Policy> {
  const { rows } = await sql<{ policy: PolicyRow | null }>`
    SELECT ${currentPolicyRow(tenantId)} AS policy`.execute(trx)
  return policyOfRow(tenantId, rows[0]!.policy)
}
