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

/**
 * What a business's rules are now, to be read within another statement: `row` is its JSON value there, `read` makes the
 * policy of it, the same object for the same version, so that it is compiled once.
 */
export function policyReader(tenantId: string): {
  row: RawBuilder<PolicyRow | null>
  read(row: PolicyRow | null): Policy
} {
  const at = known.get(tenantId) ?? NO_POLICY
  return {
    row: sql`(SELECT json_build_object('version', version, 'rules', CASE WHEN version <> ${at.version} THEN rules END,
        'cancellation', CASE WHEN version <> ${at.version} THEN cancellation END)
      FROM policies WHERE tenant_id = ${tenantId} ORDER BY version DESC LIMIT 1)`,
    read(row) {
      if (row === null) return NO_POLICY
      if (row.version === at.version) return at
      return remember(tenantId, { version: row.version, rules: row.rules!, cancellation: row.cancellation! })
    },
  }
}

function remember(tenantId: string, policy: Policy): Policy {
  const at = known.get(tenantId)
  if (at?.version === policy.version) return at
  known.delete(tenantId)
  known.set(tenantId, policy)
  if (known.size > CAPACITY) known.delete(known.keys().next().value!)
  return policy
}

/** What a business's rules are now. */
export async function currentPolicy({ trx, tenantId }: Pick<Query, 'trx' | 'tenantId'>): Promise<Policy> {
  const { row, read } = policyReader(tenantId)
  const { rows } = await sql<{ policy: PolicyRow | null }>`SELECT ${row} AS policy`.execute(trx)
  return read(rows[0]!.policy)
}
