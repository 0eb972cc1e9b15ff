import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const NOW = new Date('2027-03-24T06:07:00Z')
const QUARTER = 15 * 60_000
/** The window spans the change of Berlin's clock on 28 March. */
const FROM = Date.parse('2027-03-24T00:00:00Z')
const TO = Date.parse('2027-04-01T00:00:00Z')

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

const settings = fc.record({
  offer: fc.record({
    duration: fc.constantFrom(15, 45, 60, 90),
    step: fc.constantFrom(15, 30, 60),
    buffer: fc.constantFrom(0, 10, 30),
    notice: fc.constantFrom(0, 60, 2880),
    horizon: fc.constantFrom(null, 3, 30),
  }),
  coach: fc.record({
    allow_firm_booking: fc.boolean(),
    firm_booking_threshold_hours: fc.constantFrom(0, 24, 72),
    buffer_minutes: fc.constantFrom(0, 15),
    max_sessions_per_day: fc.constantFrom(null, 1, 3),
    max_sessions_per_week: fc.constantFrom(null, 4),
    limit_outcome: fc.constantFrom('refuse', 'request'),
    require_approval_non_connected: fc.boolean(),
  }),
  hours: fc.constantFrom<[number, number][][]>(
    [[540, 1020]],
    [
      [480, 720],
      [780, 1100],
    ],
    [[1320, 1560]],
  ),
})
const starts = fc.array(
  fc.oneof(
    fc.record({ listed: fc.nat() }),
    fc.record({ quarter: fc.integer({ min: 0, max: (TO - FROM) / QUARTER - 1 }) }),
  ),
  { minLength: 1, maxLength: 6 },
)

it('what the slot list says of a time is what booking it then answers (056)', {
  timeout: 60_000,
}, async () => {
  let client = 0
  await fc.assert(
    fc.asyncProperty(settings, starts, async (given, picks) => {
      const { slug } = await makeBookable(house, business, given)
      for (const pick of picks) {
        const window = { offer: slug, from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() }
        const { slots } = expectData(await business.visitor().query('slots.list', window))
        if ('listed' in pick && slots.length === 0) continue
        const startsAt =
          'listed' in pick
            ? slots[pick.listed % slots.length].startsAt
            : new Date(FROM + pick.quarter * QUARTER).toISOString()
        const slot = slots.find((each: { startsAt: string }) => each.startsAt === startsAt)
        const answer = await business
          .visitor()
          .mutate('bookings.book', bookingInput(slug, startsAt, `Client ${++client}`))
        if (!slot) expect(answer).toMatchObject({ status: 409 })
        else expect(expectData(answer).status).toBe(slot.allowsFirmBooking ? 'FIRM_BOOKED' : 'REQUESTED')
      }
    }),
    { numRuns: 30 },
  )
})
