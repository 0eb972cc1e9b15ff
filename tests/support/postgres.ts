import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbeddedPostgres } from '#server/cli/embedded-postgres.ts'
import { isAlive } from '#server/cli/running-postgres.ts'
import { appUrl, migrate } from '#server/db/migrate.ts'
import { installJobs } from '#server/jobs/boss.ts'

export interface TestDatabase {
  /** The owner's connection: migrates, sees every row. */
  ownerUrl: string
  /** The connection of `rapport_app`, as web and worker have it: under row-level security. */
  appUrl: string
}

const SERVER = 'RAPPORT_TEST_POSTGRES'
const TEMPLATE = 'rapport_template'
export const APP_PASSWORD = 'the-app-role-in-tests'
const FOLDER = 'rapport-test-'
const ROOM_NEEDED = 2 ** 31
const BEING_ACCESSED = '55006'

/**
 * Starts the one server of a test run, with a migrated template database, and tells it to the run's workers
 * through the environment. It lives in memory where there is room, and dies with this process.
 */
export async function startTestPostgres(): Promise<{ stop(): Promise<void> }> {
  const home = await memoryOrDisk()
  await sweepStaleFolders(home)
  const dataDir = await mkdtemp(join(home, `${FOLDER}${process.pid}-`))
  const server = await startEmbeddedPostgres({ dataDir, purpose: 'test' })
  process.env[SERVER] = server.ownerUrl
  await query(`CREATE DATABASE ${TEMPLATE}`)
  await migrate(databaseUrl(TEMPLATE), APP_PASSWORD)
  await installJobs(databaseUrl(TEMPLATE))
  return {
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function memoryOrDisk(): Promise<string> {
  const memory = '/dev/shm'
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }))
  return bavail * bsize >= ROOM_NEEDED ? memory : tmpdir()
}

/** What a killed run left behind: its server is gone, its folder still takes memory. */
async function sweepStaleFolders(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = name.startsWith(FOLDER) && name.slice(FOLDER.length).split('-')[0]
    if (pid && !isAlive(Number(pid))) await rm(join(home, name), { recursive: true, force: true })
  }
}

/** A fresh, migrated, empty database of its own for a test file, cloned in about 20 ms; never dropped, the run's end does that. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  for (let attempt = 1; ; attempt++) {
    try {
      await query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`)
      break
    } catch (error) {
      if ((error as { code?: string }).code !== BEING_ACCESSED || attempt === 100) throw error
      await sleep(20)
    }
  }
  return urlsOf(name)
}

/** A database in which no migration has run yet; `migrate` it with `APP_PASSWORD`. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `empty_${randomBytes(8).toString('hex')}`
  await query(`CREATE DATABASE ${name}`)
  return urlsOf(name)
}

function urlsOf(name: string): TestDatabase {
  const ownerUrl = databaseUrl(name)
  return { ownerUrl, appUrl: appUrl(ownerUrl, APP_PASSWORD) }
}

async function query(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl('postgres') })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

function databaseUrl(name: string): string {
  const server = process.env[SERVER]
  if (!server) throw new Error('No test server runs: call startTestPostgres() in the global set-up')
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
