import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { connect } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { createTestDatabase } from '#tests/support/postgres.ts'

test('a connection that dies between two statements fails its transaction, and neither process nor pool', async () => {
  const { appUrl, ownerUrl } = await createTestDatabase()
  const onError = vi.fn()
  const db = connect(appUrl, 1, onError)
  const owner = connect(ownerUrl, 1)

  const lost = inTenant(db, uuidv7(), async trx => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(trx)
    await sql`SELECT pg_terminate_backend(${rows[0]!.pid})`.execute(owner)
    await vi.waitFor(() => expect(onError).toHaveBeenCalled())
    await sql`SELECT 1`.execute(trx)
  })
  await expect(lost).rejects.toThrow()
  expect(await inTenant(db, uuidv7(), async trx => (await sql`SELECT 1`.execute(trx)).rows)).toHaveLength(1)
  await Promise.all([db.destroy(), owner.destroy()])
})
