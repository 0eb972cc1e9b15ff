import pg from 'pg'
import { codeOf, Failure } from './failure.ts'

const OLDEST = 15
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name can not be looked up',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'the password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database',
}

/** Makes sure that the operator's own PostgreSQL answers and is new enough; throws `Failure` with one line. */
export async function requirePostgres(databaseUrl: string): Promise<void> {
  const address = shown(databaseUrl)
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('SHOW server_version')
    const version = String(rows[0].server_version)
    if (Number.parseInt(version, 10) < OLDEST) {
      throw new Failure(
        `The database at ${address} is PostgreSQL ${version}; Rapport needs ${OLDEST} or newer.`,
      )
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = REASONS[codeOf(error)] ?? (error as Error).message
    throw new Failure(`The database at ${address} can't be reached: ${reason} (DATABASE_URL).`)
  } finally {
    await client.end().catch(() => {})
  }
}

/** The database's address without user and password. */
function shown(databaseUrl: string): string {
  try {
    const { host, pathname } = new URL(databaseUrl)
    return `${host}${pathname}`
  } catch {
    throw new Failure('DATABASE_URL must look like postgres://user:password@host:5432/database.')
  }
}
