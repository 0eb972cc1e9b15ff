import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isThere } from './data-directory.ts'
import { codeOf, Failure } from './failure.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** PostgreSQL's data directory and what runs on it. */
export interface Cluster {
  folder: string
  /** Whom the server runs as, where that isn't we ourselves. */
  user: number | null
  binaries: PostgresBinaries
  /** `product` keeps what it was told through a power cut; `test` is fast and dies with its parent. */
  purpose: 'product' | 'test'
}

/** The name of the database's owner in every cluster we make. */
export const OWNER = 'rapport'

/** PostgreSQL refuses to run as root: then it runs as this user, whom no system lacks. */
const NOBODY = 65534
const MAKING_TAKES_AT_MOST = 600_000

/** Whom the server on `folder` must run as: the folder's owner, where we are root and may choose; null means as we are. */
export async function clusterUser(folder: string): Promise<number | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(folder).then(
    found => found.uid,
    () => NOBODY,
  )
  return owner === 0 ? NOBODY : owner
}

/** Makes the cluster where there is none, under another name that is then changed: one that is there is whole. */
export async function makeCluster(cluster: Cluster): Promise<void> {
  if (await isThere(cluster.folder)) return
  await sweepUnfinished(cluster.folder)
  const made = await mkdtemp(`${cluster.folder}.new-`)
  const scratch = await mkdtemp(join(tmpdir(), 'rapport-initdb-'))
  try {
    const password = randomBytes(24).toString('hex')
    const files = [join(scratch, 'password'), join(made, 'rapport-password')] as const
    await writeFile(files[0], password, { mode: 0o600 })
    await give(cluster.user, made, scratch, files[0])
    await initdb(cluster, made, files[0])
    await writeFile(files[1], password, { mode: 0o600 })
    await give(cluster.user, files[1])
    await rename(made, cluster.folder).catch(error => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error
    })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`PostgreSQL's data could not be made in ${cluster.folder} (${codeOf(error)}).`)
  } finally {
    await rm(made, { recursive: true, force: true })
    await rm(scratch, { recursive: true, force: true })
  }
}

/** What a start left that was killed while it made the cluster. */
async function sweepUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.new-`)) continue
    const unfinished = join(dirname(folder), name)
    const { mtimeMs } = await stat(unfinished)
    if (Date.now() - mtimeMs > MAKING_TAKES_AT_MOST) await rm(unfinished, { recursive: true, force: true })
  }
}

async function give(user: number | null, ...paths: string[]): Promise<void> {
  if (user !== null) for (const path of paths) await chown(path, user, user)
}

async function initdb(
  { binaries, user, purpose }: Cluster,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const options = [
    `--pgdata=${asSeenBy(user, folder)}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C.UTF-8',
    '--no-instructions',
    ...(purpose === 'test' ? ['--no-sync'] : []),
  ]
  const child = spawn(binaries.initdb, options, {
    cwd: folder,
    ...asUser(user),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', text => said.push(String(text)))
  const [code] = await once(child, 'close')
  if (code !== 0)
    throw new Failure(`PostgreSQL's data could not be made: ${said.join('').trim().split('\n').at(-1)}`)
}

/**
 * How the server names its data directory. Another user can't follow the path where a folder above is
 * closed to him (a checkout under /root), but he stands in the folder already, and Linux lets him name that.
 */
export function asSeenBy(user: number | null, folder: string): string {
  return user !== null && process.platform === 'linux' ? '/proc/self/cwd' : folder
}

/** The options that make a child process run as `user`, with nothing of our environment. */
export function asUser(user: number | null): { env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  const bare = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  const env = process.platform === 'win32' ? process.env : (bare as unknown as NodeJS.ProcessEnv)
  return user === null ? { env } : { env, uid: user, gid: user }
}

/** The owner's password, which lies in the cluster's folder. */
export async function readPassword(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'rapport-password'), 'utf8')
  } catch (error) {
    throw new Failure(
      `The database's password in ${folder} can't be read (${codeOf(error)}): start as the user who made it.`,
    )
  }
}
