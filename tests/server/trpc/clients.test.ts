import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'

let house: TestHouse
let business: Business
let carla: string
let stranger: string
beforeAll(async () => {
  house = await createHouse({ clock: () => new Date('2027-03-01T08:00:00Z') })
  business = await signUpBusiness(house)
  const { slug } = await makeBookable(house, business)
  const visitor = business.visitor()
  expectData(
    await visitor.mutate('bookings.book', bookingInput(slug, '2027-03-09T09:00:00Z', 'Carla Client')),
  )
  expectData(
    await visitor.mutate('bookings.book', bookingInput(slug, '2027-03-10T09:00:00Z', 'Carla Client')),
  )
  stranger = (await signedIn(house, business, { name: 'Adam Ant' })).personId
  carla = (await listed('carla'))[0]!.clientId
})
afterAll(() => house.stop())

async function listed(query?: string, api = business.owner) {
  return expectData(await api.query('clients.list', { query })).clients as {
    clientId: string
    name: string
  }[]
}

test('clients are found by part of their name, address or tag, with what they booked', async () => {
  expectData(await business.owner.mutate('clients.setTags', { clientId: stranger, tags: ['Alumni'] }))
  expect((await listed()).map(({ name }) => name)).toEqual(['Adam Ant', 'Carla Client'])
  expect((await listed('ALUM')).map(({ name }) => name)).toEqual(['Adam Ant'])
  expect(await listed('carla.client@')).toEqual([
    {
      ...{ clientId: carla, name: 'Carla Client', email: 'carla.client@client.example', tags: [] },
      ...{ blocked: false, bookings: 2, lastStartsAt: '2027-03-10T09:00:00.000Z' },
    },
  ])
  expect(await listed('nobody')).toEqual([])
})

test('a long list goes on from where it stopped', async () => {
  for (let number = 10; number < 62; number++) await signedIn(house, business, { name: `Zoe ${number}` })
  const first = expectData(await business.owner.query('clients.list', { query: 'zoe' }))
  const rest = expectData(
    await business.owner.query('clients.list', { query: 'zoe', cursor: first.nextCursor }),
  )
  const names = [...first.clients, ...rest.clients].map(({ name }: { name: string }) => name)
  expect(names).toEqual(Array.from({ length: 52 }, (_, at) => `Zoe ${at + 10}`))
  expect(rest.nextCursor).toBeNull()
  const { error } = await business.owner.query('clients.list', { cursor: 'nonsense' })
  expect(error).toMatchObject({ code: 'BAD_INPUT', field: 'cursor' })
})

test('a tag is the same however it is written, and its words go into no event', async () => {
  const setTags = (clientId: string, tags: string[]) =>
    business.owner.mutate('clients.setTags', { clientId, tags })
  expect(expectData(await setTags(carla, [' VIP ', 'Board member', 'board MEMBER'])).tags).toEqual([
    'VIP',
    'board MEMBER',
  ])
  expect(expectData(await setTags(stranger, ['vip'])).tags).toEqual(['VIP'])
  expect(expectData(await business.owner.query('clients.tags')).tags).toEqual([
    { tag: 'VIP', clients: 2 },
    { tag: 'board MEMBER', clients: 1 },
  ])
  expect(
    await setTags(
      carla,
      Array.from({ length: 21 }, (_, at) => `t${at}`),
    ),
  ).toMatchObject({
    status: 400,
    error: { code: 'TAGS', field: 'tags' },
  })
  expect(await setTags(carla, ['x'.repeat(41)])).toMatchObject({ status: 400 })

  const events = await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('events')
      .select(['subject_id', 'data'])
      .where('name', '=', 'client.tags_changed')
      .orderBy('seq')
      .execute(),
  )
  expect(events.map(({ subject_id }) => subject_id)).toEqual([stranger, carla, stranger])
  expect(JSON.stringify(events)).not.toMatch(/vip|board/i)
})

test('a coach sees and tags the own clients only', async () => {
  const { api, coachId } = await signedIn(house, business, { role: 'coach' })
  expect(await listed(undefined, api)).toEqual([])
  expect(await api.mutate('clients.setTags', { clientId: carla, tags: [] })).toMatchObject({ status: 404 })
  const invite = { coachId, email: 'carla.client@client.example', name: 'Carla' }
  expectData(await api.mutate('connections.invite', invite))
  expect((await listed(undefined, api)).map(({ name }) => name)).toEqual(['Carla Client'])
  const one = async (clientId: string) =>
    expectData(await api.query('clients.list', { clientId })).clients.map(
      ({ name }: { name: string }) => name,
    )
  expect(await one(carla)).toEqual(['Carla Client'])
  expect(await one(stranger)).toEqual([])
  expect(expectData(await api.mutate('clients.setTags', { clientId: carla, tags: ['vip'] })).tags).toEqual([
    'VIP',
  ])
  expect(expectData(await api.query('clients.tags')).tags).toEqual([{ tag: 'VIP', clients: 1 }])
})
