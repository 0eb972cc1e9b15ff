import { definePlugin, type Plugin, type PluginEvent, Refused } from '@rapport/sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { installed } from '#plugins/installed.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

let heard: { plugin: string; event: PluginEvent }[] = []
let listen: () => Promise<void> = async () => {}
let webhook: Plugin['webhook']
let health: () => Promise<string> = async () => 'All well.'

const crm = definePlugin({
  id: 'crm',
  name: 'CRM',
  description: 'Tells a CRM.',
  version: '1.2.0',
  sdk: 1,
  config: z.object({
    account: z.string().min(2).describe('Account: its id'),
    region: z.enum(['eu', 'us']).default('eu').describe('Region'),
    limit: z.number().int().max(10).optional().describe('Limit'),
  }),
  secrets: z.object({
    token: z.string().min(8).describe('Token'),
    former: z.string().optional().describe('Former token'),
  }),
  on: {
    'booking.firm_booked': async event => {
      heard.push({ plugin: 'crm', event })
      await listen()
    },
  },
  webhook: (request, context) => webhook!(request, context),
  health: () => health(),
})
const everything = definePlugin({
  id: 'everything',
  name: 'Everything',
  description: 'Hears everything.',
  version: '1.0.0',
  sdk: 1,
  on: {
    '*': async event => {
      heard.push({ plugin: 'everything', event })
    },
  },
})
const old = { ...everything, id: 'old', sdk: 2 } as unknown as Plugin

let now = new Date('2027-03-01T08:00:00Z')
let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({
    plugins: [crm, ...installed, everything, old],
    clock: () => now,
    env: { LOG_LEVEL: 'silent' },
  })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  heard = []
  listen = async () => {}
  health = async () => 'All well.'
  business = await signUpBusiness(house)
})

const settings = { pluginId: 'crm', config: { account: 'acme' }, secrets: { token: 'a-token-of-crm' } }
const ask = async (name: string, input: object = {}) =>
  expectData(await business.owner.query(`plugins.${name}`, input))
const act = async (name: string, input: object = {}) =>
  expectData(await business.owner.mutate(`plugins.${name}`, input))
const refused = async (name: string, input: object) =>
  (await business.owner.mutate(`plugins.${name}`, input)).error!

async function eventNames(): Promise<string[]> {
  const rows = await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('events')
      .select(['name', 'data'])
      .where('subject', '=', 'installation')
      .orderBy('seq')
      .execute(),
  )
  return rows.map(({ name, data }) => `${name} ${JSON.stringify(data)}`)
}

