import { z } from 'zod'
import type { Bucket } from './files/s3.ts'

const port = z.coerce.number().int().min(0).max(65535)
const optionalText = z
  .string()
  .trim()
  .transform(text => (text === '' ? undefined : text))
  .optional()

/** Texts with commas between them. */
function list(item: z.ZodType<string, string>) {
  return z
    .string()
    .default('')
    .transform(text => text.split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()])))
    .pipe(z.array(item))
}

const schema = z.object({
  PORT: port.default(3000),
  HOST: optionalText,
  BASE_DOMAIN: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9-]+)*$/,
      'must be a host name without port, for example "localhost"',
    )
    .default('localhost'),
  DATA_DIR: z.string().trim().min(1).default('.data'),
  DATABASE_URL: optionalText,
  DATABASE_APP_URL: optionalText,
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(8),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  SECRET_KEY_OLD: list(z.string().min(32, 'must be former keys, with commas between them')),
  PLUGIN_ADDRESSES: list(
    z
      .string()
      .regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/, 'must be like "crm.lan:8080,10.0.0.7:443"'),
  ),
  ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  PUBLIC_PORT: port.optional(),
  PUBLIC_PROTOCOL: z.enum(['http', 'https']).default('http'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MAIL_FROM: z.email().default('hello@rapport.localhost'),
  SMTP_URL: optionalText.refine(
    url => !url || (/^smtps?:\/\//.test(url) && URL.canParse(url)),
    'must be an address such as smtp://user:password@mail.example.com:587',
  ),
  S3_URL: optionalText.refine(
    url => !url || (/^https?:\/\//.test(url) && URL.canParse(url)),
    'must be an address such as https://s3.eu-central-1.amazonaws.com',
  ),
  S3_BUCKET: optionalText,
  S3_REGION: z.string().trim().min(1).default('us-east-1'),
  S3_KEY_ID: optionalText,
  S3_SECRET: optionalText,
  LARGEST_RECORDING_MB: z.coerce.number().int().min(1).max(5_000).default(2_000),
})

export interface Env {
  port: number
  /** Address to listen on; null means loopback only (127.0.0.1 and ::1). */
  host: string | null
  baseDomain: string
  dataDir: string
  /** The owner's connection; null means the embedded PostgreSQL. */
  databaseUrl: string | null
  databaseAppUrl: string | null
  databasePool: number
  secretKey: string | null
  /** Keys that were SECRET_KEY before: they still open what was sealed with them. */
  formerSecretKeys: string[]
  /** `host:port` of services in the operator's own network that plugins may reach. */
  pluginAddresses: string[]
  role: 'web' | 'worker' | 'all'
  rateLimits: boolean
  /** The port and protocol in links, where a proxy stands in front. */
  publicPort: number | null
  publicProtocol: 'http' | 'https'
  /** How many proxies in front may set X-Forwarded-For. */
  trustedProxies: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  mailFrom: string
  smtpUrl: string | null
  /** Where files are kept; null means the local disk, under the data directory. */
  bucket: Bucket | null
  /** Bytes. One request may carry at most 5 GB to a bucket. */
  largestRecording: number
  /** All of it, for the plugins that the operator sets up by variables of their own. */
  environment: Readonly<Record<string, string | undefined>>
}

/**
 * Reads and checks the environment; the only place that does.
 * Throws an error of one line that names the variable and what it must be.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new Error(`${String(issue.path[0])}: ${issue.message}`)
  }
  const env = parsed.data
  if (env.DATABASE_URL && !env.SECRET_KEY) {
    throw new Error('SECRET_KEY: is required together with DATABASE_URL (at least 32 random characters)')
  }
  if (env.RATE_LIMITS === 'off' && env.BASE_DOMAIN !== 'localhost') {
    throw new Error('RATE_LIMITS: can be off only for trials, where BASE_DOMAIN is localhost')
  }
  return {
    port: env.PORT,
    host: env.HOST ?? null,
    baseDomain: env.BASE_DOMAIN,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseAppUrl: env.DATABASE_APP_URL ?? null,
    databasePool: env.DATABASE_POOL,
    secretKey: env.SECRET_KEY ?? null,
    formerSecretKeys: env.SECRET_KEY_OLD,
    pluginAddresses: env.PLUGIN_ADDRESSES.map(address => address.toLowerCase()),
    role: env.ROLE,
    rateLimits: env.RATE_LIMITS === 'on',
    publicPort: env.PUBLIC_PORT ?? null,
    publicProtocol: env.PUBLIC_PROTOCOL,
    trustedProxies: env.TRUSTED_PROXIES,
    logLevel: env.LOG_LEVEL,
    mailFrom: env.MAIL_FROM,
    smtpUrl: env.SMTP_URL ?? null,
    bucket: bucketIn(env),
    largestRecording: env.LARGEST_RECORDING_MB * 1_000_000,
    environment: { ...source, SMTP_URL: env.SMTP_URL },
  }
}

function bucketIn(env: z.output<typeof schema>): Bucket | null {
  const { S3_URL, S3_BUCKET, S3_REGION, S3_KEY_ID, S3_SECRET } = env
  if (!S3_URL && !S3_BUCKET && !S3_KEY_ID && !S3_SECRET) return null
  for (const [name, value] of Object.entries({ S3_URL, S3_BUCKET, S3_KEY_ID, S3_SECRET })) {
    if (!value) throw new Error(`${name}: is required where files are kept in a bucket`)
  }
  return { url: S3_URL!, bucket: S3_BUCKET!, region: S3_REGION, keyId: S3_KEY_ID!, secret: S3_SECRET! }
}
