import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { addCoach, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { createSession, makeSessionOffer, newKey } from '#tests/support/managed-sessions.ts'
import { signedIn } from '#tests/support/people.ts'
import { seatInput } from '#tests/support/sessions.ts'

let now = new Date('2027-03-01T08:00:00Z')
const NEXT = '2027-03-08T17:00:00Z'

let house: TestHouse
let business: Business
let offerId: string
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  business = await signUpBusiness(house)
  offerId = (await makeSessionOffer(business)).id
})

function manage(procedure: string, input: Record<string, unknown>) {
  return business.owner.mutate(`sessions.manage.${procedure}`, input)
}

async function get(id: string) {
  return expectData(await business.owner.query('sessions.manage.get', { id }))
}

async function made(starts: string[], more: Record<string, unknown> = {}): Promise<string> {
  return expectData(await createSession(business, offerId, starts, more)).id
}

async function book(sessionId: string, name: string, more: Record<string, unknown> = {}) {
  return expectData(await business.visitor().mutate('bookings.book', seatInput(sessionId, name, more)))
}

async function workshop(more: Record<string, unknown> = {}): Promise<string> {
  return (await makeSessionOffer(business, { title: 'Course', kind: 'workshop', ...more })).id
}

function rows<T>(read: Parameters<typeof inTenant<T>>[2]): Promise<T> {
  return inTenant(house.house.db, business.tenantId, read)
}

const liveClaims = (id: string) =>
  rows(trx =>
    trx
      .selectFrom('claims')
      .select(['coach_id', 'starts_at', 'blocked_until'])
      .where('session_id', '=', id)
      .where('released_at', 'is', null)
      .orderBy('starts_at')
      .execute(),
  )
const eventsOf = async (id: string) =>
  (
    await rows(trx =>
      trx.selectFrom('events').select(['name', 'data']).where('subject_id', '=', id).orderBy('seq').execute(),
    )
  ).map(({ name, data }) => [name, data])

