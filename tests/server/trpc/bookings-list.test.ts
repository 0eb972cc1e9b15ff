import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const NOW = new Date('2027-03-01T06:00:00Z')
const starts = ['2027-03-08T09:00:00.000Z', '2027-03-08T11:00:00.000Z', '2027-03-09T09:00:00.000Z']

let house: TestHouse
let business: Business

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
  const { slug } = await makeBookable(house, business)
  const visitor = business.visitor()
  for (const [at, startsAt] of starts.entries()) {
    expectData(await visitor.mutate('bookings.book', bookingInput(slug, startsAt, `Client ${at}`)))
  }
})
afterAll(() => house.stop())

/** The starts of all pages, each asked for with the cursor of the one before. */
async function startsOf(input: Record<string, unknown>) {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page = expectData(await business.owner.query('bookings.list', { ...input, cursor, limit: 2 }))
    found.push(...page.bookings.map((booking: { startsAt: string }) => booking.startsAt))
    cursor = page.nextCursor
  } while (cursor)
  return found
}

it('lists bookings page by page, the latest start first', async () => {
  expect(await startsOf({})).toEqual(starts.toReversed())
})

it('lists them the other way round from an instant on', async () => {
  expect(await startsOf({ order: 'soonest', from: '2027-03-08T10:00:00Z' })).toEqual(starts.slice(1))
})

it('finds a client by a part of the name or address', async () => {
  expect(await startsOf({ query: 'CLIENT 1' })).toEqual([starts[1]])
  expect(await startsOf({ query: 'client.2@' })).toEqual([starts[2]])
})
