import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { connect } from '#server/db/connection.ts'
import { appUrl, migrate } from '#server/db/migrate.ts'
import type { Env } from '#server/env.ts'
import { createStorage } from '#server/files/create-storage.ts'
import { installJobs } from '#server/jobs/boss.ts'
import { ownSecretKey } from './data-directory.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { requirePostgres } from './external-postgres.ts'
import { Failure } from './failure.ts'
import { moveLogos } from './move-logos.ts'
import { buildPages, pagesAreStale } from './pages.ts'
import type { Stopping } from './run.ts'
import { step } from './steps.ts'

/** What web and worker need before they can start. */
export interface Prepared {
  ownerUrl: string
  appUrl: string
  secretKey: string
  /** Resolves when the embedded database is gone though nobody stopped it. */
  lost: Promise<void>
}

/** Held while a process prepares, so that two which start at once don't migrate, fill and build at once. */
const PREPARING_LOCK = 7302022

/** Starts or reaches the database, brings it up to date and, with `pages`, builds them if they are stale. */
export async function prepare(env: Env, stopping: Stopping, options: { pages: boolean }): Promise<Prepared> {
  const postgres = await startOrReachPostgres(env)
  stopping.add(postgres.stop)
  const { ownerUrl, lost } = postgres
  const secretKey = env.secretKey ?? (await ownSecretKey(env.dataDir))
  const appPassword = env.databaseAppUrl ? passwordOf(env.databaseAppUrl) : deriveAppPassword(secretKey)

  await alone(ownerUrl, async () => {
    await step('Bring the database up to date', () => bringUpToDate(env, ownerUrl, appPassword))
    if (options.pages && (await pagesAreStale())) await step('Build the pages', buildPages)
  })
  return { ownerUrl, appUrl: env.databaseAppUrl ?? appUrl(ownerUrl, appPassword), secretKey, lost }
}

async function startOrReachPostgres({ databaseUrl, dataDir }: Env) {
  if (!databaseUrl)
    return step('Start PostgreSQL', () => startEmbeddedPostgres({ dataDir, purpose: 'product' }))
  await step('Reach PostgreSQL', () => requirePostgres(databaseUrl))
  return { ownerUrl: databaseUrl, lost: new Promise<void>(() => {}), stop: async () => {} }
}

/** The app role's password where the operator gave none: every process with the same secret key knows it. */
function deriveAppPassword(secretKey: string): string {
  return createHmac('sha256', secretKey).update('password of rapport_app').digest('base64url')
}

function passwordOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).password)
  } catch {
    throw new Failure('DATABASE_APP_URL must look like postgres://rapport_app:password@host:5432/database.')
  }
}

/** Runs `work` while no other process prepares the same database. */
export async function alone(ownerUrl: string, work: () => Promise<void>): Promise<void> {
  const db = connect(ownerUrl, 1)
  try {
    await db.connection().execute(async connection => {
      const { rows } = await sql<{ free: boolean }>`
        SELECT pg_try_advisory_lock(${sql.lit(PREPARING_LOCK)}) AS free`.execute(connection)
      if (!rows[0]!.free) {
        const lock = sql`SELECT pg_advisory_lock(${sql.lit(PREPARING_LOCK)})`
        await step('Wait for the Rapport that is starting beside this one', () => lock.execute(connection))
      }
      await work()
    })
  } finally {
    await db.destroy()
  }
}

async function bringUpToDate(env: Env, ownerUrl: string, appPassword: string): Promise<void> {
  try {
    await migrate(ownerUrl, appPassword, { '0007-logos': db => moveLogos(db, createStorage(env)) })
    await installJobs(ownerUrl)
  } catch (error) {
    throw new Failure(`The database could not be brought up to date: ${(error as Error).message}`)
  }
}
