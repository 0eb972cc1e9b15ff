import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { assertAppRole } from '#server/db/migrate.ts'
import { type Business, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

/** Tables that lie outside of any tenant on purpose. */
const shared = ['kysely_migration', 'kysely_migration_lock', 'rate_limits']

let house: TestHouse
let owner: pg.Client
let one: Business
let other: Business
let app: Db
let tables: { name: string; enabled: boolean; forced: boolean; policies: number; keyed: string | null }[]

beforeAll(async () => {
  house = await createHouse()
  one = await signUpBusiness(house)
  other = await signUpBusiness(house)
  app = house.house.db
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  tables = (
    await owner.query(`
      SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
        (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
        (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS keyed
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      ORDER BY c.relname`)
  ).rows
})
afterAll(async () => {
  await owner.end()
  await house.stop()
})

const tenantTables = () => tables.filter(({ name }) => !shared.includes(name))
const countAsApp = async (tenantId: string, name: string) =>
  inTenant(app, tenantId, async trx => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int FROM ${sql.table(name)}`.execute(trx)
    return rows[0]!.count
  })

describe('row-level security', () => {
  test('is forced, with a policy, on every table that holds a tenant’s rows', () => {
    expect(tenantTables().length).toBeGreaterThan(25)
    for (const table of tenantTables()) {
      expect(table).toMatchObject({ enabled: true, forced: true })
      expect(table.policies).toBeGreaterThan(0)
      if (table.name !== 'tenants') expect(table.keyed).toBe('tenant_id')
    }
  })

  test('every key and every foreign key of a tenant’s table begins with the tenant', async () => {
    const { rows } = await owner.query(`
      SELECT c.conrelid::regclass::text AS name, c.conname, a.attname
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f', 'x')`)
    const wrong = rows.filter(
      ({ name, attname }) =>
        ![...shared, 'tenants', 'tenant_hosts'].includes(name) && attname !== 'tenant_id',
    )
    expect(wrong).toEqual([])
  })

  test('shows nothing of any table without a tenant, but the hosts', async () => {
    for (const { name } of tenantTables()) {
      const { rows } = await sql`SELECT * FROM ${sql.table(name)} LIMIT 1`.execute(app)
      expect([name, rows.length]).toEqual([name, name === 'tenant_hosts' ? 1 : 0])
    }
  })

  test('shows a tenant its own rows only', async () => {
    const stranger = '00000000-0000-7000-8000-000000000000'
    for (const { name, keyed } of tenantTables()) {
      if (name === 'tenant_hosts') continue
      expect([name, await countAsApp(stranger, name)]).toEqual([name, 0])
      const { rows } = await owner.query(`SELECT count(*)::int FROM ${name} WHERE ${keyed ?? 'id'} = $1`, [
        one.tenantId,
      ])
      expect([name, await countAsApp(one.tenantId, name)]).toEqual([name, rows[0].count])
    }
  })

  test('lets nobody write, change or delete rows of another tenant', async () => {
    const { rowCount: before } = await owner.query('SELECT 1 FROM people')
    await inTenant(app, one.tenantId, async trx => {
      const changed = await trx
        .updateTable('people')
        .set({ name: 'Mallory' })
        .where('id', '=', other.personId)
        .executeTakeFirst()
      expect(changed.numUpdatedRows).toBe(0n)
      const deleted = await trx
        .deleteFrom('login_sessions')
        .where('tenant_id', '=', other.tenantId)
        .executeTakeFirst()
      expect(deleted.numDeletedRows).toBe(0n)
    })
    await expect(
      inTenant(app, one.tenantId, trx =>
        trx
          .insertInto('people')
          .values({
            tenant_id: other.tenantId,
            id: one.personId,
            email: 'm@example.com',
            name: 'M',
            created_at: new Date(),
          })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(
      inTenant(app, one.tenantId, trx =>
        trx.updateTable('people').set({ tenant_id: other.tenantId }).where('id', '=', one.personId).execute(),
      ),
    ).rejects.toThrow(/row-level security|foreign key/)
    await expect(
      inTenant(app, one.tenantId, trx =>
        trx
          .insertInto('tenant_hosts')
          .values({ host: 'stolen.localhost', tenant_id: other.tenantId })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    expect((await owner.query('SELECT 1 FROM people')).rowCount).toBe(before)
  })

  test('leaves no tenant behind on a connection that goes back to the pool', async () => {
    const single = connect(house.appUrl, 1)
    await inTenant(single, one.tenantId, trx => trx.selectFrom('people').selectAll().execute())
    expect((await sql`SELECT * FROM people`.execute(single)).rows).toEqual([])
    await expect(inTenant(single, one.tenantId, () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    )
    expect((await sql`SELECT * FROM people`.execute(single)).rows).toEqual([])
    await single.destroy()
  })
})

describe('the role of web and worker', () => {
  test('can’t change or delete history', async () => {
    for (const table of ['events', 'event_seals'] as const) {
      for (const statement of ['UPDATE', 'DELETE', 'TRUNCATE']) {
        const { rows } = await owner.query('SELECT has_table_privilege($1, $2, $3) AS may', [
          'rapport_app',
          table,
          statement,
        ])
        expect([table, statement, rows[0].may]).toEqual([table, statement, false])
      }
      await expect(inTenant(app, one.tenantId, trx => trx.deleteFrom(table).execute())).rejects.toThrow(
        /permission denied/,
      )
    }
    await expect(
      inTenant(app, one.tenantId, trx => trx.updateTable('events').set({ name: 'never.happened' }).execute()),
    ).rejects.toThrow(/permission denied/)
  })

  test('owns nothing and can’t switch row-level security off', async () => {
    await assertAppRole(app)
    const own = connect(house.appUrl, 1)
    await sql`SET row_security = off`.execute(own)
    await expect(sql`SELECT * FROM people`.execute(own)).rejects.toThrow(/row-level security/)
    await own.destroy()
    await expect(sql`ALTER TABLE people DISABLE ROW LEVEL SECURITY`.execute(app)).rejects.toThrow(/owner/)
    await expect(sql`CALL isolate_tenant('people')`.execute(app)).rejects.toThrow(/permission denied/)
  })

  test('is refused at start when it is the owner', async () => {
    const asOwner = connect(house.ownerUrl, 1)
    await expect(assertAppRole(asOwner)).rejects.toThrow(/must connect as rapport_app/)
    await asOwner.destroy()
  })
})
