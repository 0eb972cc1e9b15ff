import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installed } from '#plugins/installed.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { enablePlugin, reachable, rerouted } from '#tests/support/plugins.ts'
import {
  type MoodyServer,
  type ServerMood,
  startMoodyProxy,
  startMoodyServer,
} from '#tests/support/third-parties/moody-server.ts'
import { type PusherServer, startPusher } from '#tests/support/third-parties/pusher.ts'
import { type MoodySmtp, startMoodySmtp } from '#tests/support/third-parties/smtp.ts'
import { startZoom, type Zoom } from '#tests/support/third-parties/zoom.ts'

// What each provider may do to us, against each adapter, through the host: nothing is doubled, nothing is lost, and
// what doesn't work says so until it does.

const BAD: ServerMood[] = ['gone', 'hangs', 'drips', 'broken', 'busy', 'garbage', 'huge', 'loses the answer']
const NOW = new Date('2027-03-01T08:00:00Z')
/** How long a job waits here for a provider that hangs, ms; the house itself waits 10 seconds and more. */
const PATIENCE = 700
const WELL = 10_000

let house: TestHouse
let resend: Emulator
let resendProxy: MoodyServer
let smtp: MoodySmtp
let zoom: Zoom
let hook: MoodyServer
let pusher: PusherServer
const hooked: string[] = []

beforeAll(async () => {
  resend = await createEmulator({ service: 'resend', port: 0 })
  resendProxy = await startMoodyProxy(resend.url)
  smtp = await startMoodySmtp()
  zoom = await startZoom()
  pusher = await startPusher()
  hook = await startMoodyServer(({ headers }, response) => {
    hooked.push(String(headers['webhook-id']))
    response.writeHead(204).end()
  })
  const plugins = installed.map(plugin =>
    rerouted(plugin, {
      'https://zoom.us': zoom.url,
      'https://api.zoom.us': zoom.url,
      'https://api.resend.com': resendProxy.url,
    }),
  )
  const env = { ...reachable(resendProxy.url, zoom.url, hook.url, pusher.url), SMTP_URL: smtp.url }
  house = await createHouse({ clock: () => NOW, plugins, env })
})
afterAll(async () => {
  await house.stop()
  await Promise.all([resendProxy.stop(), smtp.stop(), zoom.stop(), hook.stop(), pusher.stop()])
  await resend.close()
})

/** A job of a business under test. */
interface Task {
  /** Tries it once, as the worker does, for so many ms. */
  attempt(patience: number): Promise<void>
  /** What went wrong the last time, as the business or the operator sees it; null when it is done. */
  trouble(): Promise<string | null>
  /** How often whoever is at the other end has it. */
  count(): Promise<number> | number
}

interface Adapter {
  behave(mood: ServerMood): Promise<void>
  moods: ServerMood[]
  prepare(business: Business): Promise<Task>
}

const adapters: Record<string, Adapter> = {
  smtp: {
    moods: BAD,
    behave: mood => smtp.behave(mood),
    prepare: business =>
      mailTask(
        business,
        id => new Set(smtp.received.map(mail => mail.messageId).filter(known => known === `<${id}>`)).size,
      ),
  },
  resend: {
    moods: BAD,
    behave: mood => resendProxy.behave(mood),
    async prepare(business) {
      const secrets = { apiKey: 're_test' }
      await enablePlugin(house, business.tenantId, 'resend', {
        config: { from: 'hello@aurora.example' },
        secrets,
      })
      return mailTask(business, async id => {
        const answer = await fetch(`${resend.url}/emails`, { headers: { authorization: 'Bearer re_test' } })
        const { data } = (await answer.json()) as { data: { headers: Record<string, string> }[] }
        return data.filter(({ headers }) => headers['Message-ID'] === `<${id}>`).length
      })
    },
  },
  zoom: {
    moods: BAD,
    behave: mood => zoom.behave(mood),
    prepare: roomTask,
  },
  webhooks: {
    // Whatever a body says: an answer of 200 means that it was taken.
    moods: BAD.filter(mood => mood !== 'garbage'),
    behave: mood => hook.behave(mood),
    prepare: deliveryTask,
  },
}

describe.each(Object.entries(adapters))('%s', (_, { moods, behave, prepare }) => {
  test.each(moods)('%s: it is said, tried again, and done once', async mood => {
    await behave('well')
    const business = await signUpBusiness(house)
    const { attempt, trouble, count } = await prepare(business)

    await behave(mood)
    const startedAt = performance.now()
    await expect(attempt(PATIENCE)).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(8_000)
    expect(await trouble()).toMatch(/\w/)
    await expect(attempt(PATIENCE)).rejects.toThrow()

    await behave('well')
    await attempt(WELL)
    expect(await trouble()).toBeNull()
    await attempt(WELL)
    expect(await count()).toBe(1)
  })
})

