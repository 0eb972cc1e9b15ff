import type { Query } from '../command.ts'
import { notFound } from '../refusal.ts'
import { type CancellationRule, NO_POLICY, type Policy, type Rule } from '../rules/policy.ts'

/** What a policy says, without which version it is: what drafts hold. */
export type PolicyDocument = Pick<Policy, 'rules' | 'cancellation'>

/** Who published a version, when and why. */
export interface PolicyVersion {
  version: number
  note: string
  author: { id: string; name: string } | null
  /** The version whose rules it brought back. */
  restoredFrom: number | null
  createdAt: Date
}

const VERSIONS_AT_ONCE = 50

/** The versions of a business's policy, the newest first; `before` goes on from an earlier answer. */
export async function listVersions(
  query: Query,
  { before }: { before?: number | undefined },
): Promise<PolicyVersion[]> {
  return selectVersions(query)
    .$if(before !== undefined, select => select.where('po.version', '<', before!))
    .orderBy('po.version', 'desc')
    .limit(VERSIONS_AT_ONCE)
    .execute()
    .then(rows => rows.map(aboutVersion))
}

/** Who published what stands now; null where nothing was published yet. */
export async function aboutCurrent(query: Query): Promise<PolicyVersion | null> {
  const row = await selectVersions(query).orderBy('po.version', 'desc').limit(1).executeTakeFirst()
  return row ? aboutVersion(row) : null
}

/** The versions published after this one, the oldest first: what a draft that began as it doesn't know of. */
export async function versionsSince(query: Query, version: number): Promise<PolicyVersion[]> {
  const rows = await selectVersions(query)
    .where('po.version', '>', version)
    .orderBy('po.version')
    .limit(VERSIONS_AT_ONCE)
    .execute()
  return rows.map(aboutVersion)
}

/** One version as it was published; 0 is the policy without any rule that every business begins with. 404 for none. */
export async function readVersion({ trx, tenantId }: Query, version: number): Promise<Policy> {
  if (version === 0) return NO_POLICY
  const row = await trx
    .selectFrom('policies')
    .select(['version', 'rules', 'cancellation'])
    .where('tenant_id', '=', tenantId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw notFound('version')
  return { version, rules: row.rules as Rule[], cancellation: row.cancellation as CancellationRule[] }
}

function selectVersions({ trx, tenantId }: Query) {
  return trx
    .selectFrom('policies as po')
    .leftJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'po.tenant_id').onRef('p.id', '=', 'po.author_id'),
    )
    .where('po.tenant_id', '=', tenantId)
    .select([
      'po.version',
      'po.note',
      'po.author_id as authorId',
      'p.name as authorName',
      'po.restored_from as restoredFrom',
      'po.created_at as createdAt',
    ])
}

function aboutVersion({
  authorId,
  authorName,
  ...version
}: Omit<PolicyVersion, 'author'> & { authorId: string | null; authorName: string | null }): PolicyVersion {
  return { ...version, author: authorId && authorName !== null ? { id: authorId, name: authorName } : null }
}
