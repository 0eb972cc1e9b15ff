import type { Query } from '../command.ts'

export interface ListedCoach {
  id: string
  name: string
  slug: string
  timeZone: string
}

/** The coaches who work here now, in the order in which they came. */
export function listCoaches({ trx, tenantId }: Query): Promise<ListedCoach[]> {
  return trx
    .selectFrom('coaches as c')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.person_id'),
    )
    .innerJoin('members as m', join =>
      join.onRef('m.tenant_id', '=', 'c.tenant_id').onRef('m.person_id', '=', 'c.person_id'),
    )
    .where('c.tenant_id', '=', tenantId)
    .where('m.active', '=', true)
    .select(['c.id', 'p.name', 'c.slug', 'c.time_zone as timeZone'])
    .orderBy('c.created_at')
    .orderBy('c.id')
    .execute()
}
