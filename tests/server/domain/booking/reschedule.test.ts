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
  offer = await makeBookable(house, business, { offer: { step: 15 } })
})

async function bookAt(startsAt: string, name?: string) {
  const { id, manageUrl, booking } = expectData(
    await business.visitor().mutate('bookings.book', bookingInput(offer.slug, startsAt, name)),
  )
  return { id, token: manageUrl.split('/b/')[1] as string, booking }
}

async function startsOf(day: string) {
  const from = `${day}T00:00:00Z`
  const to = new Date(Date.parse(from) + 86_400_000).toISOString()
  const { slots } = expectData(await business.visitor().query('slots.list', { offer: offer.slug, from, to }))
  return slots.map((slot: { startsAt: string }) => slot.startsAt.slice(11, 16))
}

describe('moving a booking', () => {
  it('keeps id and calendar UID, raises the sequence, frees the old time and takes the new', async () => {
    const { id, token, booking } = await bookAt('2027-03-10T09:00:00Z')
    const moved = expectData(
      await business.visitor().mutate('bookings.reschedule', { token, startsAt: '2027-03-11T10:00:00Z' }),
    )
    expect(moved).toMatchObject({
      outcome: 'moved',
      booking: { id, startsAt: '2027-03-11T10:00:00.000Z', status: 'FIRM_BOOKED' },
    })
    expect(moved.booking.calendar).toMatchObject({
      uid: booking.calendar.uid,
      sequence: booking.calendar.sequence + 1,
    })
    expect(moved.booking.confirmationTimestamp).toBe(booking.confirmationTimestamp)
    expect(await startsOf('2027-03-10')).toContain('09:00')
    expect(await startsOf('2027-03-11')).not.toContain('10:00')
  })

  it('by less than its own length doesn’t stand in its own way', async () => {
    const { token } = await bookAt('2027-03-10T09:00:00Z')
    expect(
      expectData(
        await business.visitor().mutate('bookings.reschedule', { token, startsAt: '2027-03-10T09:15:00Z' }),
      ).outcome,
    ).toBe('moved')
  })

  it('to a taken time is refused with alternatives, and changes nothing', async () => {
    await bookAt('2027-03-11T10:00:00Z', 'Other Client')
    const { id, token } = await bookAt('2027-03-10T09:00:00Z')
    const refused = await business
      .visitor()
      .mutate('bookings.reschedule', { token, startsAt: '2027-03-11T10:00:00Z' })
    expect(refused).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN', alternatives: { length: 3 } } })
    expect(expectData(await business.owner.query('bookings.get', { id }))).toMatchObject({
      startsAt: '2027-03-10T09:00:00.000Z',
      calendar: { sequence: 0 },
    })
  })

  it('that needs approval holds the new time and leaves the old one, until the coach says yes', async () => {
    const { id, token } = await bookAt('2027-03-10T09:00:00Z')
    const asked = expectData(
      await business.visitor().mutate('bookings.reschedule', { token, startsAt: '2027-03-01T12:00:00Z' }),
    )
    expect(asked).toMatchObject({
      outcome: 'awaiting_approval',
      booking: { startsAt: '2027-03-10T09:00:00.000Z', move: { status: 'pending' } },
    })
    expect(await startsOf('2027-03-01')).not.toContain('12:00')
    expect(await startsOf('2027-03-10')).not.toContain('09:00')

    const { booking } = expectData(await business.owner.mutate('bookings.approve', { id }))
    expect(booking).toMatchObject({
      startsAt: '2027-03-01T12:00:00.000Z',
      move: { status: 'approved' },
      calendar: { sequence: 1 },
    })
    expect(await startsOf('2027-03-10')).toContain('09:00')
  })

  it('declined or timed out keeps the old time and frees the new', async () => {
    for (const end of ['decline', 'timeout'] as const) {
      const { id, token } = await bookAt('2027-03-10T09:00:00Z', `Client of ${end}`)
      expectData(
        await business.visitor().mutate('bookings.reschedule', { token, startsAt: '2027-03-01T12:00:00Z' }),
      )
      if (end === 'decline')
        expectData(await business.owner.mutate('bookings.decline', { id, reason: 'I have a train to catch' }))
      else {
        const { rows } = await import('kysely').then(({ sql }) =>
          import('#server/db/in-tenant.ts').then(({ inTenant }) =>
            inTenant(house.house.db, business.tenantId, trx =>
              sql<{ id: string }>`SELECT id FROM moves WHERE status = 'pending'`.execute(trx),
            ),
          ),
        )
        await timers.move(
          house.house,
          { tenantId: business.tenantId, bookingId: id, moveId: rows[0]!.id, step: 'expire' },
          now,
        )
      }
      expect(await startsOf('2027-03-01')).toContain('12:00')
      const seen = expectData(await business.owner.query('bookings.get', { id }))
      expect(seen).toMatchObject({ startsAt: '2027-03-10T09:00:00.000Z', move: { status: 'declined' } })
      expectData(await business.owner.mutate('bookings.cancel', { id, reason: 'Making room' }))
    }
  })

  it('that waits for approval may overlap its own time', async () => {
    offer = await makeBookable(house, business, {
      offer: { step: 15 },
      coach: { firm_booking_threshold_hours: 400 },
    })
    const { id, token } = await bookAt('2027-03-10T09:00:00Z')
    expectData(await business.owner.mutate('bookings.approve', { id }))
    expect(
      expectData(
        await business.visitor().mutate('bookings.reschedule', { token, startsAt: '2027-03-10T09:30:00Z' }),
      ).outcome,
    ).toBe('awaiting_approval')
    expect(await startsOf('2027-03-10')).not.toContain('10:15')
    const { booking } = expectData(await business.owner.mutate('bookings.approve', { id }))
    expect(booking.startsAt).toBe('2027-03-10T09:30:00.000Z')
  })

  it('races with the approval of that move, its withdrawal and a second move: one of them wins at a time', async () => {
    offer = await makeBookable(house, business, {
      offer: { step: 15 },
      coach: { firm_booking_threshold_hours: 400 },
    })
    const { id, token } = await bookAt('2027-03-10T09:00:00Z')
    expectData(await business.owner.mutate('bookings.approve', { id }))
    expectData(
      await business.visitor().mutate('bookings.reschedule', { token, startsAt: '2027-03-11T09:00:00Z' }),
    )
    const answers = await Promise.all([
      business.owner.mutate('bookings.approve', { id }),
      business.visitor().mutate('bookings.withdrawMove', { token }),
      business.owner.mutate('bookings.decline', { id, reason: 'No' }),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2)
  })
})

describe('holding a slot', () => {
  it('keeps others away for ten minutes, lets its holder book, and is never renewed by reopening', async () => {
    const holder = business.visitor()
    await holder.query('offers.list')
    const place = { offer: offer.slug, startsAt: '2027-03-10T09:00:00Z' }
    const { hold, expiresAt } = expectData(await holder.mutate('holds.place', place))
    expect(expiresAt).toBe('2027-03-01T06:10:00.000Z')
    expect(await startsOf('2027-03-10')).not.toContain('09:00')
    expect(
      await business.visitor().mutate('bookings.book', bookingInput(offer.slug, place.startsAt, 'Too Late')),
    ).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN' },
    })
    now = new Date(MORNING.getTime() + 5 * 60_000)
    expectData(
      await holder.mutate('bookings.book', {
        ...bookingInput(offer.slug, place.startsAt, 'The Holder'),
        hold,
      }),
    )
  })

  it('that ran out blocks nobody', async () => {
    const place = { offer: offer.slug, startsAt: '2027-03-10T09:00:00Z' }
    expectData(await business.visitor().mutate('holds.place', place))
    now = new Date(MORNING.getTime() + 10 * 60_000)
    expect(await startsOf('2027-03-10')).toContain('09:00')
    expectData(await business.visitor().mutate('bookings.book', bookingInput(offer.slug, place.startsAt)))
  })

  it('is limited to five at a time from one address', async () => {
    const statuses = []
    for (let hour = 8; hour < 14; hour++) {
      const answer = await business.visitor().mutate('holds.place', {
        offer: offer.slug,
        startsAt: `2027-03-10T${String(hour).padStart(2, '0')}:00:00Z`,
      })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })

  it('counts all addresses of an IPv6 network as one', async () => {
    const behind = await createHouse({ clock: () => now, database: house, env: { TRUSTED_PROXIES: '1' } })
    const from = async (address: string, hour: number) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': address }
      const body = JSON.stringify({ offer: offer.slug, startsAt: `2027-03-10T${hour}:00:00Z` })
      return (await behind.api(business.host).send('POST', '/trpc/holds.place', { headers, body })).status
    }
    const statuses = []
    for (let hour = 10; hour < 16; hour++) statuses.push(await from(`2001:db8:1:2::${hour}`, hour))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect(await from('2001:db8:1:3::1', 15)).toBe(200)
    await behind.stop()
  })

  it('given back is free at once', async () => {
    const { hold } = expectData(
      await business.visitor().mutate('holds.place', { offer: offer.slug, startsAt: '2027-03-10T09:00:00Z' }),
    )
    expectData(await business.visitor().mutate('holds.release', { hold }))
    expect(await startsOf('2027-03-10')).toContain('09:00')
  })
})
