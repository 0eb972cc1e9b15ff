import { readdir } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration'
import { connect, type Db } from './connection.ts'

const folder = new URL('../../migrations/', import.meta.url)

/**
 * Brings the database at `ownerUrl` up to date: the role `rapport_app` with `appPassword`, then every
 * migration that has not run, each in a transaction, under a lock that lets several processes start at once.
 * `before` does what needs more than SQL, once all migrations before the named one have run and while it has not;
 * with it, no other process may migrate meanwhile. Throws with the name of the migration that failed.
 */
export async function migrate(
  ownerUrl: string,
  appPassword: string,
  before: Record<string, (db: Db) => Promise<void>> = {},
): Promise<void> {
  const db = connect(ownerUrl, 2)
  try {
    await prepareAppRole(db, appPassword)
    const migrator = new Migrator({ db, provider: { getMigrations } })
    for (const [name, work] of Object.entries(before)) {
      const all = await migrator.getMigrations()
      const next = all.findIndex(each => each.name === name)
      if (next < 1 || all[next]!.executedAt) continue
      requireDone(await migrator.migrateTo(all[next - 1]!.name))
      await work(db)
    }
    requireDone(await migrator.migrateToLatest())
  } finally {
    await db.destroy()
  }
}

function requireDone({ error, results }: MigrationResultSet): void {
  if (!error) return
  const failed = results?.find(result => result.status === 'Error')?.migrationName
  throw new Error(`migration ${failed ?? ''} failed: ${(error as Error).message}`, { cause: error })
}

/** The login of web and worker: it owns nothing and can't bypass row-level security. */
async function prepareAppRole(db: Db, password: string): Promise<void> {
  if (!/^[\w-]{16,}$/.test(password))
    throw new Error('the app role needs a password of 16 or more word characters')
  await sql
    .raw(`
    DO $$ BEGIN
      PERFORM pg_advisory_xact_lock(7302011);
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rapport_app') THEN
        CREATE ROLE rapport_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
      END IF;
      ALTER ROLE rapport_app LOGIN PASSWORD '${password}';
      -- A prepared statement is planned once, not five times over before its plan is kept.
      ALTER ROLE rapport_app SET plan_cache_mode = 'force_generic_plan';
      ALTER ROLE rapport_app SET idle_in_transaction_session_timeout = '60s';
    END $$`)
    .execute(db)
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.ts')).sort()
  return Object.fromEntries(
    await Promise.all(
      names.map(async name => [name.replace(/\.ts$/, ''), await import(new URL(name, folder).href)]),
    ),
  )
}

/** The owner's URL with the app role's name and password in it. */
export function appUrl(ownerUrl: string, appPassword: string): string {
  const url = new URL(ownerUrl)
  url.username = 'rapport_app'
  url.password = appPassword
  return url.href
}

/** Fails unless the connection's role is fit for web and worker: owns no table, bypasses no row-level security. */
export async function assertAppRole(db: Db): Promise<void> {
  const { rows } = await sql<{ role: string; privileged: boolean; owned: number }>`
    SELECT current_user AS role, rolsuper OR rolbypassrls AS privileged,
      (SELECT count(*) FROM pg_class WHERE relowner = r.oid AND relkind = 'r') AS owned
    FROM pg_roles r WHERE rolname = current_user`.execute(db)
  const { role, privileged, owned } = rows[0]!
  if (privileged || owned > 0) {
    throw new Error(
      `the database role ${role} could pass row-level security: web and worker must connect as rapport_app`,
    )
  }
}
