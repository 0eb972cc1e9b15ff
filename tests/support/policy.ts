import { inTenant } from '#server/db/in-tenant.ts'
import type { Rule } from '#server/domain/rules/policy.ts'
import type { Business } from './builders.ts'
import type { TestHouse } from './house.ts'

let ids = 0

/** A rule of the whole business that always holds, unless said otherwise. */
export function rule(does: Rule['does'], change: Partial<Omit<Rule, 'does'>> = {}): Rule {
  const id = `rule${++ids}`
  return { id, title: `Rule ${id}`, scope: 'tenant', target: null, when: null, active: true, ...change, does }
}

/** Makes these the business's rules, as a new version; returns its number. */
export async function standRules(
  house: TestHouse,
  { tenantId }: Pick<Business, 'tenantId'>,
  rules: readonly Rule[],
): Promise<number> {
  return inTenant(house.house.db, tenantId, async trx => {
    const before = await trx
      .selectFrom('policies')
      .select(eb => eb.fn.max('version').as('version'))
      .where('tenant_id', '=', tenantId)
      .executeTakeFirst()
    const version = (before?.version ?? 0) + 1
    await trx
      .insertInto('policies')
      .values({
        ...{ tenant_id: tenantId, version, created_at: house.house.clock() },
        ...{ rules: JSON.stringify(rules), cancellation: '[]' },
      })
      .execute()
    return version
  })
}

/** Gives a client these tags and no others. */
export async function tag(
  house: TestHouse,
  { tenantId }: Pick<Business, 'tenantId'>,
  { personId }: { personId: string },
  ...tags: string[]
): Promise<void> {
  await inTenant(house.house.db, tenantId, trx =>
    trx
      .updateTable('clients')
      .set({ tags })
      .where('tenant_id', '=', tenantId)
      .where('person_id', '=', personId)
      .execute(),
  )
}
