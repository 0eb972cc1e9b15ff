import { Hopeless } from '@rapport/sdk'
import { failure, sampleMeeting, type TestContext, testContext, videoContract } from '@rapport/sdk/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startZoom, type Zoom } from '#tests/support/third-parties/zoom.ts'
import zoom from './index.ts'

const contextFor = ({ url, app, host }: Zoom, change: Partial<TestContext> = {}) =>
  testContext({
    config: { host },
    secrets: { ...app },
    reroute: { 'https://zoom.us': url, 'https://api.zoom.us': url },
    ...change,
  })
const open = (context: TestContext) => zoom.provides!.video!(context)
const call = () => ({ signal: AbortSignal.timeout(5_000) })

videoContract(
  async () => {
    const service = await startZoom()
    const { clientSecret } = service.app
    const { store, entries } = contextFor(service)
    return {
      open: () => open(contextFor(service, { store, secrets: { ...service.app, clientSecret } })),
      rooms: () =>
        [...service.meetings.values()].map(({ id, topic, start_time, duration }) => ({
          ref: String(id),
          title: topic,
          startsAt: new Date(start_time),
          duration,
        })),
      async behave(mood) {
        await service.behave(mood === 'knows no such account' ? 'well' : mood)
        service.app.clientSecret = mood === 'knows no such account' ? 'another' : clientSecret
        if (mood === 'knows no such account') {
          service.revokeTokens()
          entries.delete('access-token')
        }
      },
      lose: ref => void service.meetings.delete(Number(ref)),
      stop: () => service.stop(),
    }
  },
  { service: true },
)

let service: Zoom
beforeAll(async () => {
  service = await startZoom()
})
beforeEach(async () => {
  await service.behave('well')
  service.meetings.clear()
  service.requests.length = 0
})
afterAll(() => service.stop())

const calls = () => service.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
const meetingsPath = '/v2/users/ada%40coach.example/meetings'

test('one access token serves until shortly before it ends', async () => {
  let now = new Date('2027-03-01T09:00:00Z')
  const context = contextFor(service, { now: () => now })
  for (const ref of ['a', 'b']) await open(context).create(sampleMeeting({ ref }), call())
  expect(calls()).toEqual(['POST /oauth/token', `POST ${meetingsPath}`, `POST ${meetingsPath}`])
  now = new Date('2027-03-01T09:59:00Z')
  await open(context).create(sampleMeeting({ ref: 'c' }), call())
  expect(calls().filter(made => made === 'POST /oauth/token')).toHaveLength(2)
})

test('a token that Zoom gave up early is replaced, once', async () => {
  const context = contextFor(service)
  const room = await open(context).create(sampleMeeting(), call())
  service.revokeTokens()
  await open(context).remove(room, call())
  expect(service.meetings.size).toBe(0)
})

test('a meeting made though the answer was lost is found among many, and not made again', async () => {
  const context = contextFor(service)
  for (let index = 0; index < 75; index++)
    await open(context).create(sampleMeeting({ ref: `r-${index}` }), call())
  await service.behave('loses the answer')
  // The token is there, so the meeting is made.
  await failure(open(context).create(sampleMeeting({ ref: 'lost' }), call()))
  expect(service.meetings.size).toBe(76)
  await service.behave('well')
  const room = await open(context).create(sampleMeeting({ ref: 'lost' }), call())
  expect(service.meetings.size).toBe(76)
  expect(room.joinUrl).toBe([...service.meetings.values()].at(-1)!.join_url)
})

test('the host’s address holds no pass: it would have ended long before the session', async () => {
  const { ref, hostUrl } = await open(contextFor(service)).create(sampleMeeting(), call())
  expect(service.meetings.get(Number(ref))!.start_url).toContain('?zak=')
  expect(hostUrl).toBe(`https://zoom.example/s/${ref}`)
})

test('it starts on the instant, in the zone of the session, and people wait for their coach', async () => {
  await open(contextFor(service)).create(sampleMeeting(), call())
  const sent = JSON.parse(service.requests.at(-1)!.body)
  expect(sent).toMatchObject({
    type: 2,
    start_time: '2027-03-01T09:00:00Z',
    duration: 90,
    timezone: 'Europe/Berlin',
    settings: { waiting_room: true, join_before_host: false },
  })
})

test('the health check says who it is, or what is wrong', async () => {
  const signal = AbortSignal.timeout(5_000)
  expect(await zoom.health!(contextFor(service), { signal })).toBe('Connected to Zoom as ada@coach.example.')
  const wrong = contextFor(service, { secrets: { ...service.app, clientSecret: 'wrong' } })
  expect(await failure(zoom.health!(wrong, { signal }))).toBeInstanceOf(Hopeless)
  const nobody = contextFor(service, { config: { host: 'nobody@coach.example' } })
  await expect(zoom.health!(nobody, { signal })).rejects.toThrow('User does not exist')
})

test('what Zoom answers in garbage, without end or byte by byte fails in time and says so without secrets', async () => {
  const context = contextFor(service)
  await open(context).create(sampleMeeting(), call())
  for (const mood of ['garbage', 'huge', 'drips'] as const) {
    await service.behave(mood)
    const error = await failure(open(context).create(sampleMeeting(), { signal: AbortSignal.timeout(500) }))
    expect(error, mood).not.toBeInstanceOf(Hopeless)
    expect(String(error)).not.toMatch(/token-|secret-1/)
  }
})