describe('a new session', () => {
  it('has the offer’s terms and length, its seats, and its coach’s time', async () => {
    const id = await made([NEXT])
    expect(await get(id)).toMatchObject({
      startsAt: '2027-03-08T17:00:00.000Z',
      endsAt: '2027-03-08T18:00:00.000Z',
      timeZone: 'Europe/Berlin',
      state: 'SCHEDULED',
      capacity: { total: 10, booked: 0, available: 10 },
      participants: { bookings: 0, seats: 0, requests: 0, checkedIn: 0 },
      room: null,
      schedule: null,
      mayManage: true,
    })
    expect(await liveClaims(id)).toHaveLength(1)
    const { sessions } = expectData(await business.visitor().query('sessions.list', { offer: offerId }))
    expect(sessions.map((session: { id: string }) => session.id)).toEqual([id])
  })

  it('takes the time of all who lead it on all of its dates, with the larger of their buffers', async () => {
    await makeBookable(house, business)
    const course = await workshop({ bufferMinutes: 15 })
    const second = await addCoach(house, business, course, { buffer_minutes: 30 })
    const dates = ['2027-03-10T09:00:00Z', '2027-03-17T09:00:00Z']
    const id = expectData(
      await createSession(business, course, dates, { coachIds: [business.coachId, second] }),
    ).id
    const claims = await liveClaims(id)
    expect(claims).toHaveLength(4)
    const gap = (coach: string) =>
      claims
        .filter(claim => claim.coach_id === coach)
        .map(claim => (claim.blocked_until.getTime() - claim.starts_at.getTime()) / 60_000 - 60)
    expect([gap(business.coachId), gap(second)]).toEqual([
      [15, 15],
      [30, 30],
    ])
  })

  it('may have dates that follow at once upon one another, whatever time its coach keeps free', async () => {
    const course = await workshop({ bufferMinutes: 15 })
    const dates = ['2027-03-10T09:00:00Z', '2027-03-10T10:00:00Z']
    const { id } = expectData(await createSession(business, course, dates))
    expect((await liveClaims(id)).map(claim => claim.blocked_until.toISOString())).toEqual([
      '2027-03-10T10:00:00.000Z',
      '2027-03-10T11:15:00.000Z',
    ])
  })

  it('keeps others from the coach’s time, and is kept by them: 409 with date and coach', async () => {
    const { slug } = await makeBookable(house, business)
    await made(['2027-03-09T09:00:00Z'])
    const client = business.visitor()
    expect(await client.mutate('bookings.book', bookingInput(slug, '2027-03-09T09:00:00Z'))).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN' },
    })
    expectData(await client.mutate('bookings.book', bookingInput(slug, '2027-03-10T09:00:00Z')))
    const refused = await createSession(business, offerId, ['2027-03-10T09:30:00Z'])
    expect(refused).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN', conflicts: [{ coachId: business.coachId }] },
    })
    expect(refused.error!.message).toContain('Wed 10 March 2027, 10:30')
  })

  it('is made once for a key, also by two requests at the same time', async () => {
    const input = { idempotencyKey: newKey() }
    const answers = await Promise.all([1, 2, 3].map(() => createSession(business, offerId, [NEXT], input)))
    expect(new Set(answers.map(answer => expectData(answer).id)).size).toBe(1)
  })

  it('refuses dates and terms that make no sense, with the field at fault', async () => {
    const course = await workshop()
    const slot = (await makeBookable(house, business)).offerId
    const refusals: [string, string[], Record<string, unknown>, string, string][] = [
      [offerId, [], {}, 'DATE_MISSING', 'dates'],
      [offerId, [NEXT, '2027-03-09T17:00:00Z'], {}, 'DATES_MANY', 'dates.1'],
      [offerId, ['2027-02-01T17:00:00Z'], {}, 'DATE_PAST', 'dates.0'],
      [course, [NEXT, '2027-03-08T17:30:00Z'], {}, 'DATES_OVERLAP', 'dates.1'],
      [slot, [NEXT], {}, 'NO_SESSIONS', 'offerId'],
      [offerId, [NEXT], { coachIds: [] }, 'COACH_MISSING', 'coachIds'],
      [offerId, [NEXT], { terms: { capacity: 0 } }, 'TERMS_INVALID', 'terms.capacity'],
      [offerId, [NEXT], { terms: { price: 1 } }, 'TERMS_INVALID', 'terms'],
      [
        course,
        [NEXT],
        { terms: { minimum: { seats: 2, decidesDaysBefore: 30, otherwise: 'cancel' } } },
        'DECISION_PAST',
        'terms.minimum.decidesDaysBefore',
      ],
    ]
    for (const [offer, starts, more, code, field] of refusals)
      expect(await createSession(business, offer, starts, more), code).toMatchObject({
        status: 400,
        error: { code, field },
      })
  })

  it('is planned by coaches for themselves, and for others by owners and admins only', async () => {
    const rui = await signedIn(house, business, { role: 'coach' })
    const as = { owner: rui.api, coachId: rui.coachId! }
    expect((await createSession(as, offerId, [NEXT])).status).toBe(200)
    const forOthers = await createSession(as, offerId, [NEXT], { coachIds: [business.coachId] })
    expect([forOthers.status, forOthers.error!.code]).toEqual([403, 'ROLE'])
    const id = await made([NEXT])
    for (const [procedure, input] of [
      ['update', { listing: 'private' }],
      ['cancel', {}],
      ['setCapacity', { capacity: 2 }],
    ] as const)
      expect((await rui.api.mutate(`sessions.manage.${procedure}`, { id, ...input })).status).toBe(404)
    expect((await rui.api.query('sessions.manage.get', { id })).status).toBe(404)
  })
})

