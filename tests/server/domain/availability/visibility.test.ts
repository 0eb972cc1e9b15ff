import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const NOW = new Date('2027-03-01T06:00:00Z')
const DAY = { from: '2027-03-10T00:00:00Z', to: '2027-03-11T00:00:00Z' }
const STARTS_AT = '2027-03-10T09:00:00Z'

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

it('a public calendar shows its slots to anybody (013)', async () => {
  const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'public' } })
  expect(
    expectData(await business.visitor().query('slots.list', { offer: slug, ...DAY })).slots,
  ).toHaveLength(8)
})

it('a calendar for connected clients shows the offer but no slots, and can’t be booked by others (014)', async () => {
  const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'connected' } })
  const list = expectData(await business.visitor().query('slots.list', { offer: slug, ...DAY }))
  expect(list).toMatchObject({ slots: [], visibility: 'connect' })
  expect(list.message).toContain('Connect to see times')
  const booked = await business.visitor().mutate('bookings.book', bookingInput(slug, STARTS_AT))
  expect(booked).toMatchObject({ status: 403, error: { code: 'CONNECTED_ONLY' } })
})

it('a connection counts only for a client who is signed in, not for one who types the address', async () => {
  const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'connected' } })
  expectData(
    await business.owner.mutate('connections.invite', {
      coachId: business.coachId,
      email: 'known@client.example',
      name: 'Known Client',
    }),
  )
  await inTenant(house.house.db, business.tenantId, trx =>
    trx.updateTable('connections').set({ status: 'accepted' }).execute(),
  )
  const input = bookingInput(slug, STARTS_AT)
  const booked = await business
    .visitor()
    .mutate('bookings.book', { ...input, client: { ...input.client, email: 'known@client.example' } })
  expect(booked).toMatchObject({ status: 403, error: { code: 'CONNECTED_ONLY' } })
})

it('a private calendar answers 403 to all but holders of the coach’s personal link (015)', async () => {
  const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'private' } })
  expect(await business.visitor().query('slots.list', { offer: slug, ...DAY })).toMatchObject({
    status: 403,
    error: { code: 'CALENDAR_PRIVATE' },
  })
  const { invite } = expectData(
    await business.owner.query('coaches.personalLink', { coachId: business.coachId }),
  )
  expect(
    expectData(await business.visitor().query('slots.list', { offer: slug, ...DAY, invite })).slots,
  ).toHaveLength(8)
  expectData(await business.visitor().mutate('bookings.book', { ...bookingInput(slug, STARTS_AT), invite }))
  const forged = `${invite.slice(0, -2)}AA`
  expect(await business.visitor().query('slots.list', { offer: slug, ...DAY, invite: forged })).toMatchObject(
    { status: 403 },
  )
})

it('a blocked client is answered as if the calendar were private', async () => {
  const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'public' } })
  const input = bookingInput(slug, '2027-03-10T12:00:00Z', 'Blocked Client')
  expectData(await business.visitor().mutate('bookings.book', input))
  await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .updateTable('clients')
      .set({ blocked_at: NOW })
      .where('person_id', 'in', eb =>
        eb.selectFrom('people').select('id').where('email', '=', input.client.email),
      )
      .execute(),
  )
  const again = await business
    .visitor()
    .mutate('bookings.book', bookingInput(slug, '2027-03-10T13:00:00Z', 'Blocked Client'))
  expect(again).toMatchObject({ status: 403, error: { code: 'CALENDAR_PRIVATE' } })
})

it('staff see what is taken, with its booking; clients don’t', async () => {
  const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'public' } })
  const { id } = expectData(
    await business.visitor().mutate('bookings.book', bookingInput(slug, '2027-03-15T09:00:00Z')),
  )
  const window = { offer: slug, from: '2027-03-15T00:00:00Z', to: '2027-03-16T00:00:00Z' }
  const staff = expectData(await business.owner.query('slots.list', window))
  expect(staff.slots).toContainEqual(expect.objectContaining({ status: 'booked', bookingId: id }))
  const client = expectData(await business.visitor().query('slots.list', window))
  expect(client.slots.every((slot: { status: string }) => slot.status === 'available')).toBe(true)
})
