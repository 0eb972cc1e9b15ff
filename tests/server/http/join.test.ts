import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import type { Api } from '#tests/support/api.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession } from '#tests/support/sessions.ts'
import { takePart } from '#tests/support/taking-part.ts'

let house: TestHouse
let business: Business
let now: Date

beforeAll(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  house = await createHouse({ clock: () => now })
})
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

const attempt = { last: false, signal: new AbortController().signal }
const lineUp = (sessionId: string) =>
  handlersOf(house.house).room({ tenantId: business.tenantId, sessionId }, attempt)
const roomOf = (sessionId: string) =>
  inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('rooms').selectAll().where('session_id', '=', sessionId).executeTakeFirstOrThrow(),
  )

async function booked() {
  const { slug } = await makeBookable(house, business)
  const input = bookingInput(slug, '2027-03-08T09:00:00Z')
  const { id, manageUrl } = expectData(await business.visitor().mutate('bookings.book', input))
  const { session_id: sessionId } = await inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('bookings').select('session_id').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  await lineUp(sessionId)
  return { id, token: new URL(manageUrl).pathname.split('/')[2]!, sessionId }
}

const asClient = async (token: string) => expectData(await business.visitor().query('rooms.join', { token }))
const get = (api: Api, path: string) => api.send('GET', path)

test('a client is led into the room from 15 minutes before the start until an hour after the end', async () => {
  const { token, sessionId } = await booked()
  const { join_url } = await roomOf(sessionId)
  const path = `/b/${token}/join`
  const visitor = business.visitor()

  expect(await asClient(token)).toEqual({
    state: 'early',
    title: 'Coaching',
    startsAt: '2027-03-08T09:00:00.000Z',
    endsAt: '2027-03-08T10:00:00.000Z',
    opensAt: '2027-03-08T08:45:00.000Z',
  })
  expect((await get(visitor, path)).headers.location).toBeUndefined()
  for (const at of ['2027-03-08T08:45:00Z', '2027-03-08T10:59:59Z']) {
    now = new Date(at)
    const { status, headers } = await get(visitor, path)
    expect(status).toBe(302)
    expect(headers).toMatchObject({
      location: join_url,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
  }
  now = new Date('2027-03-08T11:00:00Z')
  expect(await asClient(token)).toEqual({ state: 'over', title: 'Coaching' })
  expect((await get(visitor, path)).status).toBe(404)
})

test('after a cancellation, and with a token of another business, there is no room', async () => {
  const { id, token } = await booked()
  now = new Date('2027-03-08T08:50:00Z')
  const other = await signUpBusiness(house)
  expect((await get(other.visitor(), `/b/${token}/join`)).status).toBe(404)
  expect((await get(business.visitor(), `/b/${token}x/join`)).status).toBe(404)
  expectData(await business.owner.mutate('bookings.cancel', { id, reason: 'ill' }))
  expect((await get(business.visitor(), `/b/${token}/join`)).status).toBe(404)
  expect((await business.visitor().query('rooms.join', { token })).status).toBe(404)
})

test('a room that isn’t there in time is being prepared, and nobody is led anywhere', async () => {
  const { token, sessionId } = await booked()
  await inTenant(house.house.db, business.tenantId, trx =>
    trx.deleteFrom('rooms').where('session_id', '=', sessionId).execute(),
  )
  now = new Date('2027-03-08T08:50:00Z')
  expect(await asClient(token)).toMatchObject({ state: 'preparing' })
  expect((await get(business.visitor(), `/b/${token}/join`)).status).toBe(404)
})

test('staff enter as the host, other businesses and people who aren’t signed in don’t', async () => {
  const session = await makeSession(house, business, { dates: ['2027-03-08T09:00:00Z'] })
  await takePart(house, business, session)
  await lineUp(session.sessionId)
  await inTenant(house.house.db, business.tenantId, trx =>
    trx.updateTable('rooms').set({ host_url: 'https://zoom.example/host' }).execute(),
  )
  const path = `/admin/sessions/${session.sessionId}/join`
  now = new Date('2027-03-08T08:50:00Z')
  const { status, headers } = await get(business.owner, path)
  expect([status, headers.location]).toEqual([302, 'https://zoom.example/host'])
  const other = await signUpBusiness(house)
  for (const api of [business.visitor(), other.owner]) expect((await get(api, path)).status).toBe(404)
})

test('a request has no room yet, who takes part in person has none, and online seats of a hybrid have one', async () => {
  const session = await makeSession(house, business, {
    dates: ['2027-03-08T09:00:00Z'],
    terms: { format: 'hybrid', capacity: 5, onlineCapacity: 5 },
  })
  const inMode = async (mode: 'online' | 'in_person', status: 'CONFIRMED' | 'REQUESTED' = 'CONFIRMED') => {
    const { handle } = await takePart(house, business, session, { status, mode })
    return business.visitor().query('rooms.join', handle)
  }
  await lineUp(session.sessionId)
  now = new Date('2027-03-08T08:50:00Z')
  expect((await inMode('in_person')).status).toBe(404)
  expect(expectData(await inMode('online', 'REQUESTED')).state).toBe('unconfirmed')
  await inMode('online')
  await lineUp(session.sessionId)
  expect(expectData(await inMode('online')).state).toBe('open')
})
