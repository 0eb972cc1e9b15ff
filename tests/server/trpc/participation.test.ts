import type { Updateable } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Tables } from '#server/db/tables.ts'
import type { Api } from '#tests/support/api.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, type TestSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'

const DATE = '2027-03-20T10:00:00Z'

let now: Date
let house: TestHouse
let business: Business
let visitor: Api
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  business = await signUpBusiness(house)
  visitor = business.visitor()
})
afterAll(() => house.stop())

function change<T extends 'people' | 'bookings' | 'sessions'>(
  table: T,
  id: string,
  values: Updateable<Tables[T]>,
): Promise<unknown> {
  return inTenant(house.house.db, business.tenantId, trx =>
    trx
      .updateTable(table as 'people')
      .set(values as object)
      .where('id', '=', id)
      .execute(),
  )
}

function makeTalk(terms = {}): Promise<TestSession> {
  return makeSession(house, business, {
    terms: { chat: true, participantList: true, maxSeatsPerBooking: 3, ...terms },
    dates: [DATE, '2027-03-27T10:00:00Z'],
  })
}

describe('a session’s room', () => {
  test('shows a participant the dates, the coaches and the own seats with a code for each', async () => {
    const session = await makeTalk()
    const clara = await takePart(house, business, session, { seats: 3, guests: ['Zoë'] })
    const room = expectData(await visitor.query('sessions.room', { handle: clara.handle }))
    expect(room.session).toMatchObject({
      id: session.sessionId,
      state: 'SCHEDULED',
      timeZone: 'Europe/Berlin',
      offer: { slug: session.slug, title: 'Meeting of many' },
      chat: true,
      participantList: true,
      sharedResources: false,
      dates: [{ startsAt: '2027-03-20T10:00:00.000Z' }, { endsAt: '2027-03-27T11:00:00.000Z' }],
    })
    expect(room.session).not.toHaveProperty('terms')
    expect(room.me).toEqual({ bookingId: clara.bookingId, shownAs: null, seats: 3 })
    expect(room.canPost).toBe(true)
    expect(room.seats).toMatchObject([
      { seat: 1, name: 'Clara Client', checkedIn: [], certificate: null },
      { seat: 2, name: 'Zoë' },
      { seat: 3, name: null },
    ])
    expect(new URL(room.seats[1].checkInUrl).pathname).toBe(`/admin/check-in/${clara.seatToken(2)}`)
    const svg = Buffer.from(room.seats[1].checkInQr.split(',')[1], 'base64').toString()
    expect(svg).toMatch(/^<svg/)
  })

  test('opens to the client who is signed in, by the booking’s id', async () => {
    const session = await makeTalk()
    const somebody = await signedIn(house, business)
    const { bookingId } = await takePart(house, business, session, { personId: somebody.personId })
    const handle = { id: bookingId }
    expect((await somebody.api.query('sessions.room', { handle })).status).toBe(200)
  })

  test('opens to nobody else, not even to those who lead the session', async () => {
    const session = await makeTalk()
    const { bookingId } = await takePart(house, business, session)
    const handle = { id: bookingId }
    for (const api of [visitor, business.owner, (await signedIn(house, business)).api]) {
      expect((await api.query('sessions.room', { handle })).status).toBe(404)
    }
  })

  test('opens once the booking is confirmed, and not any more after it was cancelled', async () => {
    const session = await makeTalk()
    for (const status of ['REQUESTED', 'CANCELLED'] as const) {
      const { handle } = await takePart(house, business, session, { status })
      const { status: code, error } = await visitor.query('sessions.room', { handle })
      expect([code, error]).toMatchObject([403, { code: 'NOT_TAKING_PART', status }])
    }
  })

  test('is closed to somebody who was erased', async () => {
    const { handle, personId } = await takePart(house, business, await makeTalk())
    await change('people', personId, { erased_at: now })
    expect((await visitor.query('sessions.room', { handle })).status).toBe(404)
  })

  test('isn’t there for a session that was made by booking a slot', async () => {
    const session = await makeTalk()
    const { handle } = await takePart(house, business, session)
    await change('sessions', session.sessionId, { terms: null })
    expect((await visitor.query('sessions.room', { handle })).status).toBe(404)
  })
})

