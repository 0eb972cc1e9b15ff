import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { createSession, makeSessionOffer, newKey } from '#tests/support/managed-sessions.ts'
import { signedIn } from '#tests/support/people.ts'

let house: TestHouse
let business: Business

beforeAll(async () => {
  house = await createHouse({ clock: () => new Date('2027-03-01T06:00:00Z') })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

it('tells what happened to a session and its bookings, the newest first, to those who hold it alone', async () => {
  const { owner } = business
  const offer = await makeSessionOffer(business)
  const { id } = expectData(await createSession(business, offer.id, ['2027-03-20T10:00:00Z']))
  const client = { name: 'Ana Pires', email: 'ana@example.com' }
  const { id: bookingId } = expectData(
    await business.visitor().mutate('bookings.book', { sessionId: id, client, idempotencyKey: newKey() }),
  )
  expectData(await owner.mutate('sessions.manage.setCapacity', { id, capacity: 12 }))
  expectData(await owner.mutate('sessions.manage.update', { id, listing: 'unlisted' }))
  expectData(await owner.mutate('bookings.cancel', { id: bookingId }))

  const { entries } = expectData(await owner.query('sessions.manage.history', { id }))
  expect(entries).toMatchObject([
    { sentence: 'Cancelled by the coach', about: { bookingId, name: 'Ana Pires' } },
    { sentence: 'Listing changed', about: null },
    { sentence: 'Seats changed from 10 to 12' },
    { sentence: 'Booked and confirmed at once', about: { bookingId }, by: 'Ana Pires' },
    { sentence: 'Made', about: null },
  ])

  const stranger = await signedIn(house, business, { role: 'coach' })
  expect((await stranger.api.query('sessions.manage.history', { id })).error).toMatchObject({
    httpStatus: 404,
  })
})
