import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plugin } from '@rapport/sdk'
import { uuidv7 } from 'uuidv7'
import { readEnv } from '#server/env.ts'
import { type Rapport, startRapport } from '#server/main.ts'
import { type Api, createApi } from './api.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'

export interface TestHouse extends Rapport, TestDatabase {
  /** A caller of its own, with cookies of its own, on the apex host or on a tenant's: `api('aurora.localhost')`. */
  api(host?: string): Api
}

interface Options {
  clock?: () => Date
  /** Variables of the environment, over those of tests: `{ RATE_LIMITS: 'on' }`. */
  env?: Record<string, string>
  /** Instead of those in `plugins/installed.ts`. */
  plugins?: readonly Plugin[]
  /** Another house on the same database. */
  database?: TestDatabase
}

export const SECRET_KEY = 'the-secret-key-of-tests-0123456789abcdef'

/**
 * A house as it runs, on a free port and a database of its own, without pages. Rate limits are off unless asked
 * for. `clock` is the only time it knows; jobs are worked on by the real one.
 */
export async function createHouse({ clock, env, plugins, database }: Options = {}): Promise<TestHouse> {
  const { ownerUrl, appUrl } = database ?? (await createTestDatabase())
  const DATA_DIR = join(tmpdir(), `rapport-files-${uuidv7()}`)
  const rapport = await startRapport({
    env: readEnv({ PORT: '0', ROLE: 'web', LOG_LEVEL: 'error', RATE_LIMITS: 'off', DATA_DIR, ...env }),
    appUrl,
    secretKey: SECRET_KEY,
    ...(clock && { clock }),
    ...(plugins && { plugins }),
  })
  return {
    ...rapport,
    async stop() {
      await rapport.stop()
      await rm(DATA_DIR, { recursive: true, force: true })
    },
    ownerUrl,
    appUrl,
    api: (host = rapport.house.env.baseDomain) => createApi({ port: rapport.port, host }),
  }
}
