import type { SessionKind } from '@rapport/sdk'
import type { Logger } from 'pino'
import type { Db } from './db/connection.ts'
import type { CalendarCache } from './domain/availability/cache.ts'
import type { OfferKind } from './domain/offers/describe-kind.ts'
import type { Env } from './env.ts'
import type { Storage } from './files/storage.ts'
import type { RateLimits } from './http/rate-limits.ts'
import type { TenantHosts } from './http/tenant-hosts.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { PluginHost } from './plugin-host/create-host.ts'
import type { SettingField } from './plugin-host/setting-fields.ts'
import type { Live } from './realtime/live.ts'
import type { Secrets } from './secrets.ts'
import type { Urls } from './urls.ts'

/** Everything the running product is made of, composed once by `main.ts` and handed down. */
export interface House {
  env: Env
  db: Db
  jobs: Jobs
  live: Live
  limits: RateLimits
  secrets: Secrets
  urls: Urls
  tenants: TenantHosts
  /** The bytes of uploaded files. */
  storage: Storage
  log: Logger
  /** Facts of calendars by version. */
  calendars: CalendarCache
  /** The behaviour of a session kind; throws for one that no plugin provides. */
  kind(id: string): SessionKind
  /** All kinds that plugins provide, as forms draw them. */
  kinds: readonly OfferKind<SettingField>[]
  /** The plugins at work, for each business with its own settings. */
  plugins: PluginHost
  /** Short for `plugins.provider`: what serves a business with `video`, `email` or `realtime`. */
  provider: PluginHost['provider']
  /** The only clock: tests put their own here. */
  clock(): Date
}
