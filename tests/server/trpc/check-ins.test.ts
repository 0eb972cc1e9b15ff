import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, type TestSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'

/** Two mornings in Berlin, an hour each. */
const DATES = ['2027-03-20T09:00:00Z', '2027-03-27T09:00:00Z']
const FIRST = new Date('2027-03-20T08:45:00Z')
const SECOND = new Date('2027-03-27T08:45:00Z')

let now: Date
let house: TestHouse
let business: Business
let session: TestSession
let clara: TakesPart
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
beforeEach(async () => {
  now = FIRST
  business = await signUpBusiness(house)
  session = await makeSession(house, business, { kind: 'workshop', dates: DATES })
  clara = await takePart(house, business, session, { seats: 2, guests: ['Zoë'] })
})
afterAll(() => house.stop())

function set(seat: number, position: number, present = true, api = business.owner) {
  return api.mutate('checkIns.set', { bookingId: clara.bookingId, seat, position, present })
}

async function attendance(): Promise<string | null> {
  const row = await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('bookings')
      .select('attendance')
      .where('id', '=', clara.bookingId)
      .executeTakeFirstOrThrow(),
  )
  return row.attendance
}

async function events(): Promise<[string, unknown][]> {
  const rows = await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('events')
      .select(['name', 'data'])
      .where('subject_id', '=', clara.bookingId)
      .orderBy('seq')
      .execute(),
  )
  return rows.map(({ name, data }) => [name, data])
}

