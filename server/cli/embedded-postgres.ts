import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { requireWritable } from './data-directory.ts'
import { codeOf, Failure } from './failure.ts'
import { freePort } from './free-port.ts'
import { dieWithParent, postgresBinaries } from './postgres-binaries.ts'
import {
  asSeenBy,
  asUser,
  type Cluster,
  clusterUser,
  makeCluster,
  OWNER,
  readPassword,
} from './postgres-cluster.ts'
import { isAlive, type RunningPostgres, runningPostgres, stopPostgres } from './running-postgres.ts'
import { connectWhenReady, type EmbeddedPostgres, isInUse, use } from './use-postgres.ts'

export interface EmbeddedPostgresOptions {
  /** Folder of the product's data; the cluster goes into its `postgres` folder. */
  dataDir: string
  purpose: Cluster['purpose']
}

const DATABASE = 'rapport'
const STARTS_AT_MOST = 3
const LOG_BYTES = 5_000_000
const SETTINGS = {
  product: { max_connections: 100 },
  test: { max_connections: 300, fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
}

/**
 * Starts PostgreSQL 18 on `dataDir`, making the cluster first where there is none, on a free port of
 * 127.0.0.1 with a random password kept beside the cluster. A server that another process of ours uses is
 * shared; one left running by a killed process is stopped first. Throws `Failure` with one line.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir)
  const folder = join(dataDir, 'postgres')
  await requireWritable(dataDir)

  for (let attempt = 1; ; attempt++) {
    const running = await runningPostgres(folder)
    const shared = running && (await shareOrStop(folder, running))
    if (shared) return shared
    try {
      return await startOwn(folder, options.purpose)
    } catch (error) {
      const anotherWasFaster = await runningPostgres(folder)
      if (attempt === STARTS_AT_MOST || !anotherWasFaster) throw error
    }
  }
}

async function shareOrStop(folder: string, running: RunningPostgres): Promise<EmbeddedPostgres | null> {
  const ownerUrl = urlOf(running.port, await readPassword(folder))
  const isGone = () => !isAlive(running.pid)
  const client = await connectWhenReady(ownerUrl, isGone).catch(() => null)
  if (client) {
    try {
      if (await isInUse(client)) return await use(ownerUrl, client, isGone, () => stopPostgres(running.pid))
    } catch {
      // It was being stopped: then it is stopped below, and started anew.
    }
    await client.end().catch(() => {})
  }
  await stopPostgres(running.pid)
  return null
}

async function startOwn(folder: string, purpose: Cluster['purpose']): Promise<EmbeddedPostgres> {
  const user = await clusterUser(folder)
  const binaries = await postgresBinaries(user !== null)
  const cluster = { folder, user, binaries, purpose }
  try {
    await makeCluster(cluster)
    return await startServer(cluster)
  } catch (error) {
    await binaries.remove()
    throw error
  }
}

async function startServer({ folder, user, binaries, purpose }: Cluster): Promise<EmbeddedPostgres> {
  const port = await freePort()
  const ownerUrl = urlOf(port, await readPassword(folder))
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    log_checkpoints: 'off',
    ...SETTINGS[purpose],
  }
  const command = [
    ...(purpose === 'test' ? dieWithParent() : []),
    binaries.postgres,
    '-D',
    asSeenBy(user, folder),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const log = await openLog(`${folder}.log`)
  // A group of its own: Ctrl-C in the terminal must reach us, and the server only through us.
  const server = spawn(command[0]!, command.slice(1), {
    cwd: folder,
    ...asUser(user),
    detached: purpose === 'product',
    stdio: ['ignore', log.fd, log.fd],
  })
  server.once('error', () => {})
  const stopWithUs = () => server.kill('SIGINT')
  process.once('exit', stopWithUs)
  server.once('exit', () => process.off('exit', stopWithUs))
  await log.close()
  const isGone = () => hasEnded(server)

  const client = await connectWhenReady(ownerUrl, isGone).catch(async error => {
    await stopChild(server)
    throw new Failure(
      `PostgreSQL did not start on ${folder} (${codeOf(error)}): ${await lastLogLine(`${folder}.log`)}`,
    )
  })
  await makeDatabase(client)
  const used = await use(ownerUrl, client, isGone, async () => {
    await stopChild(server)
    await binaries.remove()
  })
  return {
    ...used,
    async stop() {
      process.off('exit', stopWithUs)
      await used.stop()
    },
  }
}

function urlOf(port: number, password: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`
}

/** Appended to from start to start, so that a crash can be read afterwards; begun anew when it has grown. */
async function openLog(path: string) {
  const size = await stat(path).then(
    found => found.size,
    () => 0,
  )
  return open(path, size > LOG_BYTES ? 'w' : 'a', 0o600)
}

async function lastLogLine(path: string): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter(line => /FATAL|PANIC|HINT|error/.test(line))
  return lines.at(-1)?.replace(/^.*?(FATAL|PANIC|HINT):\s*/, '') ?? `see ${path}`
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
  if (rows.length === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
}

/** Lets no new connection in and ends those there are; after ten seconds without further asking. */
async function stopChild(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return
  const gone = once(server, 'exit')
  server.kill('SIGINT')
  const force = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await gone
  clearTimeout(force)
}

function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null
}
