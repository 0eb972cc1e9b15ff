import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Failure } from './failure.ts'

export interface RunningPostgres {
  pid: number
  port: number
}

/**
 * The server that runs on `cluster`, from its postmaster.pid; null where none does. A pid file that names
 * another program (its number was given away since) is removed: PostgreSQL would take it for a server.
 */
export async function runningPostgres(cluster: string): Promise<RunningPostgres | null> {
  const pidFile = join(cluster, 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!pid || !isAlive(pid)) return null
  if (!(await commandOf(pid)).includes('postgres')) {
    await rm(pidFile, { force: true })
    return null
  }
  return { pid, port }
}

/** Whether there is a process of this number, whosever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (process.platform === 'win32') return 'postgres'
  return promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

/** Ends the server's connections and stops it; throws `Failure` where it doesn't go within 30 seconds. */
export async function stopPostgres(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      if (!isAlive(pid)) return
    }
    for (let waited = 0; waited < 15_000; waited += 50) {
      if (!isAlive(pid)) return
      await sleep(50)
    }
  }
  throw new Failure(
    `A PostgreSQL server of another user runs on the data directory (process ${pid}): stop it first.`,
  )
}