describe('a preview', () => {
  it('says of each date who is taken, and whether it lies outside the hours', async () => {
    await makeBookable(house, business)
    await made(['2027-03-09T09:00:00Z'])
    const course = await workshop()
    const preview = expectData(
      await business.owner.query('sessions.manage.preview', {
        offerId: course,
        coachIds: [business.coachId],
        dates: ['2027-03-09T09:30:00Z', '2027-03-10T09:00:00Z', '2027-03-11T19:00:00Z'].map(startsAt => ({
          startsAt,
        })),
      }),
    )
    expect(
      preview.dates.map(({ conflicts, outsideHours }: { conflicts: unknown[]; outsideHours: boolean }) => [
        conflicts.length,
        outsideHours,
      ]),
    ).toEqual([
      [1, false],
      [0, false],
      [0, true],
    ])
  })

  it('of a move leaves the session out of its own way', async () => {
    const id = await made([NEXT])
    const input = {
      ...{ offerId, coachIds: [business.coachId], sessionId: id },
      dates: [{ startsAt: '2027-03-08T17:30:00Z' }],
    }
    const { dates } = expectData(await business.owner.query('sessions.manage.preview', input))
    expect(dates[0].conflicts).toEqual([])
  })
})

describe('a changed session', () => {
  it('moves with its claims and bookings, and says so once', async () => {
    const id = await made([NEXT])
    await book(id, 'Ann')
    expectData(await manage('update', { id, dates: [{ startsAt: '2027-03-09T10:00:00Z' }] }))
    expect(await get(id)).toMatchObject({ startsAt: '2027-03-09T10:00:00.000Z', capacity: { booked: 1 } })
    expect((await liveClaims(id)).map(claim => claim.starts_at.toISOString())).toEqual([
      '2027-03-09T10:00:00.000Z',
    ])
    expect((await eventsOf(id)).map(([name]) => name)).toEqual(['session.created', 'session.moved'])
    expectData(await createSession(business, offerId, [NEXT]))
  })

  it('stays where it is when the new time is taken', async () => {
    const id = await made([NEXT])
    await made(['2027-03-09T10:00:00Z'])
    const refused = await manage('update', { id, dates: [{ startsAt: '2027-03-09T10:30:00Z' }] })
    expect([refused.status, refused.error!.code]).toEqual([409, 'SLOT_TAKEN'])
    expect((await liveClaims(id)).map(claim => claim.starts_at.toISOString())).toEqual([
      '2027-03-08T17:00:00.000Z',
    ])
  })

  it('keeps the dates that have begun', async () => {
    const course = await workshop()
    const starts = [NEXT, '2027-03-15T17:00:00Z']
    const { id } = expectData(await createSession(business, course, starts))
    now = new Date('2027-03-10T08:00:00Z')
    const move = (...starts: string[]) =>
      manage('update', { id, dates: starts.map(startsAt => ({ startsAt })) })
    expect((await move('2027-03-16T17:00:00Z')).error!.code).toBe('DATE_PAST')
    expect((await move(NEXT, '2027-03-16T17:00:00Z')).status).toBe(200)
  })

  it('is led by others, whose time it then takes', async () => {
    await makeBookable(house, business)
    const id = await made([NEXT])
    const second = await addCoach(house, business, offerId)
    expectData(await manage('update', { id, coachIds: [second] }))
    expect((await liveClaims(id)).map(claim => claim.coach_id)).toEqual([second])
    expectData(await createSession(business, offerId, [NEXT]))
  })

  it('is led on by somebody who was busy on the dates that are over', async () => {
    await makeBookable(house, business)
    const course = await workshop()
    const second = await addCoach(house, business, course)
    const { id } = expectData(await createSession(business, course, [NEXT, '2027-03-15T17:00:00Z']))
    expectData(await createSession(business, course, [NEXT], { coachIds: [second] }))
    now = new Date('2027-03-10T08:00:00Z')
    expectData(await manage('update', { id, coachIds: [second] }))
    expect((await liveClaims(id)).map(claim => claim.coach_id)).toEqual([business.coachId, second])
    now = new Date('2027-03-20T08:00:00Z')
    expectData(await manage('update', { id, coachIds: [business.coachId] }))
  })

  it('keeps terms that aren’t given, and what was sold', async () => {
    const id = await made([NEXT])
    const { booking } = await book(id, 'Ann')
    const phases = [{ name: 'regular', priceMinor: 3000, endsDaysBefore: null, seats: null }]
    expectData(await manage('update', { id, terms: { phases, chat: true } }))
    expect(await get(id)).toMatchObject({
      price: { amountMinor: 3000 },
      terms: { chat: true, capacity: 10, phases },
    })
    const { priceMinor } = expectData(await business.owner.query('bookings.get', { id: booking.id }))
    expect(priceMinor).toBe(2000)
  })

  it('takes along when a balance is due, as it was sold, and by when a request is answered', async () => {
    const course = await workshop({ priceMinor: 20_000 })
    const deposit = { amountMinor: 5_000, balanceDaysBefore: 7 }
    const start = '2027-04-07T16:00:00Z'
    const terms = { deposit, approval: true }
    const { id } = expectData(await createSession(business, course, [start], { terms }))
    const { booking } = await book(id, 'Ann')
    const due = async () => {
      const { balanceDueAt, answerBy } = expectData(
        await business.owner.query('bookings.get', { id: booking.id }),
      )
      return [balanceDueAt, answerBy]
    }
    const [sold, answered] = await due()
    expect(sold).toBe('2027-03-31T16:00:00.000Z')
    expectData(await manage('update', { id, terms: { deposit: { ...deposit, balanceDaysBefore: 30 } } }))
    expect(await due()).toEqual([sold, answered])
    expectData(await manage('update', { id, dates: [{ startsAt: '2027-03-20T17:00:00Z' }] }))
    expect(await due()).toEqual(['2027-03-13T17:00:00.000Z', answered])
    expectData(await manage('update', { id, dates: [{ startsAt: '2027-03-01T11:00:00Z' }] }))
    expect(await due()).toEqual(['2027-02-22T11:00:00.000Z', '2027-03-01T10:00:00.000Z'])
  })

  it('can’t be held another way once people have booked', async () => {
    const id = await made([NEXT])
    const hybrid = {
      ...{ format: 'hybrid', onlineCapacity: 5 },
      venue: { address: 'Lindenstr. 5', mapUrl: null, travelNote: '' },
    }
    expectData(await manage('update', { id, terms: hybrid }))
    expect((await get(id)).seats.map((quota: { mode: string }) => quota.mode)).toEqual([
      'in_person',
      'online',
    ])
    await book(id, 'Ann', { mode: 'online' })
    const refused = await manage('update', { id, terms: { format: 'online', onlineCapacity: null } })
    expect([refused.status, refused.error!.code]).toEqual([409, 'MODES_BOOKED'])
  })
})

