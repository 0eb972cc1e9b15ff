import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { browserConnection } from '#server/realtime/browser-connection.ts'
import type { Api } from '#tests/support/api.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { enablePlugin, reachable } from '#tests/support/plugins.ts'
import { type PusherServer, startPusher } from '#tests/support/third-parties/pusher.ts'

let pusher: PusherServer
let house: TestHouse
let business: Business
let slug: string
let day = 1

beforeAll(async () => {
  pusher = await startPusher()
  house = await createHouse({ env: reachable(pusher.url), clock: () => new Date('2027-03-01T08:00:00Z') })
  business = await signUpBusiness(house)
  slug = (await makeBookable(house, business)).slug
  const { app } = pusher
  const config = { appId: app.id, key: app.key, server: pusher.url }
  await enablePlugin(house, business.tenantId, 'pusher', { config, secrets: { secret: app.secret } })
})
afterEach(() => pusher.behave('well'))
afterAll(async () => {
  await house.stop()
  await pusher.stop()
})

const headers = { 'content-type': 'application/json' }
async function ask(api: Api, body: object) {
  const answer = await api.send('POST', '/live/auth', { headers, body: JSON.stringify(body) })
  return { status: answer.status, body: JSON.parse(answer.body) }
}
const book = () =>
  business
    .visitor()
    .mutate('bookings.book', bookingInput(slug, `2027-03-${String(++day).padStart(2, '0')}T09:00:00Z`))
    .then(expectData)
const calendar = () => `calendar:${business.coachId}`
const channel = (name: string) => `private-${business.tenantId}.${name}`

test('who may follow topics gets their versions, and passes for the connection', async () => {
  const { status, body } = await ask(business.visitor(), {
    topics: [calendar(), 'requests'],
    socketId: '12.34',
  })
  expect(status).toBe(200)
  expect(Object.keys(body.versions)).toEqual([calendar()])
  const name = channel(`calendar.${business.coachId}`)
  const signature = createHmac('sha256', pusher.app.secret).update(`12.34:${name}`).digest('hex')
  expect(body.passes[calendar()]).toEqual({ name, auth: `${pusher.app.key}:${signature}` })
  expect(Object.keys(body.passes)).toEqual([calendar(), '*'])
  expect(body.passes['*'].name).toBe(channel('all'))
})

test('without a connection versions come alone', async () => {
  const { body } = await ask(business.owner, { topics: ['requests'] })
  expect(body).toEqual({ versions: { requests: expect.any(String) }, passes: null })
})

test('who may not follow a topic gets no pass, nor does another business', async () => {
  const booking = await book()
  const topics = [`booking:${booking.id}`]
  expect((await ask(business.visitor(), { topics, socketId: '1.1' })).status).toBe(403)
  const token = new URL(booking.manageUrl).pathname.split('/')[2]
  expect((await ask(business.visitor(), { topics, token, socketId: '1.1' })).status).toBe(200)
  const other = await signUpBusiness(house)
  expect((await ask(other.owner, { topics: [...topics, calendar()], socketId: '1.1' })).status).toBe(403)
})

test('what is no topic or no connection is refused', async () => {
  const asks = [
    {},
    { topics: [] },
    { topics: ['private-x'] },
    { topics: ['requests'], socketId: 'a:b' },
    { topics: 'requests' },
  ]
  for (const body of asks) expect((await ask(business.owner, body)).status).toBe(400)
  const sent = await business.owner.send('POST', '/live/auth', { headers, body: '{"topics":' })
  expect(sent.status).toBe(400)
})

test('what visitors make up of a connection is no fault of the provider, which goes on', async () => {
  for (const socketId of ['1', 'a.b', '1.2.3', '.', '-1.1', 'socket', '1.'])
    expect((await ask(business.visitor(), { topics: [calendar()], socketId })).status, socketId).toBe(400)
  const { state } = expectData(await business.owner.query('plugins.get', { pluginId: 'pusher' }))
  expect(state).toBe('enabled')
})

test('pages that ask how to connect don’t wake a provider that rests', async () => {
  const realtime = await house.house.provider('realtime', business.tenantId)
  const down = () => Promise.reject(new Error('down'))
  for (let count = 1; count <= 5; count++) await realtime!.call('publish', down).catch(() => {})
  const state = async () =>
    expectData(await business.owner.query('plugins.get', { pluginId: 'pusher' })).state
  expect(await state()).toBe('failing')
  expect(await browserConnection(house.house.plugins, business.tenantId)).not.toBeNull()
  expect((await ask(business.visitor(), { topics: [calendar()], socketId: '1.1' })).status).toBe(200)
  expect(await state()).toBe('failing')
  await expect(realtime!.call('publish', () => 'told')).rejects.toMatchObject({ reason: 'resting' })
  expectData(await business.owner.mutate('plugins.check', { pluginId: 'pusher' }))
  expect(await state()).toBe('enabled')
})

test('a booking is told to the provider, by name alone', async () => {
  pusher.published.length = 0
  await book()
  await vi.waitFor(() => expect(pusher.published).toContain(channel(`calendar.${business.coachId}`)))
})

test('with a provider that hangs or is gone, bookings go on and the stream of Rapport tells', async () => {
  for (const mood of ['hangs', 'gone', 'broken', 'huge'] as const) {
    await pusher.behave(mood)
    expect((await book()).status).toMatch(/CONFIRMED|FIRM_BOOKED/)
  }
})
