import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { createSession, makeSessionOffer, newKey } from '#tests/support/managed-sessions.ts'
import { type SignedIn, signedIn } from '#tests/support/people.ts'

const NOW = new Date('2027-03-01T06:00:00Z')
const WEEK = { from: '2027-03-07T23:00:00Z', to: '2027-03-14T23:00:00Z' }

let house: TestHouse
let business: Business
let colleague: SignedIn
let slug: string

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
})
afterAll(() => house.stop())
beforeEach(async () => {
  business = await signUpBusiness(house)
  colleague = await signedIn(house, business, { role: 'coach' })
  slug = (await makeBookable(house, business)).slug
  await makeBookable(house, { ...business, coachId: colleague.coachId! }, { hours: [[600, 660]] })
})

async function week(by = business.owner, more: Record<string, unknown> = {}) {
  return expectData(await by.query('calendar.week', { ...WEEK, ...more }))
}

function book(startsAt: string) {
  return business.visitor().mutate('bookings.book', bookingInput(slug, startsAt)).then(expectData)
}

describe('the week', () => {
  it('shows open hours without time off, bookings, holds and time off of every coach', async () => {
    const { coachId } = business
    const { id } = await book('2027-03-08T09:00:00Z')
    expectData(
      await business.visitor().mutate('holds.place', { offer: slug, startsAt: '2027-03-08T12:00:00Z' }),
    )
    const off = { startsAt: '2027-03-09T00:00:00Z', endsAt: '2027-03-10T10:00:00Z', note: 'Fair' }
    expectData(await business.owner.mutate('hours.addTimeOff', { coachId, ...off }))

    const shown = await week()
    expect(shown.timeZone).toBe('Europe/Berlin')
    expect(shown.bookings).toEqual([
      {
        id,
        coachId,
        startsAt: '2027-03-08T09:00:00.000Z',
        endsAt: '2027-03-08T10:00:00.000Z',
        status: 'FIRM_BOOKED',
        clientName: 'Clara Client',
        offerTitle: 'Coaching',
        answerBy: null,
        competes: false,
        attendance: null,
        move: null,
      },
    ])
    expect(shown.holds).toMatchObject([
      { coachId, startsAt: '2027-03-08T12:00:00.000Z', purpose: 'checkout' },
    ])
    expect(shown.timeOff).toMatchObject([{ coachId, startsAt: '2027-03-09T00:00:00.000Z', note: 'Fair' }])
    const open = shown.open.filter((range: { coachId: string }) => range.coachId === coachId)
    expect(open.slice(0, 2)).toEqual([
      { coachId, startsAt: '2027-03-08T08:00:00.000Z', endsAt: '2027-03-08T16:00:00.000Z' },
      { coachId, startsAt: '2027-03-10T10:00:00.000Z', endsAt: '2027-03-10T16:00:00.000Z' },
    ])
    expect(
      shown.open.filter((range: { coachId: string }) => range.coachId === colleague.coachId),
    ).toHaveLength(7)
  })

  it('shows requests with the time to answer, and a move that waits with both times', async () => {
    const { coachId } = business
    const { id: requested } = await book('2027-03-01T12:00:00Z')
    const { id: moving, manageUrl } = await book('2027-03-08T09:00:00Z')
    const move = { token: manageUrl.split('/b/')[1], startsAt: '2027-03-01T14:00:00Z' }
    const { outcome } = expectData(await business.visitor().mutate('bookings.reschedule', move))
    expect(outcome).toBe('awaiting_approval')

    const next = await week()
    expect(next.bookings).toMatchObject([
      {
        id: moving,
        startsAt: '2027-03-08T09:00:00.000Z',
        move: {
          coachId,
          startsAt: '2027-03-01T14:00:00.000Z',
          endsAt: '2027-03-01T15:00:00.000Z',
          proposedBy: 'client',
        },
      },
    ])
    const current = await week(business.owner, { from: '2027-02-28T23:00:00Z', to: '2027-03-07T23:00:00Z' })
    expect(current.bookings).toMatchObject([
      { id: requested, status: 'REQUESTED', answerBy: '2027-03-01T11:00:00.000Z' },
    ])
    expect(current.holds).toMatchObject([
      { startsAt: '2027-03-01T14:00:00.000Z', purpose: 'move', bookingId: moving },
    ])
  })

  it('shows a session with seats once for each date, whoever leads it and however many booked', async () => {
    const offer = await makeSessionOffer(business, {
      ...{ kind: 'workshop', title: 'Finding focus' },
      terms: { capacity: 4, maxSeatsPerBooking: 3 },
    })
    const dates = ['2027-03-09T18:00:00Z', '2027-03-10T18:00:00Z']
    const coachIds = [business.coachId, colleague.coachId!]
    const { id } = expectData(await createSession(business, offer.id, dates, { coachIds }))
    for (const [email, seats] of [
      ['ana@example.com', 2],
      ['jonas@example.com', 1],
    ] as const) {
      const booking = { sessionId: id, seats, client: { name: 'Ana', email }, idempotencyKey: newKey() }
      expectData(await business.visitor().mutate('bookings.book', booking))
    }

    const shown = await week()
    expect(shown.bookings).toEqual([])
    expect(shown.sessions).toMatchObject([
      {
        id,
        coachId: business.coachId,
        coachIds,
        offerTitle: 'Finding focus',
        taken: 3,
        total: 4,
        date: 1,
        dates: 2,
      },
      { id, startsAt: '2027-03-10T18:00:00.000Z', date: 2 },
    ])
    expect((await week(colleague.api)).sessions).toHaveLength(2)
    expectData(await business.owner.mutate('sessions.manage.cancel', { id }))
    expect((await week()).sessions).toEqual([])
  })

  it('leaves out what was declined or cancelled, and what lies outside', async () => {
    const { id } = await book('2027-03-08T09:00:00Z')
    await book('2027-03-15T09:00:00Z')
    expectData(await business.owner.mutate('bookings.cancel', { id, reason: 'Ill' }))
    expect((await week()).bookings).toEqual([])
  })
})

