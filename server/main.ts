import type { RequestListener } from 'node:http'
import type { Plugin } from '@rapport/sdk'
import type { ServerBuild } from '@remix-run/node'
import type { ViteDevServer } from 'vite'
import { installed } from '#plugins/installed.ts'
import { connect } from './db/connection.ts'
import { assertAppRole } from './db/migrate.ts'
import { createCalendarCache } from './domain/availability/cache.ts'
import { describeKind } from './domain/offers/describe-kind.ts'
import type { Env } from './env.ts'
import { createStorage } from './files/create-storage.ts'
import type { House } from './house.ts'
import { createRateLimits } from './http/create-rate-limits.ts'
import { openBackDoor, openFrontDoor } from './http/front-door.ts'
import { listen } from './http/listen.ts'
import { createLog } from './http/log.ts'
import { createTenantHosts } from './http/tenant-hosts.ts'
import { createJobs } from './jobs/boss.ts'
import { startWorkers } from './jobs/workers.ts'
import { createPluginHost } from './plugin-host/create-host.ts'
import { loadPlugins } from './plugin-host/load.ts'
import { resealSecrets } from './plugin-host/reseal.ts'
import { settingFields } from './plugin-host/setting-fields.ts'
import { createCarrier } from './realtime/carrier.ts'
import { createLive } from './realtime/create-live.ts'
import { createSecrets } from './secrets.ts'
import { createUrls } from './urls.ts'

export interface RapportOptions {
  env: Env
  /** The database as `rapport_app`, migrated and with its queues installed. */
  appUrl: string
  secretKey: string
  /** The plugins; those of `plugins/installed.ts` unless a test brings its own. */
  plugins?: readonly Plugin[]
  /** The only clock; the machine's unless a test brings its own. */
  clock?: () => Date
  /** The built pages; without them the API is served alone. */
  loadPages?: () => Promise<ServerBuild>
  /** In development: pages are loaded anew for each request. */
  viteDevServer?: ViteDevServer
}

export interface Rapport {
  house: House
  /** The apex host's address. */
  url: string
  port: number
  /** Takes no more requests, lets those at work finish, then closes everything. */
  stop(): Promise<void>
}

/** How long requests may go on when the process stops, ms. */
const PATIENCE = 10_000

/**
 * Composes the house and starts it as web, worker or both, as `env.role` says. A worker answers `/healthz` and
 * `/readyz` alone. Throws when the port can't be had or the database role could pass row-level security.
 */
export async function startRapport(options: RapportOptions): Promise<Rapport> {
  const { env, loadPages, viteDevServer } = options
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    let handle: RequestListener = notYet
    const listening = await listen(env, (request, response) => handle(request, response))
    stops.push(() => listening.stop(0))
    const house = await composeHouse(options, listening.port, stops)

    if (env.role !== 'web') {
      await startWorkers(house)
      if (env.formerSecretKeys.length > 0) stops.push(resealInBackground(house))
    }
    if (env.role === 'worker') handle = openBackDoor(house)
    else {
      const pages = loadPages ? { load: loadPages, viteDevServer } : null
      const { app, streams } = await openFrontDoor(house, pages)
      handle = app
      stops.push(() => {
        streams.stop()
        return listening.stop(PATIENCE)
      })
    }
    if (!env.rateLimits)
      house.log.warn('RATE_LIMITS=off: attempts from this machine are not limited. For trials only.')
    return { house, url: house.urls.apex(), port: listening.port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const notYet: RequestListener = (_, response) => {
  response.writeHead(503, { 'Retry-After': '1' }).end('Rapport is starting.\n')
}

/** Takes as long as there are businesses; nothing waits for it. */
function resealInBackground(house: House): () => Promise<void> {
  let isStopped = false
  const resealed = resealSecrets(house, () => isStopped).catch(error =>
    house.log.error({ err: error }, 'secrets of plugins could not be sealed anew'),
  )
  return async () => {
    isStopped = true
    await resealed
  }
}

async function composeHouse(
  { env, appUrl, secretKey, plugins: given = installed, clock = () => new Date() }: RapportOptions,
  port: number,
  stops: (() => Promise<void>)[],
): Promise<House> {
  const log = createLog(env)
  const db = connect(appUrl, env.databasePool, error =>
    log.warn({ err: error }, 'a database connection was lost'),
  )
  stops.push(() => db.destroy())
  await assertAppRole(db)

  const loaded = loadPlugins(given, env.environment, log)
  const { kind, kinds } = loaded
  const secrets = createSecrets(secretKey, env.formerSecretKeys)
  const urls = createUrls(env, port)
  const limits = createRateLimits({ appUrl, secrets, log })
  stops.push(() => limits.stop())
  const carrier = createCarrier(() => plugins.provider)
  const live = createLive({ db, listenUrl: env.role === 'worker' ? null : appUrl, carrier, log })
  stops.push(() => live.stop())
  const jobs = await createJobs({ appUrl, log })
  const plugins = createPluginHost({ loaded, db, kind, jobs, live, secrets, urls, clock, env, log })
  stops.push(() => plugins.close())
  stops.push(() => jobs.stop())
  return {
    env,
    db,
    jobs,
    live,
    limits,
    secrets,
    urls,
    tenants: createTenantHosts(db),
    storage: createStorage(env),
    calendars: createCalendarCache(),
    log,
    kind,
    kinds: kinds.map(each => describeKind(each, settingFields(each.settings))),
    plugins,
    provider: plugins.provider,
    clock,
  }
}