test('with every provider failing in turn, bookings through HTTP go on', async () => {
  const business = await signUpBusiness(house)
  const { slug } = await makeBookable(house, business)
  const { app } = pusher
  const config = { appId: app.id, key: app.key, server: pusher.url }
  await enablePlugin(house, business.tenantId, 'pusher', { config, secrets: { secret: app.secret } })
  await enablePlugin(house, business.tenantId, 'webhooks', hookSettings())
  let day = 1
  for (const mood of BAD) {
    for (const server of [resendProxy, zoom, hook, pusher]) await server.behave(mood)
    await smtp.behave(mood)
    const startsAt = `2027-03-${String(++day).padStart(2, '0')}T09:00:00Z`
    expectData(await business.visitor().mutate('bookings.book', bookingInput(slug, startsAt)))
  }
})

async function book(business: Business) {
  const { slug } = await makeBookable(house, business)
  const input = bookingInput(slug, '2027-03-08T09:00:00Z')
  return expectData(await business.visitor().mutate('bookings.book', input)) as { id: string }
}

function within(patience: number) {
  return { last: false, signal: AbortSignal.timeout(patience) }
}

/** Hands the business's events to their listeners. */
async function dispatchAll({ tenantId }: Business) {
  const events = await rows(tenantId, trx =>
    trx.selectFrom('events').select(['id', 'name']).orderBy('seq').execute(),
  )
  const calm = { last: false, signal: new AbortController().signal }
  for (const { id } of events) await handlersOf(house.house).event({ tenantId, eventId: id }, calm)
  return events
}

async function mailTask(
  business: Business,
  countOf: (id: string) => number | Promise<number>,
): Promise<Task> {
  const { tenantId } = business
  const { id: bookingId } = await book(business)
  await dispatchAll(business)
  const read = () =>
    rows(tenantId, trx =>
      trx
        .selectFrom('messages')
        .selectAll()
        .where('booking_id', '=', bookingId)
        .where('channel', '=', 'email')
        .where('due_at', '<=', NOW)
        .orderBy('id')
        .executeTakeFirstOrThrow(),
    )
  const { id, message_id } = await read()
  return {
    attempt: patience => handlersOf(house.house).message({ tenantId, messageId: id }, within(patience)),
    async trouble() {
      const { state, last_error } = await read()
      return state === 'sent' ? null : last_error
    },
    count: () => countOf(message_id),
  }
}

async function roomTask(business: Business): Promise<Task> {
  const { tenantId } = business
  await enablePlugin(house, tenantId, 'zoom', { config: { host: zoom.host }, secrets: zoom.app })
  const { id } = await book(business)
  const { session_id: sessionId } = await rows(tenantId, trx =>
    trx.selectFrom('bookings').select('session_id').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  // The access token is there, so that a call whose answer is lost makes a meeting.
  await house.house.plugins.call({ tenantId, pluginId: 'zoom' }, 'health', (plugin, context, call) =>
    plugin.health!(context, call),
  )
  const before = zoom.meetings.size
  return {
    attempt: patience => handlersOf(house.house).room({ tenantId, sessionId }, within(patience)),
    async trouble() {
      const { state, last_error } = await rows(tenantId, trx =>
        trx.selectFrom('rooms').selectAll().where('session_id', '=', sessionId).executeTakeFirstOrThrow(),
      )
      return state === 'ready' ? null : last_error
    },
    count: () => zoom.meetings.size - before,
  }
}

async function deliveryTask(business: Business): Promise<Task> {
  const { tenantId } = business
  await enablePlugin(house, tenantId, 'webhooks', hookSettings())
  await book(business)
  const events = await dispatchAll(business)
  const { id: eventId } = events.find(({ name }) => name.startsWith('booking.'))!
  return {
    attempt: patience =>
      handlersOf(house.house).delivery({ tenantId, pluginId: 'webhooks', eventId }, within(patience)),
    async trouble() {
      const { state, last_error } = await rows(tenantId, trx =>
        trx
          .selectFrom('plugin_deliveries')
          .selectAll()
          .where('event_id', '=', eventId)
          .executeTakeFirstOrThrow(),
      )
      return state === 'done' ? null : last_error
    },
    count: () => new Set(hooked.filter(id => id === eventId)).size,
  }
}

function hookSettings() {
  const secret = `whsec_${Buffer.from('a secret of 32 bytes, for tests.').toString('base64')}`
  return { config: { url: hook.url, events: '*' }, secrets: { secret } }
}

function rows<T>(tenantId: string, read: Parameters<typeof inTenant<T>>[2]): Promise<T> {
  return inTenant(house.house.db, tenantId, read)
}
