import type { Logger } from 'pino'
import type { Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Secrets } from '#server/secrets.ts'
import { sealOf, unseal } from './instances.ts'

/**
 * Seals secrets with the present key that were sealed with a former one, so that the former can go from
 * SECRET_KEY_OLD. What can't be opened stays as it is and is named in the log. Safe to run by several processes.
 */
export async function resealSecrets(
  { db, secrets, log }: { db: Db; secrets: Secrets; log: Logger },
  isStopped: () => boolean = () => false,
): Promise<number> {
  const tenants = await db.selectFrom('tenant_hosts').select('tenant_id').distinct().execute()
  let resealed = 0
  for (const { tenant_id: tenantId } of tenants) {
    if (isStopped()) break
    resealed += await resealTenant({ db, secrets, log }, tenantId)
  }
  if (resealed > 0) log.info({ resealed }, 'secrets of plugins are sealed with the present SECRET_KEY')
  return resealed
}

function resealTenant(
  { db, secrets, log }: { db: Db; secrets: Secrets; log: Logger },
  tenantId: string,
): Promise<number> {
  return inTenant(db, tenantId, async trx => {
    const rows = await trx
      .selectFrom('installations')
      .select(['plugin_id', 'secrets'])
      .where('tenant_id', '=', tenantId)
      .where('secrets', 'is not', null)
      .forUpdate()
      .execute()
    let resealed = 0
    for (const { plugin_id: pluginId, secrets: sealed } of rows) {
      if (secrets.isCurrent(sealed!)) continue
      const whose = { tenantId, pluginId }
      try {
        const anew = secrets.seal(
          sealOf(whose),
          JSON.stringify(unseal(secrets, { ...whose, secrets: sealed })),
        )
        await trx
          .updateTable('installations')
          .set({ secrets: anew })
          .where('tenant_id', '=', tenantId)
          .where('plugin_id', '=', pluginId)
          .execute()
        resealed++
      } catch (error) {
        log.warn({ ...whose, error: (error as Error).message }, 'secrets of a plugin could not be opened')
      }
    }
    return resealed
  })
}
