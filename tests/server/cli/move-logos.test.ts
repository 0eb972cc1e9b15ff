import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveLogos } from '#server/cli/move-logos.ts'
import type { Db } from '#server/db/connection.ts'
import { migrate } from '#server/db/migrate.ts'
import { diskStorage } from '#server/files/disk.ts'
import { installJobs } from '#server/jobs/boss.ts'
import { createHouse } from '#tests/support/house.ts'
import { APP_PASSWORD, createEmptyDatabase } from '#tests/support/postgres.ts'
import { samples } from '#tests/support/uploads.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-logos-'))
})
afterAll(() => rm(folder, { recursive: true }))

const hash = createHash('sha256').update(samples.png).digest('hex')

/** Two businesses as they were before: one with its logo in its row. */
async function fillAsBefore(db: Db): Promise<void> {
  for (const [slug, logo] of [
    ['with', samples.png],
    ['without', null],
  ] as const) {
    const [tenant, person] = [uuidv7(), uuidv7()]
    await sql`INSERT INTO tenants (id, slug, name, time_zone, currency, created_at, logo, logo_type)
      VALUES (${tenant}, ${slug}, ${slug}, 'UTC', 'EUR', now(), ${logo}, ${logo && 'image/png'})`.execute(db)
    await sql`INSERT INTO tenant_hosts (host, tenant_id) VALUES (${`${slug}.localhost`}, ${tenant})`.execute(
      db,
    )
    await sql`INSERT INTO people (tenant_id, id, email, name, created_at)
      VALUES (${tenant}, ${person}, 'owner@example.com', 'Olivia', now())`.execute(db)
    await sql`INSERT INTO members (tenant_id, person_id, role, created_at)
      VALUES (${tenant}, ${person}, 'owner', now())`.execute(db)
  }
}

test('a logo that its business’s row kept is served at the same address after the start that moves it', async () => {
  const database = await createEmptyDatabase()
  const storage = diskStorage(join(folder, 'files'))
  const before = async (db: Db) => {
    await fillAsBefore(db)
    await moveLogos(db, storage)
    // What is moved stays moved, should a start be cut short and begin again.
    await moveLogos(db, storage)
  }
  await migrate(database.ownerUrl, APP_PASSWORD, { '0007-logos': before })
  await migrate(database.ownerUrl, APP_PASSWORD, {
    '0007-logos': () => Promise.reject(new Error('this was done already')),
  })
  await installJobs(database.ownerUrl)

  const house = await createHouse({ database, env: { DATA_DIR: folder } })
  const at = house.api('with.localhost')
  expect((await at.query('tenants.current')).data.logoUrl).toBe(`/logo/${hash.slice(0, 16)}`)
  const { status, headers } = await at.send('GET', `/logo/${hash.slice(0, 16)}`)
  expect([status, headers['content-type'], headers['content-length']]).toEqual([
    200,
    'image/png',
    String(samples.png.length),
  ])
  expect((await house.api('without.localhost').query('tenants.current')).data.logoUrl).toBeNull()
  const { rows } = await sql<{ tenant_id: string; id: string }>`SELECT tenant_id, id FROM files`.execute(
    house.house.db,
  )
  expect(rows).toEqual([])
  await house.stop()
})

test('no logo is lost where the migration runs without that start', async () => {
  const database = await createEmptyDatabase()
  const migrated = migrate(database.ownerUrl, APP_PASSWORD, { '0007-logos': fillAsBefore })
  await expect(migrated).rejects.toThrow(/0007-logos failed: logos are still kept in rows/)
  const storage = diskStorage(join(folder, 'later'))
  await migrate(database.ownerUrl, APP_PASSWORD, {
    '0007-logos': async db => {
      await moveLogos(db, storage)
      const { rows } = await sql<{ tenantId: string; id: string }>`
        SELECT tenant_id AS "tenantId", id FROM files`.execute(db)
      expect(rows).toHaveLength(1)
      expect((await buffer((await storage.get(rows[0]!))!)).equals(samples.png)).toBe(true)
    },
  })
})
