import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '#server/cli/free-port.ts'
import { createTestDatabase, startTestPostgres } from './postgres.ts'
import { startPusher } from './third-parties/pusher.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const startedWithin = 180_000

/**
 * Starts the product as `npm start` does, with its demo business, on a database and port of this run, and
 * tells the workers where: see `site.ts`. Its log goes to `test-results/product.log`. A server that speaks Pusher's
 * protocol runs beside it.
 */
export default async function setup() {
  const postgres = await startTestPostgres()
  const port = await freePort()
  const database = await createTestDatabase()
  const pusher = await startPusher()
  const env = { PLUGIN_ADDRESSES: new URL(pusher.url).host }
  const product = await startProduct(port, database.ownerUrl, database.appUrl, env)
  process.env.RAPPORT_TEST_PORT = String(port)
  process.env.RAPPORT_TEST_DATABASE = database.ownerUrl
  process.env.RAPPORT_TEST_PUSHER = pusher.appUrl

  return async () => {
    product.kill('SIGTERM')
    if (product.exitCode === null) await once(product, 'exit')
    await pusher.stop()
    await postgres.stop()
  }
}

async function startProduct(
  port: number,
  ownerUrl: string,
  appUrl: string,
  more: Record<string, string>,
): Promise<ChildProcess> {
  await mkdir(join(root, 'test-results'), { recursive: true })
  const log = createWriteStream(join(root, 'test-results', 'product.log'))
  const product = spawn(process.execPath, ['server/cli/start.ts'], {
    cwd: root,
    env: {
      ...surroundings(),
      NODE_ENV: 'production',
      PORT: String(port),
      BASE_DOMAIN: 'localhost',
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: appUrl,
      SECRET_KEY: randomBytes(32).toString('hex'),
      RATE_LIMITS: 'off',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  product.stderr.pipe(log)
  product.stdout.pipe(log)

  const said: string[] = []
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(product.stdout).on('line', line => {
      said.push(line)
      if (line.startsWith('ready ')) resolve()
    })
    product.stderr.on('data', text => said.push(String(text)))
    const fail = (reason: string) => reject(new Error(`The product ${reason}:\n${said.join('\n')}`))
    product.once('exit', code => fail(`ended with code ${code}`))
    setTimeout(() => fail('was not ready in time'), startedWithin).unref()
  })
  await ready.catch(error => {
    product.kill('SIGKILL')
    throw error
  })
  return product
}

/** What a program needs of this process's environment, and none of the product's settings that may be in it. */
function surroundings(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot']
  return Object.fromEntries(names.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])))
}