describe('settings', () => {
  test('plugins are listed with their state here, and those left out with the reason', async () => {
    const { plugins, refused } = await ask('list')
    const states = Object.fromEntries(
      plugins.map(({ id, state }: { id: string; state: string }) => [id, state]),
    )
    expect(states).toMatchObject({
      crm: 'installed',
      everything: 'installed',
      'one-on-one': 'always',
      mailbox: 'operator',
    })
    expect(states.smtp).toBeUndefined()
    expect(refused).toEqual([{ plugin: 'old', reason: 'it was made for version 2 of the SDK, this is 1' }])
    expect(plugins.find(({ id }: { id: string }) => id === 'crm')).toMatchObject({
      name: 'CRM',
      provides: ['events'],
      version: '1.2.0',
    })
  })

  test('a plugin is set up, enabled and switched off; events say so without the values', async () => {
    await act('save', settings)
    expect((await ask('get', { pluginId: 'crm' })).state).toBe('disabled')
    await act('enable', { pluginId: 'crm' })
    await act('enable', { pluginId: 'crm' })
    expect((await ask('get', { pluginId: 'crm' })).state).toBe('enabled')
    await act('disable', { pluginId: 'crm' })
    await act('disable', { pluginId: 'crm' })
    expect(await eventNames()).toEqual([
      'installation.changed {"changed":["account","token"],"pluginId":"crm"}',
      'installation.enabled {"pluginId":"crm"}',
      'installation.disabled {"pluginId":"crm"}',
    ])
  })

  test('the form has the fields with their values, and of secrets only whether they are set', async () => {
    await act('save', { ...settings, config: { account: 'acme', region: 'us', limit: null } })
    const shown = await ask('get', { pluginId: 'crm' })
    expect(shown.config).toMatchObject([
      { name: 'account', label: 'Account', help: 'Its id', type: 'text', required: true, value: 'acme' },
      { name: 'region', type: 'choice', required: false, default: 'eu', value: 'us' },
      { name: 'limit', type: 'number', required: false, value: null },
    ])
    expect(shown.secrets).toMatchObject([
      { name: 'token', type: 'secret', required: true, isSet: true },
      { name: 'former', required: false, isSet: false },
    ])
    expect(JSON.stringify(shown)).not.toContain('a-token-of-crm')
    const row = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('installations').selectAll().executeTakeFirstOrThrow(),
    )
    expect(JSON.stringify(row)).not.toContain('a-token-of-crm')
  })

  test('secrets that aren’t typed anew stay; null takes one away', async () => {
    await act('save', { ...settings, secrets: { token: 'a-token-of-crm', former: 'one before' } })
    await act('save', { pluginId: 'crm', config: { account: 'other' } })
    await act('enable', { pluginId: 'crm' })
    const { tenantId } = business
    const crm = { tenantId, pluginId: 'crm' }
    const secrets = await house.house.plugins.call(crm, 'look', (_, { secrets }) => secrets)
    expect(secrets).toEqual({ token: 'a-token-of-crm', former: 'one before' })
    await act('save', { pluginId: 'crm', config: { account: 'other' }, secrets: { former: null } })
    expect((await ask('get', { pluginId: 'crm' })).secrets).toMatchObject([{ isSet: true }, { isSet: false }])
  })

  test.each([
    [{ config: {} }, 'config.account', 'is required'],
    [{ config: { account: '' } }, 'config.account', 'is required'],
    [{ config: { account: 'x' } }, 'config.account', /2 characters/],
    [{ config: { account: 'acme', region: 'mars' } }, 'config.region', /Invalid option/],
    [{ config: { account: 'acme', limit: 11 } }, 'config.limit', /<=10/],
    [{ config: { account: 5 } }, 'config.account', /string/],
    [{ config: { account: 'acme' }, secrets: {} }, 'secrets.token', 'is required'],
    [{ config: { account: 'acme' }, secrets: { token: 'short' } }, 'secrets.token', /8 characters/],
  ])('settings that don’t fit are refused by field: %j', async (given, field, message) => {
    const error = await refused('save', { ...settings, ...given })
    expect(error).toMatchObject({ code: 'BAD_SETTING', field, message: expect.stringMatching(message) })
    expect((await ask('get', { pluginId: 'crm' })).state).toBe('installed')
  })

  test('a plugin without its settings can’t be enabled, one that needs none can', async () => {
    expect(await refused('enable', { pluginId: 'crm' })).toMatchObject({ field: 'config.account' })
    await act('enable', { pluginId: 'everything' })
  })

  test('what isn’t there or isn’t the business’s to set is not found', async () => {
    for (const pluginId of ['nowhere', 'one-on-one', 'mailbox']) {
      for (const name of ['save', 'enable', 'disable', 'check'])
        expect((await refused(name, { pluginId })).code).toBe('NOT_FOUND')
    }
    expect((await business.owner.query('plugins.get', { pluginId: 'smtp' })).error!.code).toBe('NOT_FOUND')
  })

  test('another business sees nothing of it', async () => {
    await act('save', settings)
    await act('enable', { pluginId: 'crm' })
    const another = await signUpBusiness(house)
    const shown = expectData(await another.owner.query('plugins.get', { pluginId: 'crm' }))
    expect(shown).toMatchObject({
      state: 'installed',
      config: [{ value: null }, {}, {}],
      secrets: [{ isSet: false }, {}],
    })
    expect(shown.webhookUrl).not.toBe((await ask('get', { pluginId: 'crm' })).webhookUrl)
  })

  test('sealed secrets of one business don’t open for another or for another plugin', async () => {
    await act('save', settings)
    const sealed = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('installations').select('secrets').executeTakeFirstOrThrow(),
    )
    const another = await signUpBusiness(house)
    expectData(await another.owner.mutate('plugins.save', settings))
    await inTenant(house.house.db, another.tenantId, trx =>
      trx.updateTable('installations').set({ secrets: sealed.secrets }).execute(),
    )
    const shown = expectData(await another.owner.query('plugins.get', { pluginId: 'crm' }))
    expect(shown.secrets).toMatchObject([{ isSet: false }, { isSet: false }])
  })

  test('the health check says what it found, whether enabled or not', async () => {
    expect((await refused('check', { pluginId: 'crm' })).code).toBe('NO_SETTINGS')
    await act('save', settings)
    expect(await act('check', { pluginId: 'crm' })).toEqual({ ok: true, detail: 'All well.' })
    health = async () => {
      throw new Error('wrong token a-token-of-crm')
    }
    expect(await act('check', { pluginId: 'crm' })).toEqual({ ok: false, detail: 'wrong token …' })
    const { lines } = await ask('log', { pluginId: 'crm' })
    expect(lines).toMatchObject([
      { operation: 'health', ok: false, detail: 'wrong token …' },
      { operation: 'health', ok: true, detail: 'All well.' },
    ])
  })
})

