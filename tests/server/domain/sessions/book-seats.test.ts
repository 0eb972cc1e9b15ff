import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const now = new Date('2027-03-01T08:00:00Z')

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

let day = 0
/** A start that no other session of this file has. */
const start = () => new Date(Date.parse('2027-04-01T10:00:00Z') + ++day * 86_400_000).toISOString()

const book = (sessionId: string, name?: string, more?: Record<string, unknown>, api = business.visitor()) =>
  api.mutate('bookings.book', seatInput(sessionId, name, more))

const seatsOf = async (sessionId: string) => {
  const { sessions } = {
    sessions: [expectData(await business.visitor().query('sessions.get', { session: sessionId }))],
  }
  return sessions[0].capacity
}

describe('booking seats of a session', () => {
  it('is confirmed at once, whatever the coach asks of one-on-one sessions (268, C11)', async () => {
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('coaches').set({ allow_firm_booking: false, calendar_visibility: 'private' }).execute(),
    )
    const { sessionId } = await makeSession(house, business, {
      dates: [start()],
      terms: { maxSeatsPerBooking: 3 },
    })
    const booked = expectData(await book(sessionId, 'Clara Client', { seats: 3, guests: ['Ann', 'Ben'] }))
    expect(booked).toMatchObject({
      status: 'FIRM_BOOKED',
      bookingType: 'FIRM_BOOKED',
      decision: { outcome: 'firm' },
    })
    expect(booked.booking).toMatchObject({ seats: 3, guests: ['Ann', 'Ben'], priceMinor: 15_000 })
    expect(await seatsOf(sessionId)).toMatchObject({ total: 10, booked: 3, available: 7 })
  })

  it('is a request where the terms ask for approval', async () => {
    const { sessionId } = await makeSession(house, business, { dates: [start()], terms: { approval: true } })
    const booked = expectData(await book(sessionId))
    expect(booked).toMatchObject({ status: 'REQUESTED', decision: { outcome: 'request' } })
    expect(booked.booking.answerBy).not.toBeNull()
    const confirmed = expectData(await business.owner.mutate('bookings.approve', { id: booked.id }))
    expect(confirmed.booking.status).toBe('CONFIRMED')
  })

  it('gives a repeated idempotency key the first answer, and takes no more seats', async () => {
    const { sessionId } = await makeSession(house, business, { dates: [start()] })
    const input = seatInput(sessionId)
    const first = expectData(await business.visitor().mutate('bookings.book', input))
    const again = expectData(await business.visitor().mutate('bookings.book', input))
    expect(again.id).toBe(first.id)
    const other = await business.visitor().mutate('bookings.book', { ...input, notes: 'Other' })
    expect(other).toMatchObject({ status: 409, error: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await seatsOf(sessionId)).toMatchObject({ booked: 1 })
  })

  it('writes what is due at once and when the rest is', async () => {
    const { sessionId } = await makeSession(house, business, {
      kind: 'workshop',
      dates: ['2027-06-10T08:00:00Z'],
      terms: { deposit: { amountMinor: 1_000, balanceDaysBefore: 14 }, maxSeatsPerBooking: 2 },
    })
    const { booking } = expectData(await book(sessionId, 'Dora', { seats: 2 }))
    expect(booking).toMatchObject({
      priceMinor: 10_000,
      depositMinor: 2_000,
      balanceDueAt: '2027-05-27T08:00:00.000Z',
    })
  })

  it('is refused with a code that says why', async () => {
    const refused = async (given: Parameters<typeof makeSession>[2], more: Record<string, unknown> = {}) => {
      const { sessionId } = await makeSession(house, business, given)
      const { status, error } = await book(sessionId, 'Nora', more)
      return [status, error?.code]
    }
    expect(await refused({ dates: [start()] }, { seats: 2 })).toEqual([409, 'SEATS_TOO_MANY'])
    expect(await refused({ dates: ['2027-02-20T10:00:00Z'] })).toEqual([409, 'SESSION_PAST'])
    expect(await refused({ dates: ['2027-03-02T10:00:00Z'], terms: { closesHoursBefore: 48 } })).toEqual([
      409,
      'REGISTRATION_CLOSED',
    ])
    expect(await refused({ dates: [start()], listing: 'private' })).toEqual([403, 'SESSION_PRIVATE'])
    expect(await refused({ dates: [start()], listing: 'connected' })).toEqual([403, 'CONNECTED_ONLY'])
    expect(await refused({ dates: [start()] }, { mode: 'online' })).toEqual([400, 'MODE_MISSING'])
    const slotForm = { offer: 'x', startsAt: '2027-04-01T10:00:00Z' }
    const { slug } = await makeSession(house, business, { dates: [start()] })
    const asSlot = await business
      .visitor()
      .mutate('bookings.book', { ...seatInput(''), ...slotForm, offer: slug, sessionId: undefined })
    expect(asSlot).toMatchObject({ status: 409, error: { code: 'NO_SLOTS' } })
  })

  it('goes to who names no way to take part in the first that has room (300)', async () => {
    const venue = { address: 'A', mapUrl: null, travelNote: '' }
    const { sessionId } = await makeSession(house, business, {
      ...{ kind: 'workshop', dates: [start()] },
      terms: { format: 'hybrid', capacity: 1, onlineCapacity: 1, venue },
    })
    const modes = []
    for (const name of ['Ann', 'Ben']) modes.push(expectData(await book(sessionId, name)).booking.mode)
    expect(modes).toEqual(['in_person', 'online'])
    expect((await book(sessionId, 'Cay')).error?.code).toBe('SESSION_FULL')
  })

  it('answers a blocked client as a private session does', async () => {
    const open = await makeSession(house, business, { dates: [start()] })
    const closed = await makeSession(house, business, { dates: [start()], listing: 'private' })
    const blocked = await signedIn(house, business)
    await inTenant(house.house.db, business.tenantId, trx =>
      trx
        .insertInto('clients')
        .values({
          tenant_id: business.tenantId,
          person_id: blocked.personId,
          blocked_at: now,
          created_at: now,
        })
        .onConflict(conflict => conflict.columns(['tenant_id', 'person_id']).doUpdateSet({ blocked_at: now }))
        .execute(),
    )
    const client = { name: 'B', email: blocked.email }
    const told = async ({ sessionId }: { sessionId: string }) => {
      const { status, error } = await book(sessionId, 'B', { client })
      return { status, code: error?.code, message: error?.message }
    }
    expect(await told(open)).toEqual(await told(closed))
    expect((await told(open)).status).toBe(403)
    const seen = await blocked.api.query('sessions.list', { offer: open.slug })
    expect(expectData(seen).sessions).toEqual([])
  })

  it('lets staff book against listing and deadlines, and never against capacity', async () => {
    const { sessionId } = await makeSession(house, business, {
      dates: ['2027-03-02T14:00:00Z'],
      listing: 'private',
      terms: { capacity: 2, closesHoursBefore: 72, approval: true },
    })
    const bookFor = (name: string, seats: number) =>
      business.owner.mutate('bookings.bookFor', seatInput(sessionId, name, { seats }))
    expect(expectData(await bookFor('Walk In', 2))).toMatchObject({ status: 'CONFIRMED' })
    expect(await bookFor('Too Late', 1)).toMatchObject({ status: 409, error: { code: 'SESSION_FULL' } })
  })

  it('names up to three other sessions that could be booked where one is full', async () => {
    const full = await makeSession(house, business, {
      dates: ['2027-07-10T10:00:00Z'],
      terms: { capacity: 1 },
    })
    const at = (date: string, more = {}) =>
      makeSession(house, business, { offer: full, dates: [date], ...more })
    const near = await at('2027-07-12T10:00:00Z')
    await at('2027-07-11T10:00:00Z', { listing: 'private' })
    const nearer = await at('2027-07-09T10:00:00Z')
    expectData(await book(full.sessionId, 'First'))
    const { error } = await book(full.sessionId, 'Second')
    expect(error).toMatchObject({ code: 'SESSION_FULL' })
    expect((error!.sessions as { id: string }[]).map(({ id }) => id)).toEqual([
      nearer.sessionId,
      near.sessionId,
    ])
  })

  it('lets exactly 10 of 50 parallel bookings have one of 10 seats (285)', async () => {
    const { sessionId } = await makeSession(house, business, { dates: [start()], terms: { capacity: 10 } })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => book(sessionId, `Racer ${at}`)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    for (const { status, error } of answers.filter(({ status }) => status !== 200))
      expect([status, error!.code]).toEqual([409, 'SESSION_FULL'])
    expect(await seatsOf(sessionId)).toMatchObject({ booked: 10, held: 0, available: 0 })
  })
})
