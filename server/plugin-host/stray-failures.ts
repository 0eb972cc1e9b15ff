import { AsyncLocalStorage } from 'node:async_hooks'
import type { Logger } from 'pino'

const scope = new AsyncLocalStorage<string>()

/** Runs what a plugin does, so that whatever fails of it later is known to be the plugin's. */
export function asPlugin<T>(pluginId: string, work: () => T): T {
  return scope.run(pluginId, work)
}

/**
 * Lets the process live on when a plugin throws where nobody waits: in a timer, an event of a socket, a promise it let
 * run by itself. Such a failure of our own ends the process, as it would without this. Once per process.
 */
export function outliveStrayFailures(log: Logger): void {
  const onFailure = (error: unknown) => {
    const plugin = scope.getStore()
    if (plugin !== undefined) {
      log.error({ err: error, plugin }, 'a plugin failed where nobody waited for it')
      return
    }
    console.error(error)
    process.exit(1)
  }
  process.on('uncaughtException', onFailure)
  process.on('unhandledRejection', onFailure)
}
