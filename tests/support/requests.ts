import { timers } from '#server/domain/booking/ring-timers.ts'
import { bookingInput, makeBookable } from './bookable.ts'
import { type Business, expectData, signUpBusiness } from './builders.ts'
import type { TestHouse } from './house.ts'

export interface Requests {
  business: Business
  offer: string
  /** A client asks for a time; `name` makes it another client. */
  request(startsAt?: string, more?: Record<string, unknown>): Promise<{ id: string; token: string }>
  /** A procedure of `bookings` as the coach, who also owns the business, or as a client: what became of the booking. */
  owner(procedure: string, input: Record<string, unknown>): Promise<Any>
  client(procedure: string, input: Record<string, unknown>): Promise<Any>
  /** The booking as its coach sees it. */
  seen(id: string): Promise<Any>
  /** The client's time to answer may be over. */
  ring(bookingId: string): Promise<void>
  /** When one could book on a day, such as `09:00` (UTC). */
  startsOf(day: string): Promise<string[]>
}

// biome-ignore lint/suspicious/noExplicitAny: answers of the API are whatever they are
type Any = any

/** The first time that clients ask for. */
export const FIRST = '2027-03-10T09:00:00.000Z'

/** A business of a coach who approves everything, with what both sides do about requests. */
export async function openRequests(house: TestHouse, coach: Record<string, unknown> = {}): Promise<Requests> {
  const business = await signUpBusiness(house)
  const { slug: offer } = await makeBookable(house, business, {
    coach: { allow_firm_booking: false, approval_hours: 48, buffer_minutes: 15, ...coach },
    offer: { step: 30 },
  })
  const { tenantId, owner, visitor } = business
  return {
    business,
    offer,
    async request(startsAt = FIRST, more = {}) {
      const { name, ...input } = { name: 'Clara Client', ...more }
      const booked = expectData(
        await visitor().mutate('bookings.book', { ...bookingInput(offer, startsAt, name), ...input }),
      )
      return { id: booked.id, token: booked.manageUrl.split('/b/')[1] }
    },
    owner: async (procedure, input) => expectData(await owner.mutate(`bookings.${procedure}`, input)).booking,
    client: async (procedure, input) =>
      expectData(await visitor().mutate(`bookings.${procedure}`, input)).booking,
    seen: async id => expectData(await owner.query('bookings.get', { id })),
    ring: bookingId => timers.answer(house.house, { tenantId, bookingId }, house.house.clock()),
    async startsOf(day) {
      const from = `${day}T00:00:00Z`
      const to = new Date(Date.parse(from) + 86_400_000).toISOString()
      const { slots } = expectData(await visitor().query('slots.list', { offer, from, to }))
      return slots.map((slot: { startsAt: string }) => slot.startsAt.slice(11, 16))
    },
  }
}
