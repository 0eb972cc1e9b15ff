import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { definePlugin, Hopeless, type Plugin, type PluginContext, type VideoProvider } from '@rapport/sdk'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { installed } from '#plugins/installed.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { restAfter } from '#server/domain/plugins/breaker.ts'
import type { CallOptions } from '#server/plugin-host/calls.ts'
import { PluginFailed } from '#server/plugin-host/plugin-failed.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

/** What the rooms of the plugin under test do next. */
let behave: (call: { signal: AbortSignal }) => unknown
let seen: PluginContext[] = []

const rooms = definePlugin({
  id: 'rooms',
  name: 'Rooms',
  description: 'Makes rooms as the test wants.',
  version: '1.0.0',
  sdk: 1,
  config: z.object({ region: z.string().default('eu').describe('Region') }),
  secrets: z.object({ apiKey: z.string().min(4).describe('API key') }),
  provides: {
    video(context) {
      seen.push(context)
      return {
        create: (_: unknown, call: { signal: AbortSignal }) => behave(call),
      } as unknown as VideoProvider
    },
  },
})
const operatorRooms = definePlugin({
  ...rooms,
  id: 'operator-rooms',
  config: z.object({}),
  secrets: z.object({}),
  operator: () => ({ config: {}, secrets: {} }),
  provides: { video: () => ({ create: async () => 'the operator’s' }) as unknown as VideoProvider },
})
const listed: Plugin[] = [rooms, ...installed.filter(({ provides }) => !provides?.video), operatorRooms]

let now = new Date('2027-03-01T08:00:00Z')
let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ plugins: listed, clock: () => now, env: { LOG_LEVEL: 'silent' } })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  seen = []
  behave = async () => 'made'
  business = await signUpBusiness(house)
  await setUp(business)
})

async function setUp(of: Business): Promise<void> {
  const settings = { pluginId: 'rooms', config: {}, secrets: { apiKey: 'the-key-of-rooms' } }
  expectData(await of.owner.mutate('plugins.save', settings))
  expectData(await of.owner.mutate('plugins.enable', { pluginId: 'rooms' }))
}

async function call<T = unknown>(options?: CallOptions<T>, of = business): Promise<T> {
  const video = await house.house.provider('video', of.tenantId)
  return video!.call('create', (video, call) => video.create({} as never, call) as never, options)
}

async function failure(options?: CallOptions): Promise<PluginFailed> {
  const error: unknown = await call(options).catch(error => error)
  if (!(error instanceof PluginFailed)) throw new Error(`not a failure: ${String(error)}`)
  return error
}

const state = async () => (await business.owner.query('plugins.get', { pluginId: 'rooms' })).data

async function events(): Promise<string[]> {
  const rows = await inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('events').select('name').where('subject', '=', 'installation').orderBy('seq').execute(),
  )
  return rows.map(({ name }) => name)
}

test('a business is served by its own plugin with its own settings, others by the operator’s', async () => {
  const another = await signUpBusiness(house)
  expect(await call()).toBe('made')
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({
    tenantId: business.tenantId,
    config: { region: 'eu' },
    secrets: { apiKey: 'the-key-of-rooms' },
  })
  expect(await call({}, another)).toBe('the operator’s')
  expectData(await business.owner.mutate('plugins.disable', { pluginId: 'rooms' }))
  expect(await call()).toBe('the operator’s')
  expect(await house.house.provider('video', business.tenantId, 'rooms')).toBeNull()
})

test('changed settings are used from the next call on', async () => {
  await call()
  const settings = { pluginId: 'rooms', config: { region: 'us' }, secrets: {} }
  now = new Date(now.getTime() + 1_000)
  expectData(await business.owner.mutate('plugins.save', settings))
  await call()
  expect(seen.map(({ config }) => config.region)).toEqual(['eu', 'us'])
  expect(seen[1]!.secrets).toEqual({ apiKey: 'the-key-of-rooms' })
})

