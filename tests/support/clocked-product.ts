import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from './postgres.ts'

/** The product as browsers meet it, on a clock of its own; nothing is in it yet. */
export interface ClockedProduct {
  port: number
  /**
   * Sets its clock to this instant, from where it runs on; never back. Jobs that come due by it are worked on at
   * their queues' next look, as if the time had passed. Browsers keep the machine's clock.
   */
  moveTo(instant: Date): Promise<void>
  stop(): Promise<void>
}

/** Starts one with the pages in `build/`, on a database of its own. Its clock is the machine's until it is moved. */
export async function startClockedProduct(): Promise<ClockedProduct> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-clocked-'))
  const script = fileURLToPath(new URL('./clocked-house.ts', import.meta.url))
  const child = fork(script, [JSON.stringify({ ...database, dataDir })], {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const { port } = await answer<{ port: number }>(child)
  return {
    port,
    async moveTo(instant) {
      const moved = answer<{ ahead: number }>(child)
      child.send({ ahead: instant.getTime() - Date.now() })
      await moved
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** What the child says next; throws when it ends instead. */
async function answer<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController()
  const end = (code: number | null) => ended.abort(new Error(`The clocked product ended with code ${code}`))
  child.once('exit', end)
  try {
    const [message] = await once(child, 'message', { signal: ended.signal })
    return message as T
  } catch (error) {
    throw ended.signal.reason ?? error
  } finally {
    child.off('exit', end)
  }
}
