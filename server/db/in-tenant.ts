import { type Kysely, sql } from 'kysely'
import type { Db } from './connection.ts'
import type { Tables } from './tables.ts'

declare const inTransaction: unique symbol

/** A transaction that sees one tenant's rows and no others. Only `inTenant` makes one. */
export type TenantTransaction = Kysely<Tables> & { readonly [inTransaction]: true }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const RETRIED = new Set(['40P01', '40001'])
const TRIES = 4

/**
 * Runs `work` in one transaction of tenant `tenantId`, and again (three times at most) when PostgreSQL
 * asks for it (deadlock, serialisation). `work` must therefore have no effect outside the transaction.
 *
 * `first` is one statement sent together with BEGIN, in the same round trip: the lock of a command,
 * see `lockCalendars`. It is text without parameters, so its values must be checked literals.
 */
export async function inTenant<T>(
  db: Db,
  tenantId: string,
  work: (trx: TenantTransaction) => Promise<T>,
  first?: string,
): Promise<T> {
  if (!UUID.test(tenantId)) throw new Error(`not a tenant id: ${tenantId}`)
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptInTenant(db, tenantId, work, first)
    } catch (error) {
      if (attempt === TRIES || !RETRIED.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

function attemptInTenant<T>(
  db: Db,
  tenantId: string,
  work: (trx: TenantTransaction) => Promise<T>,
  first: string | undefined,
): Promise<T> {
  return db.connection().execute(async connection => {
    const begin = `BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`
    try {
      await sql.raw(first ? `${begin}; ${first}` : begin).execute(connection)
      const result = await work(connection as unknown as TenantTransaction)
      await sql.raw('COMMIT').execute(connection)
      return result
    } catch (error) {
      await sql
        .raw('ROLLBACK')
        .execute(connection)
        .catch(() => {})
      throw error
    }
  })
}

/** A value as an SQL literal, for the few texts that can't have parameters; refuses all but ids, slugs and hashes. */
export function literal(value: string): string {
  if (!/^[\w-]{1,64}$/.test(value)) throw new Error('not an id, a slug or a hash')
  return `'${value}'`
}