describe('the list of participants', () => {
  test('has those who opted in, by the name they chose', async () => {
    const session = await makeTalk()
    const [clara, carl, cora] = await Promise.all(
      ['Clara Client', 'Carl Client', 'Cora Client'].map(name =>
        takePart(house, business, session, { name }),
      ),
    )
    const namesSeenBy = async ({ handle }: TakesPart) =>
      expectData(await visitor.query('sessions.room', { handle })).participants
    expect(await namesSeenBy(clara!)).toEqual([])

    expectData(await visitor.mutate('sessions.showMe', { handle: clara!.handle, shownAs: 'Zoë ' }))
    expectData(await visitor.mutate('sessions.showMe', { handle: carl!.handle, shownAs: 'Carl C.' }))
    expect(await namesSeenBy(cora!)).toEqual([{ name: 'Carl C.' }, { name: 'Zoë' }])

    expectData(await visitor.mutate('sessions.showMe', { handle: clara!.handle, shownAs: null }))
    await change('people', carl!.personId, { erased_at: now })
    expect(await namesSeenBy(cora!)).toEqual([])
  })

  test('isn’t shown where the session has none, and nobody can opt in', async () => {
    const session = await makeTalk({ participantList: false, chat: false })
    const { handle } = await takePart(house, business, session)
    expect(expectData(await visitor.query('sessions.room', { handle })).participants).toBeNull()
    const { error } = await visitor.mutate('sessions.showMe', { handle, shownAs: 'Clara' })
    expect(error!.code).toBe('NOBODY_SHOWN')
  })

  test('of a session is not for somebody whose booking ended', async () => {
    const { handle } = await takePart(house, business, await makeTalk(), { status: 'CANCELLED' })
    expect((await visitor.mutate('sessions.showMe', { handle, shownAs: 'Clara' })).status).toBe(403)
  })
})

describe('who booked', () => {
  test('is listed for staff with seats, guests and notes, without those who left', async () => {
    const session = await makeTalk()
    const clara = await takePart(house, business, session, { seats: 2, guests: ['Gina Guest'] })
    const carl = await takePart(house, business, session, { name: 'Carl Client', status: 'REQUESTED' })
    await takePart(house, business, session, { name: 'Cora Client', status: 'CANCELLED' })
    const id = session.sessionId
    expect(expectData(await business.owner.query('sessions.participants', { id }))).toEqual([
      {
        bookingId: clara.bookingId,
        name: 'Clara Client',
        email: `${clara.personId}@client.example`,
        seats: 2,
        mode: 'any',
        guests: ['Gina Guest'],
        status: 'CONFIRMED',
        attendance: null,
        checkIns: [],
        certificates: [],
        notes: '',
      },
      expect.objectContaining({ bookingId: carl.bookingId, status: 'REQUESTED' }),
    ])
  })

  test('is for staff whose role covers one of the session’s coaches', async () => {
    const coach = await signedIn(house, business, { role: 'coach' })
    const other = await signedIn(house, business, { role: 'coach' })
    const { sessionId: id } = await makeSession(house, business, { coachIds: [coach.coachId!] })
    const answers = await Promise.all(
      [coach.api, other.api, business.owner].map(api => api.query('sessions.participants', { id })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200])
  })
})

describe('what participants said', () => {
  async function rate({ handle }: TakesPart, rating: number, comment = ''): Promise<void> {
    expectData(await visitor.mutate('bookings.giveFeedback', { ...handle, rating, comment }))
  }

  test('is counted, averaged and told with its words', async () => {
    const session = await makeTalk()
    const people = await Promise.all(
      ['Clara Client', 'Carl Client', 'Cora Client'].map(name =>
        takePart(house, business, session, { name }),
      ),
    )
    now = new Date('2027-03-28T08:00:00Z')
    await rate(people[0]!, 5, 'Wonderful')
    await rate(people[1]!, 4)
    await rate(people[2]!, 4)
    const results = expectData(await business.owner.query('sessions.feedback', { id: session.sessionId }))
    expect(results).toEqual({
      count: 3,
      average: 13 / 3,
      distribution: [0, 0, 0, 2, 1],
      comments: [{ rating: 5, comment: 'Wonderful', name: 'Clara Client', at: now.toISOString() }],
    })
  })

  test('is for every coach of the session', async () => {
    const coach = await signedIn(house, business, { role: 'coach' })
    const other = await signedIn(house, business, { role: 'coach' })
    const { sessionId: id } = await makeSession(house, business, { coachIds: [coach.coachId!] })
    const answers = await Promise.all([coach, other].map(({ api }) => api.query('sessions.feedback', { id })))
    expect(answers.map(({ status }) => status)).toEqual([200, 404])
  })

  test('is nothing yet before anybody said anything', async () => {
    const { sessionId: id } = await makeTalk()
    expect(expectData(await business.owner.query('sessions.feedback', { id }))).toMatchObject({
      count: 0,
      average: null,
    })
  })
})
