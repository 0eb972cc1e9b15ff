import { Hopeless } from '@rapport/sdk'
import { listenerContract, sampleEvent, tell, testContext } from '@rapport/sdk/testing'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MoodyServer, startMoodyServer } from '#tests/support/third-parties/moody-server.ts'
import webhooks from './index.ts'

const secret = `whsec_${Buffer.from('a secret of 32 bytes, for tests.').toString('base64')}`
const formerSecret = `whsec_${Buffer.from('the secret of 32 bytes before it').toString('base64')}`

let endpoint: MoodyServer
let status: number
beforeAll(async () => {
  endpoint = await startMoodyServer((_, response) => response.writeHead(status).end('thank you'))
})
beforeEach(async () => {
  status = 204
  await endpoint.behave('well')
  endpoint.requests.length = 0
})
afterAll(() => endpoint.stop())

const contextAt = (url: string, settings = {}, secrets = {}) =>
  testContext({
    config: webhooks.config!.parse({ url, ...settings }),
    secrets: webhooks.secrets!.parse({ secret, ...secrets }) as Record<string, string>,
  })

const lastRequest = () =>
  endpoint.requests.at(-1) as unknown as { headers: Record<string, string>; body: string }

listenerContract(
  webhooks,
  async () => {
    const taken: string[] = []
    const server = await startMoodyServer(({ headers }, response) => {
      taken.push(String(headers['webhook-id']))
      response.writeHead(204).end()
    })
    return {
      context: () => contextAt(server.url),
      behave: mood => server.behave(mood),
      received: () => taken,
      stop: () => server.stop(),
    }
  },
  { service: true },
)

test('an event is signed as in the specification, and carries its booking', async () => {
  const event = sampleEvent()
  await tell(webhooks, event, contextAt(endpoint.url))
  const { headers, body } = lastRequest()
  expect(headers['content-type']).toBe('application/json')
  expect(headers['webhook-id']).toBe(event.id)
  expect(new Webhook(secret).verify(body, headers)).toEqual({
    type: 'booking.confirmed',
    timestamp: '2027-03-01T09:00:00.000Z',
    data: { ...event.data, subject: 'booking', subjectId: event.subjectId, booking: event.booking },
  })
  expect(() => new Webhook(formerSecret).verify(body, headers)).toThrow()
  expect(() => new Webhook(secret).verify(body.replace('Clara', 'Carla'), headers)).toThrow()
})

test('while the secret is changed, both the new and the former one verify', async () => {
  await tell(webhooks, sampleEvent(), contextAt(endpoint.url, {}, { formerSecret }))
  const { headers, body } = lastRequest()
  for (const known of [secret, formerSecret])
    expect(() => new Webhook(known).verify(body, headers)).not.toThrow()
})

test('only the chosen events are sent', async () => {
  const names = [
    'booking.confirmed',
    'booking.checked_in',
    'session.moved',
    'session.cancelled',
    'posts.created',
  ]
  const sentWith = async (events: string) => {
    endpoint.requests.length = 0
    for (const name of names) await tell(webhooks, sampleEvent({ name }), contextAt(endpoint.url, { events }))
    return endpoint.requests.map(({ body }) => JSON.parse(body).type)
  }
  expect(await sentWith('*')).toEqual(names)
  expect(await sentWith('booking.*')).toEqual(names.slice(0, 2))
  expect(await sentWith('booking.checked_in, session.moved')).toEqual(['booking.checked_in', 'session.moved'])
  for (const events of ['', 'booking', 'booking.*;session.*', 'a.b.c'])
    expect(webhooks.config!.safeParse({ url: endpoint.url, events }).success, events).toBe(false)
})

test('an endpoint that is gone for good is not told again; a redirect is not followed', async () => {
  status = 410
  await expect(tell(webhooks, sampleEvent(), contextAt(endpoint.url))).rejects.toBeInstanceOf(Hopeless)
  status = 301
  await expect(tell(webhooks, sampleEvent(), contextAt(endpoint.url))).rejects.toThrow('301')
  expect(endpoint.requests).toHaveLength(2)
})

test('neither the log nor the health check shows the secret or the path', async () => {
  const context = contextAt(`${endpoint.url}/hooks/private-path`)
  await tell(webhooks, sampleEvent(), context)
  const found = await webhooks.health!(context, { signal: AbortSignal.timeout(1_000) })
  for (const text of [...context.logged, found]) {
    expect(text).not.toContain('whsec_')
    expect(text).not.toContain('private-path')
  }
})

test('settings: an http address and a secret of the specification’s form', () => {
  for (const url of ['', 'ftp://crm.example', 'javascript:alert(1)', 'crm.example'])
    expect(webhooks.config!.safeParse({ url }).success, url).toBe(false)
  for (const wrong of ['', 'secret', 'whsec_', 'whsec_c2hvcnQ='])
    expect(webhooks.secrets!.safeParse({ secret: wrong }).success, wrong).toBe(false)
})
