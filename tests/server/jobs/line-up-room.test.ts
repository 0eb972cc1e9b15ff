import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { installed } from '#plugins/installed.ts'
import zoom from '#plugins/zoom/index.ts'
import { inTenant } from '#server/db/in-tenant.ts'
import { roomFor } from '#server/domain/rooms/room-for.ts'
import { runQuery } from '#server/domain/run-command.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import type { JobPayloads } from '#server/jobs/queues.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { disablePlugin, enablePlugin, reachable, rerouted } from '#tests/support/plugins.ts'
import { makeSession } from '#tests/support/sessions.ts'
import { takePart } from '#tests/support/taking-part.ts'
import { startZoom, type Zoom } from '#tests/support/third-parties/zoom.ts'

const NOW = new Date('2027-03-01T08:00:00Z')
const START = '2027-03-08T09:00:00.000Z'

let house: TestHouse
let service: Zoom
let business: Business
let offer: string
let now: Date

beforeAll(async () => {
  service = await startZoom()
  const routed = rerouted(zoom, { 'https://zoom.us': service.url, 'https://api.zoom.us': service.url })
  const plugins = installed.map(plugin => (plugin.id === 'zoom' ? routed : plugin))
  house = await createHouse({ clock: () => now, plugins, env: reachable(service.url) })
})
beforeEach(async () => {
  now = NOW
  await service.behave('well')
  service.meetings.clear()
  business = await signUpBusiness(house)
  offer = (await makeBookable(house, business)).slug
})
afterAll(async () => {
  await house.stop()
  await service.stop()
})

const useZoom = () => {
  const { app, host } = service
  return enablePlugin(house, business.tenantId, 'zoom', { config: { host }, secrets: app })
}
const signal = new AbortController().signal

/** Hands all events of the business to their listeners, and works on the rooms that these ask for. */
async function workOnRooms({ last = false } = {}) {
  const asked: JobPayloads['room'][] = []
  const jobs = {
    ...house.house.jobs,
    send: async (_: unknown, queue: string, payload: object) => {
      if (queue === 'room') asked.push(payload as JobPayloads['room'])
    },
    sendMany: async (_: unknown, queue: string, many: readonly { payload: object }[]) => {
      if (queue === 'room') asked.push(...many.map(({ payload }) => payload as JobPayloads['room']))
    },
  }
  const handlers = handlersOf({ ...house.house, jobs: jobs as never })
  const events = await inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('events').select('id').orderBy('seq').execute(),
  )
  const attempt = { last, signal }
  for (const { id } of events) await handlers.event({ tenantId: business.tenantId, eventId: id }, attempt)
  const failures: Error[] = []
  for (const payload of asked) await handlers.room(payload, attempt).catch(error => failures.push(error))
  return { asked: asked.length, failures }
}

const book = async (startsAt = START) =>
  expectData(await business.visitor().mutate('bookings.book', bookingInput(offer, startsAt)))
const sessionOf = async (bookingId: string) => {
  const { session_id } = await inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('bookings').select('session_id').where('id', '=', bookingId).executeTakeFirstOrThrow(),
  )
  return session_id
}
const rowOf = (sessionId: string) =>
  inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('rooms').selectAll().where('session_id', '=', sessionId).executeTakeFirst(),
  )
const roomOf = (sessionId: string) =>
  runQuery(house.house, { tenantId: business.tenantId, actor: { as: 'system' }, now }, query =>
    roomFor(query, sessionId),
  )
const lineUp = (sessionId: string, last = false) =>
  handlersOf(house.house).room({ tenantId: business.tenantId, sessionId }, { last, signal })
const eventsNamed = (name: string) =>
  inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('events').select('data').where('name', '=', name).execute(),
  )

test('a confirmed online booking gets a room with Jitsi, without anything set up', async () => {
  const booking = await book()
  await workOnRooms()
  const row = await rowOf(await sessionOf(booking.id))
  expect(row).toMatchObject({ plugin_id: 'jitsi', state: 'ready', last_error: null, worked_until: null })
  expect(row!.join_url).toMatch(/^https:\/\/meet\.jit\.si\/[0-9a-f]{32}$/)
})

test('a request gets none until it is confirmed; one that meets in person gets none at all', async () => {
  const coach = { require_approval_non_connected: true }
  const asked = await makeBookable(house, business, { coach })
  offer = asked.slug
  const booking = await book()
  expect(booking.status).toBe('REQUESTED')
  await workOnRooms()
  expect(await rowOf(await sessionOf(booking.id))).toBeUndefined()
  expectData(await business.owner.mutate('bookings.approve', { id: booking.id }))
  await workOnRooms()
  expect(await rowOf(await sessionOf(booking.id))).toMatchObject({ state: 'ready' })

  const session = await makeSession(house, business, { terms: { format: 'in_person' } })
  await takePart(house, business, session)
  await lineUp(session.sessionId)
  expect(await rowOf(session.sessionId)).toBeUndefined()
})

