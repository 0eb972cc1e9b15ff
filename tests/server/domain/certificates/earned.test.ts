import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession } from '#tests/support/sessions.ts'
import { takePart } from '#tests/support/taking-part.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let now: Date
let house: TestHouse
let business: Business
beforeAll(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  house = await createHouse({ clock: () => now })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

/** What happens at a door: somebody is checked in or out, or certificates are issued, by several staff at once. */
interface Turn {
  booking: number
  seat: number
  position: number
  present: boolean
  issues: number
}

const SEATS = [1, 3]
const turn = (dates: number): fc.Arbitrary<Turn> =>
  fc.record({
    booking: fc.nat(SEATS.length - 1),
    seat: fc.integer({ min: 1, max: 4 }),
    position: fc.nat(dates),
    present: fc.boolean(),
    issues: fc.integer({ min: 0, max: 2 }),
  })
const story = fc
  .integer({ min: 1, max: 3 })
  .chain(dates => fc.record({ dates: fc.constant(dates), turns: fc.array(turn(dates), { maxLength: 25 }) }))

let day = 0

test('only seats that were checked in on every date get a certificate, each seat one that never changes', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ dates, turns }) => {
      const first = Date.parse('2027-03-02T10:00:00Z') + day++ * DAY
      const session = await makeSession(house, business, {
        kind: 'workshop',
        minutes: 10,
        dates: Array.from({ length: dates }, (_, at) => new Date(first + at * HOUR).toISOString()),
        terms: { certificate: { title: 'Course', minutes: null } },
      })
      const bookings = await Promise.all(
        SEATS.map(seats =>
          takePart(house, business, session, { seats, guests: Array(seats - 1).fill('Guest') }),
        ),
      )
      now = new Date(first + DAY)
      const { sessionId } = session
      const present = new Set<string>()
      const certified = new Map<string, string>()

      for (const { booking, seat, position, present: isPresent, issues } of turns) {
        const { bookingId } = bookings[booking]!
        const answer = await business.owner.mutate('checkIns.set', {
          ...{ bookingId, seat, position, present: isPresent },
        })
        const key = `${bookingId} ${seat} ${position}`
        const isThere = seat <= SEATS[booking]! && position < dates
        const isKept = !isPresent && certified.has(`${bookingId} ${seat}`)
        expect(answer.status).toBe(!isThere ? 404 : isKept ? 409 : 200)
        if (answer.status === 200) present[isPresent ? 'add' : 'delete'](key)

        const issued = await Promise.all(
          Array.from({ length: issues }, () => business.owner.mutate('certificates.issue', { sessionId })),
        )
        const before = certified.size
        const rows = await certificatesOf(bookings.map(each => each.bookingId))
        for (const { seatKey, code } of rows) {
          for (let at = 0; at < dates; at++) expect(present).toContain(`${seatKey} ${at}`)
          expect(certified.get(seatKey) ?? code).toBe(code)
          certified.set(seatKey, code)
        }
        expect(certified.size).toBe(rows.length)
        expect(issued.reduce((sum, each) => sum + expectData(each).issued, 0)).toBe(certified.size - before)
        if (issues > 0) expect(rows.length).toBe(complete(present, dates))
      }
    }),
    { numRuns: 20 },
  )
}, 120_000)

async function certificatesOf(bookingIds: string[]): Promise<{ seatKey: string; code: string }[]> {
  const rows = await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('certificates')
      .select(['booking_id', 'seat', 'code'])
      .where('booking_id', 'in', bookingIds)
      .execute(),
  )
  return rows.map(({ booking_id, seat, code }) => ({ seatKey: `${booking_id} ${seat}`, code }))
}

/** How many seats are checked in on every date. */
function complete(present: ReadonlySet<string>, dates: number): number {
  const bySeat = Map.groupBy(present, key => key.split(' ').slice(0, 2).join(' '))
  return [...bySeat.values()].filter(keys => keys.length === dates).length
}
