import pg from 'pg'
import type { Logger } from 'pino'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { Refusal } from '#server/domain/refusal.ts'
import { networkOf } from '#server/network.ts'
import type { Secrets } from '#server/secrets.ts'
import type { LimitKeys, LimitName, RateLimits } from './rate-limits.ts'

/**
 * In this order, up to the first refusal: who is refused for their own tries must not use up what others share,
 * or one address could lock a person out, or shut an offer.
 */
const order = ['address', 'addressAndClient', 'client', 'offer'] as const

type Against = (typeof order)[number]
/** So many attempts in so many seconds. */
type Rate = readonly [points: number, seconds: number]

const MINUTE = 60
const HOUR = 60 * MINUTE

/**
 * The numbers, in one place: generous to an office behind one address, a wall to whoever tries passwords or
 * fills calendars. What `shared` names is counted in PostgreSQL for all processes, the rest per process.
 */
const rates: Record<LimitName, { shared: boolean; against: Partial<Record<Against, Rate>> }> = {
  sign_in: {
    shared: true,
    against: {
      addressAndClient: [10, 15 * MINUTE],
      address: [50, 15 * MINUTE],
      client: [100, HOUR],
    },
  },
  sign_up: { shared: true, against: { address: [60, HOUR], client: [5, HOUR] } },
  login_link: { shared: false, against: { address: [40, HOUR], client: [6, HOUR] } },
  hold: { shared: false, against: { address: [120, 10 * MINUTE], offer: [2_000, 10 * MINUTE] } },
  booking: {
    shared: false,
    against: { address: [60, 10 * MINUTE], client: [20, HOUR], offer: [1_000, 10 * MINUTE] },
  },
  post: { shared: false, against: { address: [600, 10 * MINUTE], client: [20, MINUTE] } },
  certificate: { shared: false, against: { address: [120, 10 * MINUTE] } },
  // By staff, and by participants.
  upload: { shared: false, against: { address: [300, HOUR], client: [200, HOUR] } },
  share: { shared: false, against: { address: [60, HOUR], client: [20, HOUR] } },
  api: { shared: false, against: { address: [3_000, MINUTE] } },
}

interface Options {
  /** The database as `rapport_app` sees it; counts have a small pool of their own. */
  appUrl: string
  secrets: Secrets
  log: Logger
}

interface Limit {
  against: Against
  limiter: RateLimiterAbstract
}

export function createRateLimits({ appUrl, secrets, log }: Options): RateLimits {
  const pool = new pg.Pool({ connectionString: appUrl, max: 2, connectionTimeoutMillis: 5_000 })
  pool.on('error', error => log.warn({ err: error }, 'a connection of the rate limits was lost'))
  const limits = new Map(
    (Object.keys(rates) as LimitName[]).map(name => [name, limitsOf(name, pool)] as const),
  )

  const counted = (name: LimitName, scope: string, keys: LimitKeys) =>
    limits.get(name)!.flatMap(({ against, limiter }) => {
      const value = keyFor(keys, against)
      return value === null
        ? []
        : [{ limiter, key: secrets.blind('limit', `${scope}\n${against}\n${value}`) }]
    })

  return {
    async consume(name, scope, keys) {
      try {
        for (const { limiter, key } of counted(name, scope, keys)) await limiter.consume(key)
      } catch (error) {
        if (error instanceof RateLimiterRes) throw tooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
        log.error({ err: error, limit: name }, 'an attempt could not be counted, and is refused')
        throw tooMany(30)
      }
    },
    async giveBack(name, scope, keys) {
      await Promise.all(counted(name, scope, keys).map(({ limiter, key }) => limiter.reward(key))).catch(
        error => log.warn({ err: error, limit: name }, 'an attempt could not be given back'),
      )
    },
    stop: () => pool.end(),
  }
}

function limitsOf(name: LimitName, pool: pg.Pool): Limit[] {
  const { shared, against } = rates[name]
  return order.flatMap(key => {
    const rate = against[key]
    if (!rate) return []
    const [points, duration] = rate
    const options = { keyPrefix: `${name}:${key}`, points, duration }
    const limiter = shared
      ? new RateLimiterPostgres({
          ...options,
          storeClient: pool,
          storeType: 'pool',
          tableName: 'rate_limits',
          tableCreated: true,
          clearExpiredByTimeout: key === 'address',
        })
      : new RateLimiterMemory(options)
    return [{ against: key, limiter }]
  })
}

function keyFor(keys: LimitKeys, against: Against): string | null {
  if (against === 'address') return keys.address ? networkOf(keys.address) : null
  if (against !== 'addressAndClient') return keys[against] ?? null
  return keys.address && keys.client ? `${networkOf(keys.address)} ${keys.client}` : null
}

function tooMany(retryAfterSeconds: number): Refusal {
  const wait =
    retryAfterSeconds < 90 ? `${retryAfterSeconds} seconds` : `${Math.ceil(retryAfterSeconds / 60)} minutes`
  return new Refusal(
    'too_many',
    'TOO_MANY',
    `That was a lot of tries in a short time. Please wait ${wait} and try again.`,
    {
      data: { retryAfterSeconds },
    },
  )
}

/** What counts nothing: for trials with RATE_LIMITS=off, from this machine only. */
export const noLimits: RateLimits = {
  consume: () => Promise.resolve(),
  giveBack: () => Promise.resolve(),
  stop: () => Promise.resolve(),
}