test('with Zoom one meeting follows its session: made once, moved, removed', async () => {
  await useZoom()
  const booking = await book()
  const sessionId = await sessionOf(booking.id)
  await workOnRooms()
  await workOnRooms()
  expect([...service.meetings.values()]).toMatchObject([
    { topic: 'Coaching', start_time: '2027-03-08T09:00:00Z' },
  ])
  const made = await rowOf(sessionId)

  expectData(
    await business.owner.mutate('bookings.reschedule', { id: booking.id, startsAt: '2027-03-09T13:00:00Z' }),
  )
  await workOnRooms()
  expect([...service.meetings.values()]).toMatchObject([{ start_time: '2027-03-09T13:00:00Z', duration: 60 }])
  expect((await rowOf(sessionId))!.join_url).toBe(made!.join_url)

  expectData(await business.owner.mutate('bookings.cancel', { id: booking.id, reason: 'ill' }))
  await workOnRooms()
  expect(service.meetings.size).toBe(0)
  expect(await rowOf(sessionId)).toMatchObject({ state: 'removed', join_url: null })

  expectData(await business.owner.mutate('bookings.undo', { id: booking.id }))
  await workOnRooms()
  expect(service.meetings.size).toBe(1)
  expect(await rowOf(sessionId)).toMatchObject({ state: 'ready' })
})

test('two jobs at once make one meeting', async () => {
  await useZoom()
  const sessionId = await sessionOf((await book()).id)
  const results = await Promise.allSettled([lineUp(sessionId), lineUp(sessionId), lineUp(sessionId)])
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
  await lineUp(sessionId)
  expect(service.meetings.size).toBe(1)
})

test('a job that died leaves the room to another after a while', async () => {
  await useZoom()
  const sessionId = await sessionOf((await book()).id)
  await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .insertInto('rooms')
      .values({
        ...{ tenant_id: business.tenantId, session_id: sessionId, plugin_id: 'zoom', state: 'making' },
        ...{ sequence: 0, worked_until: new Date(now.getTime() + 60_000), changed_at: now },
      })
      .execute(),
  )
  await expect(lineUp(sessionId)).rejects.toThrow('another job is at this room')
  now = new Date(now.getTime() + 61_000)
  await lineUp(sessionId)
  expect(await rowOf(sessionId)).toMatchObject({ state: 'ready' })
})

test('a room that can’t be made is failed, says why, and is made once it can', async () => {
  await useZoom()
  const sessionId = await sessionOf((await book()).id)
  await service.behave('broken')
  await expect(lineUp(sessionId)).rejects.toThrow()
  expect(await roomOf(sessionId)).toMatchObject({
    pluginId: 'zoom',
    state: 'failed',
    lastError: expect.stringContaining('500'),
  })
  expect(await eventsNamed('session.room_failed')).toHaveLength(0)
  await expect(lineUp(sessionId, true)).rejects.toThrow()
  expect(await eventsNamed('session.room_failed')).toMatchObject([
    { data: { pluginId: 'zoom', step: 'create' } },
  ])

  await service.behave('well')
  await lineUp(sessionId)
  expect(await roomOf(sessionId)).toMatchObject({ state: 'ready', lastError: null })
  expect(service.meetings.size).toBe(1)
})

test('a meeting whose answer was lost is removed when its session is cancelled before it was found', async () => {
  await useZoom()
  const booking = await book()
  const sessionId = await sessionOf(booking.id)
  // The token is fetched well, so that the meeting is made.
  await lineUp(await sessionOf((await book('2027-03-08T11:00:00Z')).id))
  await service.behave('loses the answer')
  await expect(lineUp(sessionId)).rejects.toThrow()
  expect(service.meetings.size).toBe(2)
  await service.behave('well')
  expectData(await business.owner.mutate('bookings.cancel', { id: booking.id, reason: 'ill' }))
  await lineUp(sessionId)
  expect(service.meetings.size).toBe(1)
  expect(await rowOf(sessionId)).toMatchObject({ state: 'removed' })
})

