import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const NOW = Date.parse('2027-03-01T08:00:00Z')
let now = NOW

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => new Date(now) })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

let day = 0
const start = () => new Date(NOW + (40 + ++day) * 86_400_000).toISOString()

async function booked(sessionId: string, name: string, more: Record<string, unknown> = {}) {
  const answer = expectData(
    await business.visitor().mutate('bookings.book', seatInput(sessionId, name, more)),
  )
  return {
    id: answer.id as string,
    token: answer.manageUrl.split('/').at(-1) as string,
    booking: answer.booking,
  }
}

const capacity = async (session: string) =>
  expectData(await business.owner.query('sessions.get', { session })).capacity
const liveClaims = (sessionId: string) =>
  inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('claims')
      .select('id')
      .where('session_id', '=', sessionId)
      .where('released_at', 'is', null)
      .execute(),
  )
const client = (token: string, procedure: string, more = {}) =>
  business.visitor().mutate(procedure, { token, ...more })

describe('a cancelled seat', () => {
  it('is free at once, and leaves the session and its coach’s time alone', async () => {
    const { sessionId } = await makeSession(house, business, {
      dates: [start()],
      terms: { capacity: 4, maxSeatsPerBooking: 3 },
    })
    await booked(sessionId, 'Stays')
    const { token } = await booked(sessionId, 'Leaves', { seats: 3 })
    const { booking } = expectData(await client(token, 'bookings.cancel', { reason: 'Ill' }))
    expect(booking).toMatchObject({ status: 'CANCELLED', seats: 3, session: { state: 'SCHEDULED' } })
    expect(await capacity(sessionId)).toMatchObject({ booked: 1, available: 3 })
    expect(await liveClaims(sessionId)).toHaveLength(1)
  })

  it('comes back when undone, unless its seats are gone', async () => {
    const { sessionId } = await makeSession(house, business, { dates: [start()], terms: { capacity: 1 } })
    const { token } = await booked(sessionId, 'Doubtful')
    expectData(await client(token, 'bookings.cancel'))
    expect(expectData(await client(token, 'bookings.undo')).booking.status).toBe('FIRM_BOOKED')
    expectData(await client(token, 'bookings.cancel'))
    await booked(sessionId, 'Faster')
    expect(await client(token, 'bookings.undo')).toMatchObject({
      status: 409,
      error: { code: 'SESSION_FULL' },
    })
    expect(await capacity(sessionId)).toMatchObject({ booked: 1, available: 0 })
  })
})

describe('moving seats', () => {
  it('takes them to another session of the offer at the price they were sold at', async () => {
    const [from, to] = [start(), start()]
    const first = await makeSession(house, business, {
      dates: [from],
      priceMinor: 4_000,
      terms: { maxSeatsPerBooking: 2 },
    })
    const second = await makeSession(house, business, {
      ...{ offer: first, dates: [to] },
      terms: {
        maxSeatsPerBooking: 2,
        phases: [{ name: 'regular', priceMinor: 9_000, endsDaysBefore: null, seats: null }],
      },
    })
    const { token, id } = await booked(first.sessionId, 'Mover', { seats: 2 })
    const moved = expectData(await client(token, 'bookings.reschedule', { sessionId: second.sessionId }))
    expect(moved).toMatchObject({
      outcome: 'moved',
      booking: { id, startsAt: to, priceMinor: 8_000, seats: 2 },
    })
    expect(await capacity(first.sessionId)).toMatchObject({ booked: 0 })
    expect(await capacity(second.sessionId)).toMatchObject({ booked: 2 })
  })

  it('takes along when the balance is due, as it was sold', async () => {
    const terms = { deposit: { amountMinor: 1_000, balanceDaysBefore: 5 } }
    const first = await makeSession(house, business, {
      kind: 'workshop',
      dates: ['2027-03-25T10:00:00Z'],
      terms,
    })
    const second = await makeSession(house, business, {
      ...{ kind: 'workshop' as const, offer: first, dates: ['2027-03-30T10:00:00Z'] },
    })
    const { token } = await booked(first.sessionId, 'Debtor')
    const { booking } = expectData(
      await client(token, 'bookings.reschedule', { sessionId: second.sessionId }),
    )
    // Noon in Berlin like the session, before the clocks go forward.
    expect(booking).toMatchObject({ depositMinor: 1_000, balanceDueAt: '2027-03-25T11:00:00.000Z' })
  })

  it('is refused to a full one, to one of another offer, and to a time of one’s own choice', async () => {
    const first = await makeSession(house, business, { dates: [start()] })
    const full = await makeSession(house, business, {
      offer: first,
      dates: [start()],
      terms: { capacity: 1 },
    })
    const other = await makeSession(house, business, { dates: [start()] })
    await booked(full.sessionId, 'Early')
    const { token } = await booked(first.sessionId, 'Stuck')
    const move = (more: Record<string, unknown>) => client(token, 'bookings.reschedule', more)
    expect(await move({ sessionId: full.sessionId })).toMatchObject({
      status: 409,
      error: { code: 'SESSION_FULL' },
    })
    expect(await move({ sessionId: first.sessionId })).toMatchObject({
      status: 409,
      error: { code: 'SAME_TIME' },
    })
    expect(await move({ sessionId: other.sessionId })).toMatchObject({ status: 404 })
    expect(await move({ startsAt: start() })).toMatchObject({ status: 409, error: { code: 'NO_SLOTS' } })
    expect(await capacity(first.sessionId)).toMatchObject({ booked: 1 })
    expect(await capacity(full.sessionId)).toMatchObject({ booked: 1 })
  })
})

