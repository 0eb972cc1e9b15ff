import { sql } from 'kysely'
import { connect } from '#server/db/connection.ts'

/** Tells PostgreSQL's planner of so many new rows, instead of whenever it gets round to it. Only the owner can. */
export async function analyze(ownerUrl: string): Promise<void> {
  const db = connect(ownerUrl, 1)
  await sql`ANALYZE`.execute(db).finally(() => db.destroy())
}
