import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './preparing-client.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>

const DATE = 1082
const INT8 = 20
const TIMESTAMPTZ = 1184

/** The one place that says how PostgreSQL's values become JavaScript's: int8 a number, a date its text, an instant a Date. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === DATE) return (value: string) => value
    if (oid === INT8) return Number
    if (oid === TIMESTAMPTZ)
      return (value: string) => new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

/** A pool of connections to `url`; `max` of them at most. Close it with `destroy()`. */
export function connect(url: string, max = 20, onError: (error: Error) => void = () => {}): Db {
  const pool = new pg.Pool({
    Client: PreparingClient as unknown as typeof pg.Client,
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: types as unknown as pg.CustomTypesConfig,
  })
  pool.on('error', onError)
  // A connection that dies between two statements of a transaction says so here; unheard, it would end the process.
  pool.on('connect', client => client.on('error', onError))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