describe('who gives a session beside another', () => {
  it('sees and answers its bookings; a colleague who doesn’t, sees none', async () => {
    const beside = await signedIn(house, business, { role: 'coach' })
    const colleague = await signedIn(house, business, { role: 'coach' })
    const { sessionId } = await makeSession(house, business, {
      ...{ dates: [start()], coachIds: [beside.coachId!], terms: { approval: true } },
    })
    const { id } = await booked(sessionId, 'Asks')
    expect(await colleague.api.query('bookings.get', { id })).toMatchObject({ status: 404 })
    expect(expectData(await beside.api.query('bookings.requests')).count).toBe(1)
    expect(expectData(await beside.api.query('bookings.list')).bookings).toHaveLength(1)
    const approved = expectData(await beside.api.mutate('bookings.approve', { id }))
    expect(approved.booking).toMatchObject({ status: 'CONFIRMED', confirmedBy: 'coach' })
    expect(expectData(await beside.api.query('bookings.calendarFile', { id })).content).toContain(
      'BEGIN:VEVENT',
    )
    expectData(await beside.api.query('bookings.timeline', { id }))
    expectData(await beside.api.mutate('bookings.saveNotes', { id, coachNotes: 'Knows a lot' }))
  })
})

describe('a coach who is no owner', () => {
  it('moves seats neither to a colleague’s session nor a session onto a colleague’s time', async () => {
    const coach = await signedIn(house, business, { role: 'coach' })
    const own = { tenantId: business.tenantId, coachId: coach.coachId! }
    const first = await makeSession(house, own, { dates: [start()] })
    const colleagues = await makeSession(house, business, { offer: first, dates: [start()] })
    const { id } = await booked(first.sessionId, 'Moved about')
    const move = (more: Record<string, unknown>) => coach.api.mutate('bookings.reschedule', { id, ...more })
    expect(await move({ sessionId: colleagues.sessionId })).toMatchObject({ status: 404 })

    const { offerId, slug } = await makeBookable(house, own, { hours: [[0, 1440]] })
    await inTenant(house.house.db, business.tenantId, trx =>
      trx
        .insertInto('offer_coaches')
        .values({ tenant_id: business.tenantId, offer_id: offerId, coach_id: business.coachId, position: 1 })
        .execute(),
    )
    const slot = bookingInput(slug, new Date(NOW + 5 * 86_400_000).toISOString())
    const taken = expectData(
      await business.visitor().mutate('bookings.book', { ...slot, coachId: coach.coachId }),
    )
    const onto = { id: taken.id, startsAt: slot.startsAt, coachId: business.coachId }
    expect(await coach.api.mutate('bookings.reschedule', onto)).toMatchObject({ status: 404 })
  })
})

describe('a booking of seats', () => {
  it('shows its session: dates, who is needed, and when one can enter', async () => {
    const { sessionId } = await makeSession(house, business, {
      kind: 'workshop',
      dates: ['2027-09-01T08:00:00Z', '2027-09-08T08:00:00Z'],
      terms: {
        ...{ capacity: 8, chat: true },
        minimum: { seats: 4, decidesDaysBefore: 7, otherwise: 'cancel', extendsDays: 7, showsProgress: true },
      },
    })
    const { booking, token } = await booked(sessionId, 'Reader')
    expect(booking.session).toMatchObject({
      id: sessionId,
      dates: [
        { startsAt: '2027-09-01T08:00:00.000Z', endsAt: '2027-09-01T09:00:00.000Z' },
        { startsAt: '2027-09-08T08:00:00.000Z', endsAt: '2027-09-08T09:00:00.000Z' },
      ],
      state: 'SCHEDULED',
      decideBy: null,
      minimum: 4,
      taken: 1,
      capacityTotal: 8,
      showsProgress: true,
      venue: null,
      travelNote: null,
      chat: true,
      participantList: false,
      sharedResources: false,
      format: 'online',
      joinUrl: expect.stringMatching(new RegExp(`/b/${token}/join$`)),
      joinOpensAt: '2027-09-01T07:45:00.000Z',
    })
    now = Date.parse('2027-09-02T08:00:00Z')
    const between = expectData(await business.visitor().query('bookings.get', { token }))
    expect(between.session.joinOpensAt).toBe('2027-09-08T07:45:00.000Z')
    expect(between.can).toMatchObject({ cancel: false, giveFeedback: false })
    now = Date.parse('2027-09-08T09:00:00Z')
    expect(expectData(await business.visitor().query('bookings.get', { token })).can.giveFeedback).toBe(true)
    now = NOW
  })

  it('takes no time of the coach beside the session’s own', async () => {
    const at = start()
    const { sessionId } = await makeSession(house, business, { dates: [at], minutes: 90 })
    await booked(sessionId, 'One')
    await booked(sessionId, 'Two')
    const from = new Date(Date.parse(at) - 3_600_000).toISOString()
    const to = new Date(Date.parse(at) + 3_600_000).toISOString()
    const week = expectData(await business.owner.query('calendar.week', { from, to }))
    expect(week.bookings).toEqual([])
    expect(week.sessions).toMatchObject([{ id: sessionId, taken: 2, total: 10 }])
    expect(await liveClaims(sessionId)).toHaveLength(1)
  })
})