describe('a scanned code', () => {
  test('tells whose seat it is, of which session, and which date is today', async () => {
    expect(expectData(await business.owner.query('checkIns.find', { token: clara.seatToken(2) }))).toEqual({
      bookingId: clara.bookingId,
      seat: 2,
      name: 'Zoë',
      clientName: 'Clara Client',
      seats: 2,
      mode: 'any',
      status: 'CONFIRMED',
      session: {
        id: session.sessionId,
        state: 'SCHEDULED',
        timeZone: 'Europe/Berlin',
        title: 'Meeting of many',
      },
      dates: [
        expect.objectContaining({
          position: 0,
          startsAt: '2027-03-20T09:00:00.000Z',
          checkedInAt: null,
          open: true,
        }),
        expect.objectContaining({ position: 1, open: false, opensAt: '2027-03-26T21:00:00.000Z' }),
      ],
      today: 0,
    })
  })

  test('shows that the seat is checked in already', async () => {
    expectData(await set(1, 0))
    const [one, two] = await Promise.all(
      [1, 2].map(seat => business.owner.query('checkIns.find', { token: clara.seatToken(seat) })),
    )
    expect(expectData(one!).dates[0].checkedInAt).toBe(FIRST.toISOString())
    expect(expectData(two!).dates[0].checkedInAt).toBeNull()
  })

  test('of a day without a date has no date of today', async () => {
    now = new Date('2027-03-22T09:00:00Z')
    const token = clara.seatToken()
    expect(expectData(await business.owner.query('checkIns.find', { token })).today).toBeNull()
  })

  test('means nothing when it was forged, is of no seat, or to staff of other sessions', async () => {
    const token = clara.seatToken()
    const coach = await signedIn(house, business, { role: 'coach' })
    const flipped = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    const find = (given: string, api = business.owner) => api.query('checkIns.find', { token: given })
    const answers = await Promise.all([
      find(flipped),
      find(clara.handle.token),
      find(clara.seatToken(3)),
      find(token, coach.api),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect((await business.visitor().query('checkIns.find', { token })).status).toBe(401)
  })
})

describe('a seat is checked in', () => {
  test('once, however often it is asked, and taken back', async () => {
    for (let time = 0; time < 2; time++) expectData(await set(1, 0))
    const data = { sessionId: session.sessionId, seats: 2, seat: 1, position: 0 }
    expect(await events()).toEqual([['booking.checked_in', data]])
    for (let time = 0; time < 2; time++) expectData(await set(1, 0, false))
    expect(await events()).toEqual([
      ['booking.checked_in', data],
      ['booking.check_in_undone', data],
    ])
    const { sessionId: id } = session
    const [listed] = expectData(await business.owner.query('sessions.participants', { id }))
    expect(listed.checkIns).toEqual([])
  })

  test('and seen in the list of participants and by its client', async () => {
    expectData(await set(2, 0))
    const { sessionId: id } = session
    const [listed] = expectData(await business.owner.query('sessions.participants', { id }))
    expect(listed.checkIns).toEqual([{ seat: 2, position: 0, at: FIRST.toISOString() }])
    const room = expectData(await business.visitor().query('sessions.room', { handle: clara.handle }))
    expect(room.seats.map((seat: { checkedIn: number[] }) => seat.checkedIn)).toEqual([[], [0]])
  })

  test.each([
    ['more than 12 hours before the date', 0, '2027-03-19T20:59:59Z', 'CHECK_IN_CLOSED'],
    ['12 hours before it', 0, '2027-03-19T21:00:00Z', 200],
    ['for a date still to come', 1, '2027-03-20T10:00:00Z', 'CHECK_IN_CLOSED'],
    ['7 days after the last date', 0, '2027-04-03T10:00:00Z', 200],
    ['later than that', 0, '2027-04-03T10:00:01Z', 'CHECK_IN_CLOSED'],
  ])('%s: position %d at %s: %s', async (_, position, at, expected) => {
    now = new Date(at)
    const { status, error } = await set(
      1,
      position,
      true,
      (await signedIn(house, business, { role: 'owner' })).api,
    )
    expect(error?.code ?? status).toBe(expected)
  })

  test('never where there is no such seat, no such date or no confirmed booking', async () => {
    expect((await set(3, 0)).status).toBe(404)
    expect((await set(1, 2)).status).toBe(404)
    const gone = await takePart(house, business, session, { name: 'Carl', status: 'CANCELLED' })
    const input = { bookingId: gone.bookingId, seat: 1, position: 0, present: true }
    expect((await business.owner.mutate('checkIns.set', input)).error!.code).toBe('BOOKING_STATUS')
  })

  test('by staff whose role covers one of the coaches, and by nobody else', async () => {
    const other = await signedIn(house, business, { role: 'coach' })
    expect((await set(1, 0, true, other.api)).status).toBe(404)
    expect((await set(1, 0, true, (await signedIn(house, business)).api)).status).toBe(403)
    expect((await set(1, 0, true, business.visitor())).status).toBe(401)
  })

  test('by one hand of several at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => set(1, 0)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(await events()).toHaveLength(1)
  })
})

describe('attendance', () => {
  test('is noted once every seat was checked in, and unknown again when that is taken back', async () => {
    expectData(await set(1, 0))
    expect(await attendance()).toBeNull()
    expectData(await set(2, 0))
    expect(await attendance()).toBe('attended')
    const data = { sessionId: session.sessionId, seats: 2, attendance: 'attended' }
    expect((await events()).at(-1)).toEqual(['booking.attendance_marked', data])
    expectData(await set(2, 0, false))
    expect(await attendance()).toBeNull()
  })

  test('counts a seat that came on any of the dates', async () => {
    expectData(await set(1, 0))
    now = SECOND
    expectData(await set(2, 1))
    expect(await attendance()).toBe('attended')
  })

  test('of a no-show ends when somebody is checked in, and can’t be marked while somebody is', async () => {
    now = new Date('2027-03-20T09:20:00Z')
    const mark = (value: string | null) =>
      business.owner.mutate('bookings.markAttendance', { id: clara.bookingId, attendance: value })
    expectData(await mark('no_show'))
    expectData(await set(1, 0))
    expect(await attendance()).toBeNull()
    expect((await mark('no_show')).error!.code).toBe('CHECKED_IN')
  })

  test('that the coach marked stays while seats are checked in', async () => {
    now = new Date('2027-03-20T09:20:00Z')
    const marked = { id: clara.bookingId, attendance: 'attended' }
    expectData(await business.owner.mutate('bookings.markAttendance', marked))
    expectData(await set(1, 0))
    expect(await attendance()).toBe('attended')
  })
})

describe('a check-in is for the date somebody came to', () => {
  test('so it is forgotten when that date moves to another time', async () => {
    for (const seat of [1, 2]) expectData(await set(seat, 0))
    const moved = [
      { startsAt: '2027-03-25T09:00:00Z', endsAt: '2027-03-25T10:00:00Z' },
      { startsAt: DATES[1], endsAt: '2027-03-27T10:00:00Z' },
    ]
    expectData(await business.owner.mutate('sessions.manage.update', { id: session.sessionId, dates: moved }))
    const { dates } = expectData(await business.owner.query('checkIns.find', { token: clara.seatToken() }))
    expect(dates[0]).toMatchObject({ startsAt: '2027-03-25T09:00:00.000Z', checkedInAt: null })
    expect(await attendance()).toBeNull()
  })

  test('and its seats don’t move to another session any more', async () => {
    const { offerId, slug } = session
    const other = await makeSession(house, business, {
      kind: 'workshop',
      offer: { offerId, slug },
      terms: { maxSeatsPerBooking: 2 },
      dates: ['2027-04-20T09:00:00Z'],
    })
    const move = () =>
      business.visitor().mutate('bookings.reschedule', { ...clara.handle, sessionId: other.sessionId })
    expectData(await set(1, 0))
    expect((await move()).error!.code).toBe('CHECKED_IN')
    expectData(await set(1, 0, false))
    expect((await move()).status).toBe(200)
  })
})