describe('events', () => {
  /** Works on the jobs of all events and their deliveries, as the worker does. */
  async function work(last = false): Promise<string[]> {
    const handlers = handlersOf(house.house)
    const attempt = { last, signal: new AbortController().signal }
    const { tenantId } = business
    const events = await inTenant(house.house.db, tenantId, trx =>
      trx.selectFrom('events').select('id').orderBy('seq').execute(),
    )
    for (const { id } of events) await handlers.event({ tenantId, eventId: id }, attempt)
    const deliveries = await inTenant(house.house.db, tenantId, trx =>
      trx
        .selectFrom('plugin_deliveries')
        .selectAll()
        .where('state', '!=', 'done')
        .orderBy('event_id')
        .execute(),
    )
    const failures: string[] = []
    for (const { plugin_id: pluginId, event_id: eventId } of deliveries)
      await handlers
        .delivery({ tenantId, pluginId, eventId }, attempt)
        .catch(({ message }) => failures.push(message))
    return failures
  }

  async function book(startsAt = '2027-03-09T09:00:00Z'): Promise<string> {
    const { slug } = await makeBookable(house, business)
    return expectData(await business.visitor().mutate('bookings.book', bookingInput(slug, startsAt))).id
  }

  async function setUp(): Promise<void> {
    await act('save', settings)
    await act('enable', { pluginId: 'crm' })
  }

  test('reach those plugins that are enabled and listen, once, with the booking as it stands', async () => {
    await setUp()
    const booking = await book()
    await work()
    await work()
    expect(heard).toHaveLength(1)
    expect(heard[0]!.event).toMatchObject({
      name: 'booking.firm_booked',
      subject: 'booking',
      subjectId: booking,
      booking: {
        id: booking,
        status: 'FIRM_BOOKED',
        offer: { title: 'Coaching', kind: '1on1' },
        startsAt: '2027-03-09T09:00:00.000Z',
        endsAt: '2027-03-09T10:00:00.000Z',
        seats: 1,
        client: { name: 'Clara Client', email: 'clara.client@client.example', timeZone: 'America/New_York' },
      },
    })
    await act('enable', { pluginId: 'everything' })
    await book('2027-03-10T09:00:00Z')
    await work()
    expect(
      new Set(heard.filter(({ plugin }) => plugin === 'everything').map(({ event }) => event.name)),
    ).toContain('booking.firm_booked')
  })

  test('are tried again, given up after three days, and sent again when asked', async () => {
    await setUp()
    await book()
    listen = async () => {
      throw new Error('the CRM is down')
    }
    expect(await work()).toEqual(['the CRM is down'])
    expect((await ask('deliveries', { pluginId: 'crm' })).deliveries).toMatchObject([
      { event: 'booking.firm_booked', state: 'queued', attempts: 1, lastError: 'the CRM is down' },
    ])
    await work(true)
    const [delivery] = (await ask('deliveries', { pluginId: 'crm' })).deliveries
    expect(delivery).toMatchObject({ state: 'failed', attempts: 2 })

    listen = async () => {}
    const again = { pluginId: 'crm', eventId: delivery.eventId }
    await act('replay', again)
    expect((await refused('replay', again)).code).toBe('STILL_QUEUED')
    expect(await work()).toEqual([])
    expect((await ask('deliveries', { pluginId: 'crm' })).deliveries).toMatchObject([
      { state: 'done', lastError: null },
    ])
    expect((await refused('replay', { ...again, pluginId: 'everything' })).code).toBe('NOT_FOUND')
  })

  test('don’t reach a plugin that was switched off meanwhile, and can be sent when it is on again', async () => {
    await setUp()
    await book()
    const handlers = handlersOf(house.house)
    const { tenantId } = business
    const events = await inTenant(house.house.db, tenantId, trx =>
      trx.selectFrom('events').select('id').execute(),
    )
    for (const { id } of events)
      await handlers.event({ tenantId, eventId: id }, { last: false, signal: new AbortController().signal })
    await act('disable', { pluginId: 'crm' })
    expect(await work()).toEqual([])
    expect(heard).toEqual([])
    const { deliveries } = await ask('deliveries', { pluginId: 'crm' })
    expect(deliveries).toMatchObject([{ state: 'failed', lastError: 'It is switched off.' }])
    await act('enable', { pluginId: 'crm' })
    await act('replay', { pluginId: 'crm', eventId: deliveries[0].eventId })
    await work()
    expect(heard).toHaveLength(1)
  })
})

