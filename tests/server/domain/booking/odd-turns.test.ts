import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { addCoach, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const DAY = { from: '2027-03-10T00:00:00Z', to: '2027-03-11T00:00:00Z' }

let now = MORNING
let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = MORNING
  business = await signUpBusiness(house)
})

const tokenOf = (manageUrl: string) => manageUrl.split('/b/')[1]!
const book = async (slug: string, startsAt: string, name?: string) =>
  expectData(await business.visitor().mutate('bookings.book', bookingInput(slug, startsAt, name)))

describe('an offer that changes', () => {
  it('between hold and booking still takes all the time the booking needs', async () => {
    const { slug, offerId } = await makeBookable(house, business, { offer: { duration: 30, step: 30 } })
    const holder = business.visitor()
    const { hold } = expectData(
      await holder.mutate('holds.place', { offer: slug, startsAt: '2027-03-10T09:00:00Z' }),
    )
    expectData(await business.owner.mutate('offers.manage.update', { id: offerId, durationMinutes: 90 }))
    expectData(await holder.mutate('bookings.book', { ...bookingInput(slug, '2027-03-10T09:00:00Z'), hold }))
    const inside = await business
      .visitor()
      .mutate('bookings.book', bookingInput(slug, '2027-03-10T09:30:00Z', 'Second Client'))
    expect(inside).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN' } })
  })

  it('leaves a session the length it was booked with, also when it moves', async () => {
    const { slug, offerId } = await makeBookable(house, business, { offer: { duration: 120, step: 30 } })
    const { manageUrl } = await book(slug, '2027-03-10T09:00:00Z')
    expectData(await business.owner.mutate('offers.manage.update', { id: offerId, durationMinutes: 30 }))
    const past = await business
      .visitor()
      .mutate('bookings.reschedule', { token: tokenOf(manageUrl), startsAt: '2027-03-10T15:30:00Z' })
    expect(past).toMatchObject({ status: 409, error: { code: 'OUTSIDE_HOURS' } })
  })
})

