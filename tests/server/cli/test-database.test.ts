import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/support/postgres.ts'

async function ask(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query(text)
    .then(result => result.rows)
    .finally(() => client.end())
}

test('twenty databases cloned at once are migrated, separate and open to the app role', async () => {
  const databases = await Promise.all(Array.from({ length: 20 }, createTestDatabase))
  expect(new Set(databases.map(({ ownerUrl }) => ownerUrl)).size).toBe(20)

  await ask(databases[0]!.ownerUrl, 'CREATE TABLE only_here ()')
  expect(await ask(databases[0]!.ownerUrl, "SELECT to_regclass('only_here') IS NOT NULL AS there")).toEqual([
    { there: true },
  ])
  expect(await ask(databases[1]!.ownerUrl, "SELECT to_regclass('only_here') IS NOT NULL AS there")).toEqual([
    { there: false },
  ])
  expect(
    await ask(databases[1]!.appUrl, 'SELECT current_user AS name, count(*)::int AS tenants FROM tenants'),
  ).toEqual([{ name: 'rapport_app', tenants: 0 }])
})