test.each<[string, () => unknown, RegExp]>([
  [
    'throws at once',
    () => {
      throw new Error('no')
    },
    /^no$/,
  ],
  [
    'throws what is no error',
    () => {
      throw null
    },
    /^null$/,
  ],
  [
    'throws what can’t be told',
    () => {
      throw {
        toString() {
          throw new Error()
        },
      }
    },
    /not an error/,
  ],
  [
    'rejects',
    async () => {
      throw new Error('later')
    },
    /^later$/,
  ],
  ['never answers', () => new Promise(() => {}), /^no answer within 0.1 seconds$/],
  // biome-ignore lint/suspicious/noThenProperty: that is the mischief
  ['answers with a promise that is none', () => ({ then: () => {} }), /^no answer within 0.1 seconds$/],
  ['answers nonsense', async () => 42, /something else than it should/],
  ['answers nothing', () => undefined, /something else than it should/],
  [
    'tells its secret',
    async () => {
      throw new Error('wrong key the-key-of-rooms')
    },
    /^wrong key …$/,
  ],
  [
    'tells a novel',
    async () => {
      throw new Error('x'.repeat(1_000_000))
    },
    /^x{2000}$/,
  ],
  [
    'tells NULs',
    async () => {
      throw new Error('a\0b')
    },
    /^ab$/,
  ],
])('a plugin that %s harms nobody: the caller gets a failure in time', async (_, behaving, message) => {
  behave = behaving
  const startedAt = performance.now()
  const error = await failure({ timeoutMs: 100, answer: z.string() })
  expect(performance.now() - startedAt).toBeLessThan(1_500)
  expect(error.message).toMatch(message)
  const { lines } = expectData(await business.owner.query('plugins.log', { pluginId: 'rooms' }))
  expect(lines[0]).toMatchObject({ operation: 'video.create', ok: false })
})

test('what a plugin fails with reaches no log with its secrets, however deep they lie', async () => {
  behave = async () => {
    const cause = new Error('wrong key the-key-of-rooms')
    throw Object.assign(new Error('no the-key-of-rooms', { cause }), { request: 'the-key-of-rooms' })
  }
  const error = await failure()
  expect(inspect(pino.stdSerializers.err(error), { depth: 9 })).not.toContain('the-key-of-rooms')
  expect(inspect(error, { depth: 9 })).not.toContain('the-key-of-rooms')
  expect(error.stack).toContain('calls.test.ts')
})

test('a call that takes too long is told to stop, and what comes of it later is nobody’s', async () => {
  let stopped = false
  behave = async ({ signal }) => {
    signal.addEventListener('abort', () => {
      stopped = true
    })
    await sleep(150)
    throw new Error('too late')
  }
  await failure({ timeoutMs: 50 })
  expect(stopped).toBe(true)
  await sleep(200)
})

test('after five failures in a row it rests, longer each time, and comes back with one try', async () => {
  behave = async () => {
    throw new Error('down')
  }
  for (let count = 1; count <= 5; count++) expect((await failure()).reason).toBe('failed')
  expect(await state()).toMatchObject({
    state: 'failing',
    lastError: 'down',
    failingSince: now.toISOString(),
  })

  let calls = 0
  behave = async () => {
    calls++
    throw new Error('down')
  }
  expect(await failure()).toMatchObject({ reason: 'resting' })
  expect(calls).toBe(0)

  now = new Date(now.getTime() + 30_000)
  const tries = await Promise.all([failure(), failure(), failure()])
  expect(tries.map(({ reason }) => reason).sort()).toEqual(['failed', 'resting', 'resting'])
  expect(calls).toBe(1)
  now = new Date(now.getTime() + 59_000)
  expect((await failure()).reason).toBe('resting')

  now = new Date(now.getTime() + 1_000)
  behave = async () => 'made'
  expect(await call()).toBe('made')
  expect(await state()).toMatchObject({ state: 'enabled', lastError: null, failingSince: null })
  expect(await call()).toBe('made')
  const changes = ['installation.failing', 'installation.recovered']
  expect((await events()).filter(name => changes.includes(name))).toEqual(changes)
})