describe('a coach among others', () => {
  it('keeps a session that would need the other coach’s approval', async () => {
    const { slug, offerId } = await makeBookable(house, business)
    const other = await addCoach(house, business, offerId, { allow_firm_booking: false })
    const { manageUrl } = expectData(
      await business.visitor().mutate('bookings.book', {
        ...bookingInput(slug, '2027-03-10T09:00:00Z'),
        coachId: business.coachId,
      }),
    )
    const asked = await business.visitor().mutate('bookings.reschedule', {
      token: tokenOf(manageUrl),
      startsAt: '2027-03-10T10:00:00Z',
      coachId: other,
    })
    expect(asked).toMatchObject({ status: 409, error: { code: 'COACH_CHANGE' } })
  })

  it('is free again for everybody when a visitor holds a time with another coach instead', async () => {
    const { slug, offerId } = await makeBookable(house, business)
    const other = await addCoach(house, business, offerId)
    const visitor = business.visitor()
    visitor.cookies.set('rapport_visitor', 'a-browser-known-by-now')
    const startsAt = '2027-03-10T09:00:00Z'
    const list = () =>
      business.visitor().query('slots.list', { offer: slug, coachId: business.coachId, ...DAY })
    expectData(await visitor.mutate('holds.place', { offer: slug, coachId: business.coachId, startsAt }))
    const held = expectData(await list()).slots.length
    expectData(await visitor.mutate('holds.place', { offer: slug, coachId: other, startsAt }))
    expect(expectData(await list()).slots).toHaveLength(held + 1)
  })

  it('gets one of two holds that a visitor places at once, and nobody a fault', async () => {
    const { slug, offerId } = await makeBookable(house, business)
    const other = await addCoach(house, business, offerId)
    const visitor = business.visitor()
    visitor.cookies.set('rapport_visitor', 'one-more-browser-known')
    const answers = await Promise.all(
      [business.coachId, other].map(coachId =>
        visitor.mutate('holds.place', { offer: slug, coachId, startsAt: '2027-03-10T09:00:00Z' }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  it('answers a key that is used at once for two of them with the reuse it is', async () => {
    const { slug, offerId } = await makeBookable(house, business)
    const other = await addCoach(house, business, offerId)
    for (let round = 0; round < 4; round++) {
      const input = bookingInput(slug, `2027-03-1${round}T09:00:00Z`)
      const answers = await Promise.all(
        [business.coachId, other].map(coachId =>
          business.visitor().mutate('bookings.book', { ...input, coachId }),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      expect(answers.find(({ status }) => status === 409)!.error!.code).toBe('IDEMPOTENCY_KEY_REUSED')
    }
  })
})

describe('a hold', () => {
  it('can’t be renewed on the same time from the same address, with or without a cookie', async () => {
    const { slug } = await makeBookable(house, business)
    const place = () =>
      business.visitor().mutate('holds.place', { offer: slug, startsAt: '2027-03-10T09:00:00Z' })
    expectData(await place())
    now = new Date(MORNING.getTime() + 10.1 * 60_000)
    expect(await place()).toMatchObject({ status: 429, error: { code: 'HOLDS' } })
  })

  it('given back and taken again lasts no longer than the first would have', async () => {
    const { slug } = await makeBookable(house, business)
    const visitor = business.visitor()
    visitor.cookies.set('rapport_visitor', 'a-browser-known-by-now')
    const at = (hour: string) => ({ offer: slug, startsAt: `2027-03-10T${hour}:00:00Z` })
    const first = expectData(await visitor.mutate('holds.place', at('09')))
    now = new Date(MORNING.getTime() + 60_000)
    expectData(await visitor.mutate('holds.place', at('10')))
    const again = expectData(await visitor.mutate('holds.place', at('09')))
    expect(again.expiresAt).toBe(first.expiresAt)
  })
})

describe('times next to each other', () => {
  it('keep the larger buffer when a cancellation is undone', async () => {
    const { slug, offerId } = await makeBookable(house, business, { offer: { buffer: 0 } })
    const { manageUrl } = await book(slug, '2027-03-10T09:00:00Z')
    expectData(await business.visitor().mutate('bookings.cancel', { token: tokenOf(manageUrl) }))
    expectData(await business.owner.mutate('offers.manage.update', { id: offerId, bufferMinutes: 60 }))
    await book(slug, '2027-03-10T10:00:00Z', 'Second Client')
    expect(await business.visitor().mutate('bookings.undo', { token: tokenOf(manageUrl) })).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN' },
    })
  })

  it('are both kept while a short move waits, buffer included', async () => {
    const { slug } = await makeBookable(house, business, {
      offer: { step: 15, buffer: 30 },
      coach: { firm_booking_threshold_hours: 400 },
    })
    const { id, manageUrl } = await book(slug, '2027-03-10T09:00:00Z')
    expectData(await business.owner.mutate('bookings.approve', { id }))
    expectData(
      await business
        .visitor()
        .mutate('bookings.reschedule', { token: tokenOf(manageUrl), startsAt: '2027-03-10T09:15:00Z' }),
    )
    const close = await business
      .visitor()
      .mutate('bookings.book', bookingInput(slug, '2027-03-10T10:30:00Z', 'Second Client'))
    expect(close.status).toBe(409)
    expectData(await business.owner.mutate('bookings.approve', { id }))
  })
})

describe('an answer', () => {
  it('counts for the time the coach saw, not for one asked for since', async () => {
    const { slug } = await makeBookable(house, business, { coach: { allow_firm_booking: false } })
    const { id, manageUrl, booking } = await book(slug, '2027-03-10T09:00:00Z')
    expectData(
      await business
        .visitor()
        .mutate('bookings.reschedule', { token: tokenOf(manageUrl), startsAt: '2027-03-12T09:00:00Z' }),
    )
    for (const [procedure, more] of [
      ['approve', {}],
      ['decline', { reason: 'No' }],
    ] as const) {
      const answer = await business.owner.mutate(`bookings.${procedure}`, {
        id,
        startsAt: booking.startsAt,
        ...more,
      })
      expect(answer).toMatchObject({
        status: 409,
        error: { code: 'CHANGED', startsAt: '2027-03-12T09:00:00.000Z' },
      })
    }
    expectData(await business.owner.mutate('bookings.approve', { id, startsAt: '2027-03-12T09:00:00Z' }))
  })

  it('by default is no when an outside calendar has taken the time meanwhile', async () => {
    const { slug } = await makeBookable(house, business, {
      coach: { allow_firm_booking: false, approval_timeout: 'approve' },
    })
    const { id, booking } = await book(slug, '2027-03-10T09:00:00Z')
    await inTenant(house.house.db, business.tenantId, trx =>
      trx
        .insertInto('external_busy')
        .values({
          tenant_id: business.tenantId,
          id,
          coach_id: business.coachId,
          starts_at: new Date('2027-03-10T09:30:00Z'),
          ends_at: new Date('2027-03-10T10:00:00Z'),
        })
        .execute(),
    )
    now = new Date(booking.answerBy)
    await timers.approval(
      house.house,
      { tenantId: business.tenantId, bookingId: id, answerBy: booking.answerBy, step: 'expire' },
      now,
    )
    expect(expectData(await business.owner.query('bookings.get', { id }))).toMatchObject({
      status: 'DECLINED',
    })
  })
})

describe('what staff may not do', () => {
  it('book or move into the past', async () => {
    const { slug } = await makeBookable(house, business)
    const { id } = await book(slug, '2027-03-10T09:00:00Z')
    const refused = { status: 409, error: { code: 'SESSION_PAST' } }
    expect(
      await business.owner.mutate('bookings.bookFor', bookingInput(slug, '2027-02-10T09:00:00Z')),
    ).toMatchObject(refused)
    expect(
      await business.owner.mutate('bookings.reschedule', { id, startsAt: '2027-02-10T09:00:00Z' }),
    ).toMatchObject(refused)
  })

  it('act as the client, write the client’s notes or decline in Rapport’s name', async () => {
    const { slug } = await makeBookable(house, business)
    const { id } = await book(slug, '2027-03-10T09:00:00Z')
    expect(expectData(await business.owner.query('bookings.get', { id }))).toMatchObject({
      manageUrl: null,
      calendar: { ics: null },
    })
    expect(await business.owner.mutate('bookings.saveNotes', { id, clientNotes: 'Forged' })).toMatchObject({
      status: 403,
    })
    expect(
      await business.owner.mutate('bookings.decline', { id, reason: 'No', code: 'approval_timeout' }),
    ).toMatchObject({
      status: 400,
      error: { field: 'code' },
    })
  })
})

it('a command repeated with its key gets the first answer, whichever it is', async () => {
  const { slug } = await makeBookable(house, business)
  const { manageUrl } = await book(slug, '2027-03-10T09:00:00Z')
  const token = tokenOf(manageUrl)
  expectData(await business.visitor().mutate('bookings.cancel', { token }))
  const again = { token, idempotencyKey: 'a-key-of-sixteen-or-more' }
  expectData(await business.visitor().mutate('bookings.undo', again))
  expectData(await business.visitor().mutate('bookings.undo', again))
})

it('a list’s cursor that is none is the caller’s fault', async () => {
  const answer = await business.owner.query('bookings.list', {
    cursor: '0.------------------------------------',
  })
  expect(answer).toMatchObject({ status: 400, error: { field: 'cursor' } })
})