describe('its capacity', () => {
  it('grows, and shrinks to what is taken: below it the bookings are named (269)', async () => {
    const id = await made([NEXT], { terms: { maxSeatsPerBooking: 3 } })
    await book(id, 'Ann', { seats: 3 })
    expectData(await manage('setCapacity', { id, capacity: 20 }))
    expect((await get(id)).capacity).toMatchObject({ total: 20, available: 17 })
    expect(await manage('setCapacity', { id, capacity: 2 })).toMatchObject({
      status: 409,
      error: { code: 'CAPACITY_BELOW', taken: 3, bookings: [{ name: 'Ann', seats: 3 }] },
    })
    expectData(await manage('setCapacity', { id, capacity: 3 }))
    expect(await get(id)).toMatchObject({ capacity: { total: 3, available: 0 }, terms: { capacity: 3 } })
  })

  it('isn’t less than the minimum', async () => {
    const course = await workshop()
    const minimum = { seats: 6, decidesDaysBefore: 2, otherwise: 'ask' }
    const { id } = expectData(await createSession(business, course, [NEXT], { terms: { minimum } }))
    expect((await manage('setCapacity', { id, capacity: 5 })).error).toMatchObject({
      code: 'TERMS_INVALID',
      field: 'terms.minimum.seats',
    })
  })

  it('holds against bookings that come at the same time', async () => {
    const id = await made([NEXT])
    const booking = Array.from({ length: 8 }, (_, index) =>
      business.visitor().mutate('bookings.book', seatInput(id, `Client ${index}`)),
    )
    const [change] = await Promise.all([manage('setCapacity', { id, capacity: 5 }), ...booking])
    const { capacity } = await get(id)
    expect(capacity.booked).toBeLessThanOrEqual(capacity.total)
    expect(change.status === 200 ? capacity.total : 10).toBe(capacity.total)
  })
})

