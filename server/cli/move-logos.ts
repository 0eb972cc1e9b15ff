import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Storage } from '#server/files/storage.ts'

interface KeptLogo {
  logo: Buffer
  type: string
  sha256: string
  ownerId: string
  addedAt: Date
}

/** Moves the logos that rows of `tenants` kept to the storage of files; what was moved is not moved again. */
export async function moveLogos(db: Db, storage: Storage): Promise<void> {
  const tenants = await db.selectFrom('tenant_hosts').select('tenant_id').distinct().execute()
  for (const { tenant_id } of tenants) await moveLogo(db, storage, tenant_id)
}

async function moveLogo(db: Db, storage: Storage, tenantId: string): Promise<void> {
  const { rows } = await inTenant(db, tenantId, trx =>
    sql<KeptLogo>`
      SELECT t.logo, t.logo_type AS type, t.logo_hash AS sha256, t.created_at AS "addedAt",
        (SELECT person_id FROM members WHERE tenant_id = t.id AND role = 'owner'
          ORDER BY created_at LIMIT 1) AS "ownerId"
      FROM tenants t WHERE t.id = ${tenantId} AND t.logo IS NOT NULL`.execute(trx),
  )
  const [kept] = rows
  if (!kept) return
  const { logo, type, sha256, ownerId, addedAt } = kept
  const id = uuidv7()
  await storage.put({ tenantId, id }, Readable.from([logo]), logo.length)
  await inTenant(db, tenantId, async trx => {
    await trx
      .insertInto('files')
      .values({
        ...{ tenant_id: tenantId, id, purpose: 'logo', name: `logo.${type.split('/')[1]}`, type, sha256 },
        ...{ bytes: logo.length, added_by: ownerId, created_at: addedAt, removed_at: null },
      })
      .execute()
    await sql`
      UPDATE tenants SET logo = NULL, logo_type = NULL, logo_file_id = ${id} WHERE id = ${tenantId}`.execute(
      trx,
    )
  })
}
