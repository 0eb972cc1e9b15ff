import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')

let now = MORNING
let house: TestHouse
let business: Business
let offer: Bookable

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())

beforeEach(async () => {
  now = MORNING
  business = await signUpBusiness(house)
  offer = await makeBookable(house, business, { coach: { allow_firm_booking: false, approval_hours: 48 } })
})

async function request(startsAt = '2027-03-10T09:00:00Z', name?: string) {
  return expectData(
    await business.visitor().mutate('bookings.book', bookingInput(offer.slug, startsAt, name)),
  )
}

const tokenOf = (manageUrl: string) => manageUrl.split('/b/')[1]!

async function startsOf(day: string) {
  const from = `${day}T00:00:00Z`
  const to = new Date(Date.parse(from) + 86_400_000).toISOString()
  const { slots } = expectData(await business.visitor().query('slots.list', { offer: offer.slug, from, to }))
  return slots.map((slot: { startsAt: string }) => slot.startsAt.slice(11, 16))
}

describe('a request', () => {
  it('is listed for the coach and takes its time; approved it is confirmed by the coach', async () => {
    const { id } = await request()
    expect(await startsOf('2027-03-10')).not.toContain('09:00')
    const { bookings, count } = expectData(await business.owner.query('bookings.requests'))
    expect(count).toBe(1)
    expect(bookings[0]).toMatchObject({ id, can: { approve: true, decline: true } })

    const { booking } = expectData(await business.owner.mutate('bookings.approve', { id }))
    expect(booking).toMatchObject({
      status: 'CONFIRMED',
      bookingType: 'REQUESTED',
      confirmedBy: 'coach',
      confirmationTimestamp: now.toISOString(),
    })
  })

  it('can’t be put into a calendar until it is confirmed', async () => {
    const { id, manageUrl } = await request()
    const token = tokenOf(manageUrl)
    expect(await business.visitor().query('bookings.calendarFile', { token })).toMatchObject({ status: 409 })
    expectData(await business.owner.mutate('bookings.approve', { id }))
    const { content } = expectData(await business.visitor().query('bookings.calendarFile', { token }))
    expect(content).toContain('METHOD:PUBLISH')
    expect(await business.visitor().query('bookings.calendarFile', { id })).toMatchObject({ status: 404 })
  })

  it('declined with a reason gives the time back at once, and tells the client why', async () => {
    const { id, manageUrl } = await request()
    const refused = await business.owner.mutate('bookings.decline', { id, reason: '' })
    expect(refused).toMatchObject({ status: 400, error: { field: 'reason' } })
    expectData(
      await business.owner.mutate('bookings.decline', { id, reason: 'I am away that week', code: 'away' }),
    )
    expect(await startsOf('2027-03-10')).toContain('09:00')
    const seen = expectData(await business.visitor().query('bookings.get', { token: tokenOf(manageUrl) }))
    expect(seen).toMatchObject({
      status: 'DECLINED',
      declineReason: 'I am away that week',
      declineCode: 'away',
    })
  })

  it('withdrawn by the client is cancelled without ever having been confirmed', async () => {
    const { manageUrl } = await request()
    const { booking } = expectData(
      await business.visitor().mutate('bookings.cancel', { token: tokenOf(manageUrl) }),
    )
    expect(booking).toMatchObject({ status: 'CANCELLED', cancelledBy: 'client', confirmationTimestamp: null })
    expect(await startsOf('2027-03-10')).toContain('09:00')
  })

  it('answered once can’t be answered again', async () => {
    const { id } = await request()
    expectData(await business.owner.mutate('bookings.approve', { id }))
    const again = await business.owner.mutate('bookings.decline', { id, reason: 'Changed my mind' })
    expect(again).toMatchObject({ status: 409, error: { code: 'BOOKING_STATUS', status: 'CONFIRMED' } })
  })

  it('is answered by exactly one of an approval, a withdrawal and the time-out that come together', async () => {
    for (let round = 0; round < 8; round++) {
      const { id, manageUrl, booking } = await request(`2027-03-1${round + 1}T10:00:00Z`, `Client ${round}`)
      const answers = await Promise.all([
        business.owner.mutate('bookings.approve', { id }),
        business.visitor().mutate('bookings.cancel', { token: tokenOf(manageUrl) }),
        timers
          .approval(
            house.house,
            { tenantId: business.tenantId, bookingId: id, step: 'expire', answerBy: booking.answerBy },
            now,
          )
          .then(() => null),
      ])
      const final = expectData(await business.owner.query('bookings.get', { id }))
      const { events } = expectData(await business.owner.query('bookings.timeline', { id }))
      const endings = events.filter(({ name }: { name: string }) =>
        ['booking.confirmed', 'booking.declined', 'booking.cancelled'].includes(name),
      )
      // A confirmed booking may still be cancelled by its client; nothing else may follow an answer.
      const wins = endings.map(({ name }: { name: string }) => name)
      expect([
        ['booking.confirmed'],
        ['booking.declined'],
        ['booking.cancelled'],
        ['booking.confirmed', 'booking.cancelled'],
      ]).toContainEqual(wins)
      expect(
        answers.filter(answer => answer?.status === 200).length + (final.status === 'DECLINED' ? 1 : 0),
      ).toBe(wins.length)
    }
  })

  it('is declined by the system when the time to answer is over, with a reminder before', async () => {
    const { id, booking } = await request()
    expect(booking.answerBy).toBe('2027-03-03T06:00:00.000Z')
    const job = { tenantId: business.tenantId, bookingId: id, answerBy: booking.answerBy }
    await timers.approval(house.house, { ...job, step: 'remind' }, new Date('2027-03-02T06:00:00Z'))
    await timers.approval(house.house, { ...job, step: 'remind' }, new Date('2027-03-02T06:00:01Z'))
    now = new Date('2027-03-03T06:00:00Z')
    await timers.approval(house.house, { ...job, step: 'expire' }, now)
    await timers.approval(house.house, { ...job, step: 'expire' }, now)
    const { events } = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(events.map(({ name }: { name: string }) => name)).toEqual([
      'booking.requested',
      'booking.answer_due',
      'booking.declined',
    ])
    expect(expectData(await business.owner.query('bookings.get', { id }))).toMatchObject({
      status: 'DECLINED',
      declineCode: 'approval_timeout',
    })
  })

  it('is approved at the end where the coach chose so', async () => {
    offer = await makeBookable(house, business, {
      coach: { allow_firm_booking: false, approval_timeout: 'approve' },
    })
    const { id, booking } = await request()
    now = new Date(booking.answerBy)
    await timers.approval(
      house.house,
      { tenantId: business.tenantId, bookingId: id, answerBy: booking.answerBy, step: 'expire' },
      now,
    )
    expect(expectData(await business.owner.query('bookings.get', { id }))).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: 'system',
    })
  })

  it('goes to exactly one of 100 parallel requests on one slot', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        business
          .visitor()
          .mutate('bookings.book', bookingInput(offer.slug, '2027-03-20T09:00:00Z', `Asker ${index}`)),
      ),
    )
    expect(answers.filter(({ status }) => status === 200).map(({ data }) => data.status)).toEqual([
      'REQUESTED',
    ])
    expect(
      answers.filter(({ status, error }) => status === 409 && error!.code === 'SLOT_TAKEN'),
    ).toHaveLength(99)
  })

  it('undone shortly before its start is to be answered before it, so that the client hears in time', async () => {
    const { id } = await request('2027-03-02T09:00:00Z')
    now = new Date('2027-03-02T08:20:00Z')
    expectData(await business.owner.mutate('bookings.decline', { id, reason: 'A slip' }))
    const { booking } = expectData(await business.owner.mutate('bookings.undo', { id }))
    expect(booking).toMatchObject({ status: 'REQUESTED', answerBy: '2027-03-02T08:40:00.000Z' })
  })

  it('undone within ten minutes by the one who declined comes back, unless the time is gone', async () => {
    const { id } = await request()
    expectData(await business.owner.mutate('bookings.decline', { id, reason: 'Slip of the finger' }))
    now = new Date(MORNING.getTime() + 9 * 60_000)
    const { booking } = expectData(await business.owner.mutate('bookings.undo', { id }))
    expect(booking).toMatchObject({ status: 'REQUESTED', awaiting: 'coach', declineReason: null })
    expect(await startsOf('2027-03-10')).not.toContain('09:00')

    expectData(await business.owner.mutate('bookings.decline', { id, reason: 'Really' }))
    await request('2027-03-10T09:00:00Z', 'Faster Client')
    expect(await business.owner.mutate('bookings.undo', { id })).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN' },
    })

    now = new Date(now.getTime() + 11 * 60_000)
    expect(await business.owner.mutate('bookings.undo', { id })).toMatchObject({
      status: 409,
      error: { code: 'UNDO_OVER' },
    })
  })
})

describe('a limit per day', () => {
  it('leaves the last place to exactly one of 100 parallel bookings of different times', async () => {
    offer = await makeBookable(house, business, {
      offer: { step: 5 },
      coach: { allow_firm_booking: true, max_sessions_per_day: 2 },
    })
    await request('2027-03-12T08:00:00Z')
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const startsAt = new Date(
          Date.parse('2027-03-12T09:30:00Z') + (index % 60) * 5 * 60_000,
        ).toISOString()
        return business
          .visitor()
          .mutate('bookings.book', bookingInput(offer.slug, startsAt, `Runner ${index}`))
      }),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect(answers.some(({ error }) => error?.code === 'LIMIT_DAY')).toBe(true)
  })
})