test('a cancelled session ends its bookings with an event each and frees time and seats', async () => {
  const id = await made([NEXT])
  const booked = [await book(id, 'Ann'), await book(id, 'Ben')]
  expectData(await manage('cancel', { id, reason: 'I am ill' }))
  expect(await get(id)).toMatchObject({
    state: 'CANCELLED',
    stateReason: 'coach',
    capacity: { booked: 0, held: 0 },
  })
  for (const { id: bookingId } of booked) {
    const { status } = expectData(await business.owner.query('bookings.get', { id: bookingId }))
    expect(status).toBe('CANCELLED')
    expect((await eventsOf(bookingId)).map(([name]) => name)).toEqual([
      'booking.firm_booked',
      'booking.cancelled',
    ])
  }
  expect(await eventsOf(id)).toContainEqual([
    'session.cancelled',
    { reason: 'coach', bookings: 2, sequence: 1 },
  ])
  expect(await liveClaims(id)).toEqual([])
  expect((await manage('cancel', { id })).error!.code).toBe('SESSION_CANCELLED')
  expectData(await createSession(business, offerId, [NEXT]))
})

test('whoever books while a session is cancelled gets a refusal or a cancellation, never a seat', async () => {
  const id = await made([NEXT])
  const bookings = Array.from({ length: 6 }, (_, index) =>
    business.visitor().mutate('bookings.book', seatInput(id, `Client ${index}`)),
  )
  const [cancelled, ...booked] = await Promise.all([manage('cancel', { id }), ...bookings])
  expect(cancelled.status).toBe(200)
  for (const { status, error } of booked)
    expect(status === 200 || error!.code === 'SESSION_CANCELLED').toBe(true)
  const left = await rows(trx =>
    trx.selectFrom('bookings').select('status').where('session_id', '=', id).execute(),
  )
  expect(left.every(({ status }) => status === 'CANCELLED')).toBe(true)
  expect((await get(id)).capacity).toMatchObject({ booked: 0, held: 0 })
})

test('the list has those to come by start, a page at a time, and those that are over, the latest first', async () => {
  const starts = Array.from({ length: 33 }, (_, day) =>
    new Date(Date.parse('2027-03-08T17:00:00Z') + day * 86_400_000).toISOString(),
  )
  for (const start of starts) await made([start])
  const list = async (input: Record<string, unknown>) =>
    expectData(await business.owner.query('sessions.manage.list', input))
  const first = await list({})
  const rest = await list({ cursor: first.nextCursor })
  const startsOf = ({ sessions }: { sessions: { startsAt: string }[] }) =>
    sessions.map(({ startsAt }) => startsAt)
  expect([...startsOf(first), ...startsOf(rest)]).toEqual(starts)
  expect(rest.nextCursor).toBeNull()
  now = new Date('2027-03-11T08:00:00Z')
  expect(startsOf(await list({ past: true }))).toEqual(starts.slice(0, 3).reverse())
  expect(startsOf(await list({ from: starts[20], to: starts[22] }))).toEqual(starts.slice(20, 22))
})