test('calls of one kind that go well don’t hide that those of another fail', async () => {
  const listen = (work: () => unknown) =>
    house.house.plugins.call({ tenantId: business.tenantId, pluginId: 'rooms' }, 'on.something', work)
  behave = async () => {
    throw new Error('down')
  }
  for (let count = 1; count <= 5; count++) {
    expect((await failure()).reason).toBe('failed')
    if (count < 5) await listen(async () => 'heard')
  }
  expect((await failure()).reason).toBe('resting')
  now = new Date(now.getTime() + 30_000)
  await listen(async () => 'heard')
  expect(await state()).toMatchObject({ state: 'failing', lastError: 'down' })
  expect((await failure()).reason).toBe('failed')
  expect((await failure()).reason).toBe('resting')
})

test('rests double up to an hour', () => {
  expect([1, 4, 5, 6, 7, 11, 12, 100].map(restAfter)).toEqual([
    null,
    null,
    30_000,
    60_000,
    120_000,
    1_920_000,
    3_600_000,
    3_600_000,
  ])
})

test('what one business’s plugin does is no other’s: breakers are apart', async () => {
  const another = await signUpBusiness(house)
  await setUp(another)
  behave = async () => {
    throw new Error('down')
  }
  for (let count = 1; count <= 5; count++) await failure()
  behave = async () => 'made'
  expect((await failure()).reason).toBe('resting')
  expect(await call({}, another)).toBe('made')
})

test('what can’t help is told apart', async () => {
  behave = async () => {
    throw new Hopeless('this account is closed')
  }
  expect((await failure()).reason).toBe('hopeless')
  class Lookalike extends Error {
    override name = 'Hopeless'
  }
  behave = async () => {
    throw new Lookalike('from another copy of the SDK')
  }
  expect((await failure()).reason).toBe('hopeless')
})

test('secrets that can’t be opened any more fail the call and not the page', async () => {
  await inTenant(house.house.db, business.tenantId, trx =>
    trx.updateTable('installations').set({ secrets: 's1.gone.AAAA', changed_at: new Date() }).execute(),
  )
  house.house.plugins.forget(business.tenantId)
  expect(await failure()).toMatchObject({
    reason: 'hopeless',
    message: expect.stringMatching(/enter them again/),
  })
  expect((await state()).secrets).toMatchObject([{ name: 'apiKey', isSet: false }])
})

test('a plugin remembers values for one business, until they end', async () => {
  const another = await signUpBusiness(house)
  await setUp(another)
  const context = ({ tenantId }: Business) =>
    house.house.plugins.call({ tenantId, pluginId: 'rooms' }, 'look', (_, context) => context)
  const { store } = await context(business)
  await store.set('token', { value: 'a\0b', list: [1] }, { expiresAt: new Date(now.getTime() + 1_000) })
  await store.set('token', { value: 'ab', list: [1, 2] }, { expiresAt: new Date(now.getTime() + 2_000) })
  expect(await store.get('token')).toEqual({ value: 'ab', list: [1, 2] })
  expect(await (await context(another)).store.get('token')).toBeNull()
  now = new Date(now.getTime() + 2_000)
  expect(await store.get('token')).toBeNull()
  await store.set('lasting', 'x')
  await store.delete('lasting')
  expect(await store.get('lasting')).toBeNull()
  for (const key of ['', 'x'.repeat(201), 'a\0b']) await expect(store.get(key)).rejects.toThrow('1 to 200')
  await expect(store.set('none', undefined)).rejects.toThrow('JSON')
  await expect(store.set('huge', 'x'.repeat(100_001))).rejects.toThrow('at most')
})

test('the log keeps about the newest 500 lines', async () => {
  behave = async () => {
    seen[0]!.log.info('one more')
    return 'made'
  }
  for (let count = 0; count < 40; count++) {
    for (let line = 0; line < 60; line++) seen[0]?.log.info(`line ${count}.${line}`)
    now = new Date(now.getTime() + 1_000)
    await call()
  }
  const { rows } = await inTenant(house.house.db, business.tenantId, async trx => ({
    rows: await trx.selectFrom('plugin_log').select('id').execute(),
  }))
  expect(rows.length).toBeGreaterThanOrEqual(450)
  expect(rows.length).toBeLessThanOrEqual(620)
})