describe('whose calendar', () => {
  it('a coach sees the own one only, an owner each or all', async () => {
    await book('2027-03-08T09:00:00Z')
    const own = await week(colleague.api)
    expect(own.timeZone).toBe('Europe/Lisbon')
    expect(own.bookings).toEqual([])
    expect(new Set(own.open.map((range: { coachId: string }) => range.coachId))).toEqual(
      new Set([colleague.coachId]),
    )
    const refused = await colleague.api.query('calendar.week', { ...WEEK, coachId: business.coachId })
    expect(refused).toMatchObject({ status: 403, error: { code: 'ROLE' } })
    const theirs = await week(business.owner, { coachId: colleague.coachId })
    expect(theirs.open).toHaveLength(7)
  })

  it('an admin without a calendar sees all of them; clients and visitors none', async () => {
    const admin = await signedIn(house, business, { role: 'admin' })
    expect((await week(admin.api)).open).not.toEqual([])
    const client = await signedIn(house, business)
    expect((await client.api.query('calendar.week', WEEK)).status).toBe(403)
    expect((await business.visitor().query('calendar.week', WEEK)).status).toBe(401)
  })

  it('another business’s coach is answered as one who isn’t there', async () => {
    const other = await signUpBusiness(house)
    expect((await business.owner.query('calendar.week', { ...WEEK, coachId: other.coachId })).status).toBe(
      404,
    )
  })

  it('windows have at most 62 days and an end after their start', async () => {
    for (const to of ['2027-05-20T00:00:00Z', WEEK.from]) {
      const refused = await business.owner.query('calendar.week', { ...WEEK, to })
      expect(refused).toMatchObject({ status: 400, error: { field: 'to' } })
    }
  })
})
