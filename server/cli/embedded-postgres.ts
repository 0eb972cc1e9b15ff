import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { codeOf, Failure } from './failure.ts'
import { dieWithParent, type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { type RunningPostgres, runningPostgres, stopPostgres } from './running-postgres.ts'

export interface EmbeddedPostgres {
  /** The owner's connection URL of database `rapport`. */
  ownerUrl: string
  /** Resolves when the server is gone though nobody stopped it; it outlives the crash of one connection. */
  lost: Promise<void>
  /** Lets go of the server; the last one to do so on a data directory stops it. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Folder of the product's data; the cluster goes into its `postgres` folder. */
  dataDir: string
  /** `product` keeps what it was told through a power cut; `test` is fast and dies with its parent. */
  purpose: 'product' | 'test'
}

/** PostgreSQL refuses to run as root: then it runs as this user, whom no system lacks. */
const NOBODY = 65534
const OWNER = 'rapport'
const DATABASE = 'rapport'
const STARTS_WITHIN = 60_000
const LOG_BYTES = 5_000_000
/** Held (shared) by every process that uses the server, so that a server nobody uses is told from one in use. */
const IN_USE_LOCK = 7302012

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
  const cluster = join(dataDir, 'postgres')
  await requireWritable(dataDir)

  const running = await runningPostgres(cluster)
  if (running) {
    const shared = await shareOrStop(cluster, running)
    if (shared) return shared
  }

  const user = await clusterUser(cluster)
  const binaries = await postgresBinaries(user !== null)
  try {
    if (!(await exists(cluster))) await makeCluster(cluster, user, binaries)
    return await startServer(cluster, user, binaries, options.purpose)
  } catch (error) {
    await binaries.remove()
    throw error
  }
}

async function requireWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    const probe = await mkdtemp(join(dataDir, '.probe-'))
    await rm(probe, { recursive: true })
  } catch (error) {
    throw new Failure(
      `The data directory ${dataDir} can't be written (${codeOf(error)}): set DATA_DIR to a folder of yours.`,
    )
  }
}

