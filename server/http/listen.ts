import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Listening {
  port: number
  /** Takes no further connection, lets those at work finish, and cuts what is left after `patience` ms. */
  stop(patience: number): Promise<void>
}

/** On loopback alone unless `host` says otherwise: both of its addresses, since browsers pick either. */
const LOOPBACK = ['127.0.0.1', '::1']
const TRIES = 5

/**
 * Listens on `port` (0: any that is free on every address). Throws the system's error, such as EADDRINUSE.
 * A machine without IPv6 is listened to on IPv4.
 */
export async function listen(
  { host, port }: { host: string | null; port: number },
  handle: RequestListener,
): Promise<Listening> {
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = []
    try {
      for (const address of host ? [host] : LOOPBACK) {
        // How long a body may take, `hurry` says.
        const server = createServer({ requestTimeout: 0, headersTimeout: 20_000 }, handle)
        const wanted = servers[0] ? portOf(servers[0]) : port
        if (await bind(server, address, wanted)) servers.push(server)
      }
      return { port: portOf(servers[0]!), stop: patience => stopAll(servers, patience) }
    } catch (error) {
      await stopAll(servers, 0)
      const anotherMayDo = port === 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!anotherMayDo || attempt === TRIES) throw error
    }
  }
}

function bind(server: Server, address: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const noSuchAddress = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'
      if (address === '::1' && noSuchAddress) resolve(false)
      else reject(error)
    })
    server.listen(port, address, () => resolve(true))
  })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function stopAll(servers: Server[], patience: number): Promise<void> {
  const closed = Promise.all(
    servers.map(server => new Promise<void>(resolve => server.close(() => resolve()))),
  )
  for (const server of servers) server.closeIdleConnections()
  await Promise.race([closed, sleep(patience, undefined, { ref: false })])
  for (const server of servers) server.closeAllConnections()
  await closed
}
