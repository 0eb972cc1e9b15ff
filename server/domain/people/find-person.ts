import type { Query } from '../command.ts'

export interface FoundPerson {
  personId: string
  name: string
  passwordHash: string | null
}

/** Who may sign in with this address: a client or an active member; null for anybody else. */
export async function findPerson({ trx, tenantId }: Query, email: string): Promise<FoundPerson | null> {
  const row = await trx
    .selectFrom('people as p')
    .leftJoin('members as m', join =>
      join.onRef('m.tenant_id', '=', 'p.tenant_id').onRef('m.person_id', '=', 'p.id'),
    )
    .where('p.tenant_id', '=', tenantId)
    .where('p.email', '=', email)
    .where('p.erased_at', 'is', null)
    .where(where => where.or([where('m.active', 'is', null), where('m.active', '=', true)]))
    .select(['p.id', 'p.name', 'p.password_hash'])
    .executeTakeFirst()
  return row ? { personId: row.id, name: row.name, passwordHash: row.password_hash } : null
}