async function shareOrStop(cluster: string, running: RunningPostgres): Promise<EmbeddedPostgres | null> {
  const ownerUrl = urlOf(running.port, await readPassword(cluster))
  const client = await connectWhenReady(ownerUrl).catch(() => null)
  if (client) {
    const { rows } = await client.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${IN_USE_LOCK}`,
    )
    const shared =
      rows.length > 0 && (await use(ownerUrl, client, () => stopPostgres(running.pid)).catch(() => null))
    if (shared) return shared
    await client.end().catch(() => {})
  }
  await stopPostgres(running.pid)
  return null
}

/** Whom the server runs as: the cluster's owner, where we are root and may choose; null means as we are. */
async function clusterUser(cluster: string): Promise<number | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(cluster).then(
    found => found.uid,
    () => NOBODY,
  )
  return owner === 0 ? NOBODY : owner
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Made under another name and then renamed: a cluster that is there is whole. */
async function makeCluster(cluster: string, user: number | null, binaries: PostgresBinaries): Promise<void> {
  const made = await mkdtemp(`${cluster}.new-`)
  const scratch = await mkdtemp(join(tmpdir(), 'rapport-initdb-'))
  try {
    const password = randomBytes(24).toString('hex')
    const passwordFile = join(scratch, 'password')
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (user !== null) for (const path of [made, scratch, passwordFile]) await chown(path, user, user)

    await run(binaries.initdb, made, user, [
      `--pgdata=${asSeenBy(user, made)}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C.UTF-8',
      '--no-instructions',
      '--no-sync',
    ])
    await writeFile(join(made, 'rapport-password'), password, { mode: 0o600 })
    if (user !== null) await chown(join(made, 'rapport-password'), user, user)
    await rename(made, cluster).catch(error => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error
    })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`PostgreSQL's data could not be made in ${cluster} (${codeOf(error)}).`)
  } finally {
    await rm(made, { recursive: true, force: true })
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * How the server names its data directory. Another user can't follow the path where a folder above is
 * closed to him (a checkout under /root), but he stands in the folder already, and Linux lets him name that.
 */
function asSeenBy(user: number | null, folder: string): string {
  return user !== null && process.platform === 'linux' ? '/proc/self/cwd' : folder
}

async function run(program: string, cwd: string, user: number | null, args: string[]): Promise<void> {
  const child = spawn(program, args, { cwd, ...asUser(user), stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', text => said.push(String(text)))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Failure(`PostgreSQL's data could not be made: ${lastLine(said.join(''))}`)
}

function asUser(user: number | null) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  const windows = process.platform === 'win32'
  return { env: windows ? process.env : env, ...(user === null ? {} : { uid: user, gid: user }) }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

async function startServer(
  cluster: string,
  user: number | null,
  binaries: PostgresBinaries,
  purpose: 'product' | 'test',
): Promise<EmbeddedPostgres> {
  const port = await freePort()
  const ownerUrl = urlOf(port, await readPassword(cluster))
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
    asSeenBy(user, cluster),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const log = await openLog(`${cluster}.log`)
  // A group of its own: Ctrl-C in the terminal must reach us, and the server only through us.
  const server = spawn(command[0]!, command.slice(1), {
    cwd: cluster,
    ...asUser(user),
    detached: purpose === 'product',
    stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()

  const client = await connectWhenReady(ownerUrl, () => server.exitCode).catch(async error => {
    await stopChild(server)
    throw new Failure(
      `PostgreSQL did not start on ${cluster} (${codeOf(error)}): ${await lastLogLine(`${cluster}.log`)}`,
    )
  })
  await makeDatabase(client)
  return use(ownerUrl, client, async () => {
    await stopChild(server)
    await binaries.remove()
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

async function readPassword(cluster: string): Promise<string> {
  try {
    return await readFile(join(cluster, 'rapport-password'), 'utf8')
  } catch (error) {
    throw new Failure(
      `The database's password in ${cluster} can't be read (${codeOf(error)}): start as the user who made it.`,
    )
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
  const fatal = (await readFile(path, 'utf8')).split('\n').filter(line => /FATAL|PANIC|HINT|error/.test(line))
  return fatal.at(-1)?.replace(/^.*?(FATAL|PANIC|HINT):\s*/, '') ?? `see ${path}`
}

/** A connection as soon as the server takes one (after a crash it first recovers); gives up when `exitCode` has one. */
async function connectWhenReady(
  ownerUrl: string,
  exitCode: () => number | null = () => null,
): Promise<pg.Client> {
  const url = new URL(ownerUrl)
  url.pathname = '/postgres'
  const startedAt = performance.now()
  for (;;) {
    const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      const starting = ['ECONNREFUSED', '57P03'].includes(codeOf(error))
      const code = exitCode()
      if (code !== null) throw new Error(`exit code ${code}`)
      if (!starting || performance.now() - startedAt > STARTS_WITHIN) throw error
    }
    await sleep(30)
  }
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
  if (rows.length === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
}

/** Holds the lock through `client`, and again after a crash; whoever lets go last runs `stopServer`. */
async function use(
  ownerUrl: string,
  client: pg.Client,
  stopServer: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  let holder = client
  let stopping = false
  const { promise: lost, resolve: reportLost } = Promise.withResolvers<void>()

  async function hold(by: pg.Client) {
    holder = by
    by.once('end', () => {
      if (!stopping) connectWhenReady(ownerUrl).then(hold).catch(reportLost)
    })
    await by.query(`SELECT pg_advisory_lock_shared(${IN_USE_LOCK})`)
  }

  await hold(client)
  return {
    ownerUrl,
    lost,
    async stop() {
      stopping = true
      const alone = await holder
        .query(
          `SELECT pg_advisory_unlock_shared(${IN_USE_LOCK}), pg_try_advisory_lock(${IN_USE_LOCK}) AS alone`,
        )
        .then(
          ({ rows }) => rows[0].alone as boolean,
          () => true,
        )
      if (alone) await stopServer()
      await holder.end().catch(() => {})
    },
  }
}

/** Lets no new connection in and ends those there are; after ten seconds without further asking. */
async function stopChild(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGINT')
  const force = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await gone
  clearTimeout(force)
}
