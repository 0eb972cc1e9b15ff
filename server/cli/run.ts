import { Failure } from './failure.ts'

/** What a command started, to be stopped in reverse order. */
export interface Stopping {
  add(stop: () => Promise<void>): void
  /** Stops everything and ends the process with `code`. */
  end(code: number): Promise<never>
}

/** npm passes on a signal that the terminal has sent to all of us already: within this time it is the same one. */
const SAME_SIGNAL_MS = 500

/**
 * Runs a command of ours. Ctrl-C, SIGTERM and the end of the terminal stop what it started, a second one at
 * once. A `Failure` is told in its one line, a bug with its stack, and both end with code 1.
 */
export async function run(command: (stopping: Stopping) => Promise<void>): Promise<void> {
  const stopping = stopOnSignal()
  try {
    await command(stopping)
  } catch (error) {
    if (stopping.asked()) return
    console.error(error instanceof Failure ? error.message : error)
    await stopping.end(1)
  }
}

function stopOnSignal(): Stopping & { asked(): boolean } {
  const stops: (() => Promise<void>)[] = []
  let askedAt: number | null = null

  async function end(code: number): Promise<never> {
    try {
      for (const stop of stops.splice(0).reverse()) await stop()
    } catch (error) {
      console.error(error)
      process.exit(1)
    }
    process.exit(code)
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const now = performance.now()
      if (askedAt === null) {
        askedAt = now
        console.log('Stopping …')
        end(0)
      } else if (now - askedAt > SAME_SIGNAL_MS) process.exit(1)
    })
  }
  return { add: stop => stops.push(stop), end, asked: () => askedAt !== null }
}
