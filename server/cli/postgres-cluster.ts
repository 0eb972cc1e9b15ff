import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, Failure } from './failure.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** The name of the database's owner in every cluster we make. */
export const OWNER = 'rapport'

/** PostgreSQL refuses to run as root: then it runs as this user, whom no system lacks. */
const NOBODY = 65534

/** Whom the server runs as: the cluster's owner, where we are root and may choose; null means as we are. */
export async function clusterUser(cluster: string): Promise<number | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(cluster).then(
    found => found.uid,
    () => NOBODY,
  )
  return owner === 0 ? NOBODY : owner
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Made under another name and then renamed: a cluster that is there is whole. */
export async function makeCluster(
  cluster: string,
  user: number | null,
  binaries: PostgresBinaries,
): Promise<void> {
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
export function asSeenBy(user: number | null, folder: string): string {
  return user !== null && process.platform === 'linux' ? '/proc/self/cwd' : folder
}

async function run(program: string, cwd: string, user: number | null, args: string[]): Promise<void> {
  const child = spawn(program, args, { cwd, ...asUser(user), stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', text => said.push(String(text)))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Failure(`PostgreSQL's data could not be made: ${lastLine(said.join(''))}`)
}

/** The options that make a child process run as `user`, with nothing of our environment. */
export function asUser(user: number | null) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  const windows = process.platform === 'win32'
  return { env: windows ? process.env : env, ...(user === null ? {} : { uid: user, gid: user }) }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

/** The owner's password, which lies in the cluster's folder. */
export async function readPassword(cluster: string): Promise<string> {
  try {
    return await readFile(join(cluster, 'rapport-password'), 'utf8')
  } catch (error) {
    throw new Failure(
      `The database's password in ${cluster} can't be read (${codeOf(error)}): start as the user who made it.`,
    )
  }
}