test('a room that can’t be moved stays where it is and says so', async () => {
  await useZoom()
  const booking = await book()
  const sessionId = await sessionOf(booking.id)
  await lineUp(sessionId)
  const { join_url } = (await rowOf(sessionId))!
  await service.behave('broken')
  expectData(
    await business.owner.mutate('bookings.reschedule', { id: booking.id, startsAt: '2027-03-09T13:00:00Z' }),
  )
  await expect(lineUp(sessionId)).rejects.toThrow()
  expect(await rowOf(sessionId)).toMatchObject({ state: 'ready', join_url, last_error: expect.any(String) })
  await service.behave('well')
  await lineUp(sessionId)
  expect(await rowOf(sessionId)).toMatchObject({ state: 'ready', join_url, last_error: null })
})

test('a business that chooses another provider has its rooms made there, and the old ones removed', async () => {
  await useZoom()
  const sessionId = await sessionOf((await book()).id)
  await lineUp(sessionId)
  expect(service.meetings.size).toBe(1)
  expectData(await business.owner.mutate('plugins.save', { pluginId: 'jitsi' }))
  expectData(await business.owner.mutate('plugins.enable', { pluginId: 'jitsi' }))
  // Zoom stays enabled, but Jitsi comes first.
  const { asked } = await workOnRooms()
  expect(asked).toBeGreaterThan(0)
  expect(await rowOf(sessionId)).toMatchObject({ plugin_id: 'jitsi', state: 'ready' })
  const attempt = { last: false, signal }
  const { ref } = { ref: String([...service.meetings.keys()][0]) }
  await handlersOf(house.house).room(
    { tenantId: business.tenantId, sessionId, leftover: { pluginId: 'zoom', ref } },
    attempt,
  )
  expect(service.meetings.size).toBe(0)

  await disablePlugin(house, business.tenantId, 'zoom')
  await handlersOf(house.house).room(
    { tenantId: business.tenantId, sessionId, leftover: { pluginId: 'zoom', ref } },
    attempt,
  )
})

test('a business that goes back to its provider keeps the meeting that was to be removed', async () => {
  await useZoom()
  const sessionId = await sessionOf((await book()).id)
  await lineUp(sessionId)
  const [ref] = [...service.meetings.keys()].map(String)
  const leftover = { pluginId: 'zoom', ref: ref! }
  const removeLeftover = () =>
    handlersOf(house.house).room(
      { tenantId: business.tenantId, sessionId, leftover },
      { last: false, signal },
    )
  await enablePlugin(house, business.tenantId, 'jitsi')
  await lineUp(sessionId)
  await service.behave('broken')
  await expect(removeLeftover()).rejects.toThrow()

  await service.behave('well')
  await disablePlugin(house, business.tenantId, 'jitsi')
  await lineUp(sessionId)
  expect(await rowOf(sessionId)).toMatchObject({ plugin_id: 'zoom', ref })
  await removeLeftover()
  expect([...service.meetings.keys()].map(String)).toEqual([ref])
})

test('what is left over is not removed while another job is at the room', async () => {
  await useZoom()
  const sessionId = await sessionOf((await book()).id)
  await lineUp(sessionId)
  const leftover = { pluginId: 'zoom', ref: 'one from before' }
  const removeLeftover = () =>
    handlersOf(house.house).room(
      { tenantId: business.tenantId, sessionId, leftover },
      { last: false, signal },
    )
  const workedUntil = (worked_until: Date) =>
    inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('rooms').set({ worked_until }).execute(),
    )
  await workedUntil(new Date(now.getTime() + 60_000))
  await expect(removeLeftover()).rejects.toThrow('another job is at this room')
  await workedUntil(now)
  await removeLeftover()
  expect(await rowOf(sessionId)).toMatchObject({ state: 'ready', worked_until: null })
})

test('a group gets one room, once somebody has a seat and it is certain to take place', async () => {
  const session = await makeSession(house, business)
  await lineUp(session.sessionId)
  expect(await rowOf(session.sessionId)).toBeUndefined()
  for (const name of ['Clara', 'Carl']) await takePart(house, business, session, { name })
  await lineUp(session.sessionId)
  expect(await rowOf(session.sessionId)).toMatchObject({ state: 'ready' })

  const undecided = await makeSession(house, business, { dates: ['2027-04-20T10:00:00Z'] })
  await takePart(house, business, undecided)
  const decideBy = (decide_by: Date | null) =>
    inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('sessions').set({ decide_by }).where('id', '=', undecided.sessionId).execute(),
    )
  await decideBy(new Date('2027-04-01T00:00:00Z'))
  await lineUp(undecided.sessionId)
  expect(await rowOf(undecided.sessionId)).toBeUndefined()
  await decideBy(null)
  await lineUp(undecided.sessionId)
  expect(await rowOf(undecided.sessionId)).toMatchObject({ state: 'ready' })
})
