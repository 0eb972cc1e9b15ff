import { sql } from 'kysely'
import type { TenantTransaction } from '#server/db/in-tenant.ts'
import type { Tables } from '#server/db/tables.ts'

const ROWS_AT_ONCE = 1_000

/** Inserts many rows, all with the columns of the first; each statement carries a thousand of them as JSON. */
export async function insertRows(
  trx: TenantTransaction,
  table: keyof Tables,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = sql.join(Object.keys(rows[0]!).map(column => sql.ref(column)))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const batch = JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))
    await sql`
      INSERT INTO ${sql.table(table)} (${columns})
      SELECT ${columns} FROM json_populate_recordset(NULL::${sql.table(table)}, ${batch}::json)`.execute(trx)
  }
}