describe('webhooks', () => {
  let path: string
  let taken: number
  beforeEach(async () => {
    await act('save', settings)
    await act('enable', { pluginId: 'crm' })
    path = new URL((await ask('get', { pluginId: 'crm' })).webhookUrl).pathname
    taken = 0
    webhook = ({ body, headers }) => {
      taken++
      if (headers['x-signature'] !== 'right') throw new Refused('wrong signature')
      return JSON.parse(body.toString())
    }
  })

  const send = (
    body: string | Buffer,
    headers: Record<string, string> = { 'x-signature': 'right' },
    to = path,
  ) =>
    business.visitor().send('POST', to, { body, headers: { 'content-type': 'application/json', ...headers } })
  const receipts = () =>
    inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('webhook_receipts').selectAll().execute(),
    )

  test('are verified on the raw body, kept once and worked on by a job', async () => {
    const body = JSON.stringify({
      receipt: 'evt_1',
      facts: [{ type: 'deal.closed', data: { id: 7 } }],
      reply: 'thanks',
    })
    expect(await send(body)).toMatchObject({ status: 200, body: 'thanks' })
    expect(await send(body)).toMatchObject({ status: 200, body: 'thanks' })
    expect(await receipts()).toMatchObject([
      { receipt: 'evt_1', facts: [{ type: 'deal.closed', data: { id: 7 } }] },
    ])

    const job = { tenantId: business.tenantId, pluginId: 'crm', receipt: 'evt_1' }
    const attempt = { last: false, signal: new AbortController().signal }
    for (let time = 1; time <= 2; time++) await handlersOf(house.house).receipt(job, attempt)
    expect((await receipts())[0]!.worked_at).toEqual(now)
    const { lines } = await ask('log', { pluginId: 'crm' })
    expect(lines).toMatchObject([
      {
        operation: 'receipt',
        ok: false,
        detail: expect.stringContaining('It reported deal.closed, which this version'),
      },
    ])
  })

  test('of somebody else are refused and don’t count against the plugin', async () => {
    for (let count = 0; count < 6; count++)
      expect((await send('{}', { 'x-signature': 'wrong' })).status).toBe(401)
    expect((await ask('get', { pluginId: 'crm' })).state).toBe('enabled')
    expect(await receipts()).toEqual([])
  })

  test('reach only the address of that plugin at that business', async () => {
    const another = await signUpBusiness(house)
    expectData(await another.owner.mutate('plugins.save', settings))
    expectData(await another.owner.mutate('plugins.enable', { pluginId: 'crm' }))
    const body = '{"receipt":"1","facts":[]}'
    const headers = { 'x-signature': 'right' }
    expect((await another.visitor().send('POST', path, { body, headers })).status).toBe(404)
    const wrong = [
      path.slice(0, -1),
      `${path}A`,
      path.replace('crm.', 'everything.'),
      '/webhooks/crm',
      '/webhooks/%00',
    ]
    for (const to of wrong) expect([to, (await send(body, headers, to)).status]).toEqual([to, 404])
    expect((await house.api().send('POST', path, { body, headers })).status).toBe(404)
    await act('disable', { pluginId: 'crm' })
    expect((await send(body)).status).toBe(404)
    expect(taken).toBe(0)
  })

  test.each<[string, Plugin['webhook'], number]>([
    [
      'throws',
      () => {
        throw new Error('bug')
      },
      500,
    ],
    ['answers nonsense', () => 5 as never, 500],
    ['answers an empty receipt', () => ({ receipt: '', facts: [] }), 500],
    ['answers NULs', () => ({ receipt: 'a\0b', facts: [] }), 500],
    ['reports NULs', () => ({ receipt: 'a', facts: [{ type: 'x', data: { a: '\0' } }] }), 500],
    ['reports nothing', () => ({ receipt: 'b', facts: [] }), 200],
  ])('a plugin that %s is answered for', async (_, behaving, status) => {
    webhook = behaving
    expect((await send('{}')).status).toBe(status)
    expect(await receipts()).toHaveLength(status === 200 ? 1 : 0)
  })

  test('larger than a megabyte or packed are not read', async () => {
    expect((await send(Buffer.alloc(2 ** 20 + 1))).status).toBe(413)
    expect((await send('x', { 'content-encoding': 'gzip' })).status).toBe(415)
    expect(taken).toBe(0)
  })
})
