import type { CancellationTerms } from '@rapport/sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { CancellationRule } from '#server/domain/rules/policy.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const MONDAY = new Date('2027-03-01T06:00:00Z')
/** Of the slot: Wednesday of the week after. */
const START = '2027-03-10T09:00:00.000Z'
const LATER = '2027-03-18T10:00:00Z'

let now = MONDAY
let house: TestHouse
let business: Business
let offer: Bookable

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())

beforeEach(async () => {
  now = MONDAY
  business = await signUpBusiness(house)
  offer = await makeBookable(house, business, { offer: { price: 8000 } })
})

async function booked(input: object) {
  const answer = expectData(await business.visitor().mutate('bookings.book', input))
  return {
    id: answer.id as string,
    token: answer.manageUrl.split('/b/')[1] as string,
    booking: answer.booking,
  }
}

const bookSlot = () => booked(bookingInput(offer.slug, START))
const byClient = (token: string, procedure: string, more = {}) =>
  business.visitor().mutate(`bookings.${procedure}`, { token, ...more })
const seen = async (token: string) => expectData(await business.visitor().query('bookings.get', { token }))
const ahead = (hours: number) => new Date(Date.parse(START) - hours * 3_600_000)

async function publish(version: number, cancellation: CancellationRule[]) {
  await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .insertInto('policies')
      .values({
        ...{ tenant_id: business.tenantId, version, created_at: now },
        ...{ rules: '[]', cancellation: JSON.stringify(cancellation) },
      })
      .execute(),
  )
}

const half: CancellationTerms = {
  tiers: [
    { hoursBefore: 72, refundPercent: 100, keepsDeposit: false },
    { hoursBefore: 12, refundPercent: 50, keepsDeposit: false },
  ],
  graceMinutes: 0,
  noShowRefundPercent: 0,
  lateMove: { hoursBefore: 48, outcome: 'fee', feePercent: 25 },
}
const ofKind = (target: string, terms = half): CancellationRule => ({ scope: 'kind', target, terms })

describe('cancelling a session of one’s own', () => {
  it('is free until 24 hours before, and from then on costs the price, as the page says all along', async () => {
    const { token, booking } = await bookSlot()
    expect(booking).toMatchObject({
      feeMinor: 0,
      refundMinor: null,
      cancellation: {
        from: 'default',
        now: { refundMinor: 8000, feeMinor: 0 },
        timeline: [
          { until: ahead(24).toISOString(), refundMinor: 8000 },
          { from: ahead(24).toISOString(), until: START, refundMinor: 0, feeMinor: 8000 },
        ],
        lateMove: { outcome: 'ask', isLate: false, until: ahead(24).toISOString() },
      },
    })
    now = ahead(5)
    expect((await seen(token)).cancellation.now.sentence).toBe('No refund: it starts in 5 hours.')
    const { booking: gone } = expectData(await byClient(token, 'cancel', { reason: 'Ill' }))
    expect(gone).toMatchObject({
      status: 'CANCELLED',
      cancelledBy: 'client',
      cancelReason: 'Ill',
      feeMinor: 8000,
      refundMinor: 0,
      cancellation: { now: null, timeline: [] },
    })
  })

  it('never costs more than the client agreed to a moment ago', async () => {
    const { token } = await bookSlot()
    now = new Date(ahead(24).getTime() + 1)
    expect(await byClient(token, 'cancel', { agreedFeeMinor: 0 })).toMatchObject({
      status: 409,
      error: { code: 'FEE_CHANGED', feeMinor: 8000 },
    })
    expect((await seen(token)).status).toBe('FIRM_BOOKED')
    expect(await byClient(token, 'cancel', { agreedFeeMinor: 8000 })).toMatchObject({ status: 200 })
  })

  it('gives all back when the coach cancels, and nothing is owed any more once it is undone', async () => {
    const { id, token } = await bookSlot()
    now = ahead(2)
    expectData(await byClient(token, 'cancel'))
    expect(expectData(await byClient(token, 'undo')).booking).toMatchObject({
      status: 'FIRM_BOOKED',
      feeMinor: 0,
    })
    const { booking } = expectData(await business.owner.mutate('bookings.cancel', { id, reason: 'Flu' }))
    expect(booking).toMatchObject({ feeMinor: 0, refundMinor: 8000, cancelledBy: 'coach' })
    expect(await seen(token)).toMatchObject({ cancelReason: 'Flu', feeMinor: 0, refundMinor: 8000 })
  })

  it('costs nothing while it is a request, however late', async () => {
    const { token, booking } = await booked(bookingInput(offer.slug, '2027-03-01T12:00:00Z'))
    expect(booking).toMatchObject({ status: 'REQUESTED', cancellation: { now: { feeMinor: 0 } } })
    expect(expectData(await byClient(token, 'cancel')).booking).toMatchObject({
      feeMinor: 0,
      refundMinor: 8000,
    })
  })

  it('is held to the terms it was sold with, whatever the policy says later', async () => {
    await publish(1, [ofKind('1on1')])
    const { token } = await bookSlot()
    await publish(2, [{ scope: 'tenant', target: null, terms: { ...half, tiers: [] } }])
    const { token: next } = await booked(bookingInput(offer.slug, '2027-03-10T11:00:00Z'))
    now = ahead(30)
    expect(expectData(await byClient(token, 'cancel')).booking).toMatchObject({
      feeMinor: 4000,
      refundMinor: 4000,
      cancellation: { from: 'kind' },
    })
    expect(expectData(await byClient(next, 'cancel')).booking).toMatchObject({
      feeMinor: 8000,
      cancellation: { from: 'tenant' },
    })
  })

  it('is free for what was booked before there were terms', async () => {
    const { id, token } = await bookSlot()
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('bookings').set({ policy_snapshot: '{}' }).where('id', '=', id).execute(),
    )
    now = ahead(1)
    expect(expectData(await byClient(token, 'cancel')).booking).toMatchObject({
      feeMinor: 0,
      refundMinor: 8000,
    })
    expectData(await byClient(token, 'undo'))
    now = ahead(-1)
    const missed = expectData(
      await business.owner.mutate('bookings.markAttendance', { id, attendance: 'no_show' }),
    )
    // Nobody was promised anything back for staying away.
    expect(missed.booking).toMatchObject({ feeMinor: 0, refundMinor: null })
  })
})

describe('what is told before booking', () => {
  const ask = async (more = {}) =>
    expectData(await business.visitor().query('offers.cancellation', { offer: offer.slug, ...more }))

  it('are the terms in words, and by when what comes back', async () => {
    expect(await ask()).toMatchObject({
      sentences: [
        'Cancel free of charge until 24 hours before it starts.',
        'Later than that, nothing comes back.',
        /^Within 15 minutes/,
        'If you don’t come, nothing comes back.',
        'Moving it later than 24 hours before it starts is up to your coach.',
      ].map(text => (typeof text === 'string' ? text : expect.stringMatching(text))),
      timeline: [],
    })
    expect(await ask({ startsAt: START, priceMinor: 6000 })).toMatchObject({
      now: { refundMinor: 6000 },
      timeline: [{ until: ahead(24).toISOString() }, { refundMinor: 0, feeMinor: 6000 }],
    })
  })

  it('says so when the free time is over already', async () => {
    now = ahead(5)
    expect((await ask({ startsAt: START })).now).toEqual({
      refundMinor: 0,
      feeMinor: 8000,
      sentence: 'No refund: it starts in 5 hours.',
    })
  })

  it('follows a session’s own terms, and hides those of a private one', async () => {
    const terms = { minimum: { seats: 2, decidesDaysBefore: 10, otherwise: 'cancel' as const } } as never
    const workshop = await makeSession(house, business, { kind: 'workshop', dates: [LATER], terms })
    const of = (session: { slug: string; sessionId: string }) => ({
      offer: session.slug,
      sessionId: session.sessionId,
    })
    expect((await ask(of(workshop))).timeline[0].until).toBe('2027-03-08T10:00:00.000Z')
    const secret = await makeSession(house, business, { dates: [START], listing: 'private' })
    expect(await business.visitor().query('offers.cancellation', of(secret))).toMatchObject({ status: 404 })
  })
})

describe('the editor of terms', () => {
  it('is told what holds by itself for each kind and offer, and reads out what is typed', async () => {
    const { kinds, offers } = expectData(await business.owner.query('policies.usualTerms'))
    expect(kinds.map(({ id }: { id: string }) => id)).toEqual(['1on1', 'group', 'workshop'])
    expect(offers).toMatchObject([{ id: offer.offerId, terms: { tiers: [{ hoursBefore: 24 }] } }])
    const read = async (terms: object) =>
      expectData(await business.owner.query('policies.readTerms', { terms }))
    expect((await read(half)).sentences[0]).toBe('Cancel free of charge until 3 days before it starts.')
    expect(await read({ ...half, graceMinutes: null, noShowRefundPercent: 10 })).toMatchObject({
      sentences: null,
      problems: [{ field: 'graceMinutes' }],
    })
  })

  it('can keep terms in a draft and publish them for what is booked from then on', async () => {
    const document = { rules: [], cancellation: [ofKind('1on1')] }
    expectData(await business.owner.mutate('policies.saveDraft', { basedOn: 0, document }))
    expect((await bookSlot()).booking.cancellation.from).toBe('default')
    expectData(await business.owner.mutate('policies.publish', { basedOn: 0, note: 'Half back' }))
    const { booking } = await booked(bookingInput(offer.slug, '2027-03-10T11:00:00Z'))
    expect(booking.cancellation).toMatchObject({
      from: 'kind',
      timeline: [{ refundMinor: 8000 }, { refundMinor: 4000 }, { refundMinor: 0 }],
    })
  })
})

describe('a client’s late move', () => {
  it('is up to the coach, and the old time stands until the answer', async () => {
    const { id, token } = await bookSlot()
    now = ahead(10)
    const asked = expectData(await byClient(token, 'reschedule', { startsAt: LATER }))
    expect(asked).toMatchObject({
      outcome: 'awaiting_approval',
      booking: {
        startsAt: START,
        move: { status: 'pending', sentence: 'It starts soon, so your coach decides about moving it.' },
      },
    })
    expectData(await business.owner.mutate('bookings.approve', { id }))
    // Approved, hours count to the new start: that is the coach's own choice.
    expect((await seen(token)).cancellation.now).toMatchObject({ feeMinor: 0 })
  })

  it('may cost a fee, which stays when the moved session is then cancelled in good time', async () => {
    await publish(1, [ofKind('1on1')])
    const { token } = await bookSlot()
    now = ahead(40)
    expect(await byClient(token, 'reschedule', { startsAt: LATER, agreedFeeMinor: 0 })).toMatchObject({
      status: 409,
      error: { code: 'FEE_CHANGED', feeMinor: 2000 },
    })
    const { outcome, booking } = expectData(
      await byClient(token, 'reschedule', { startsAt: LATER, agreedFeeMinor: 2000 }),
    )
    expect([outcome, booking.feeMinor]).toEqual(['moved', 2000])
    expect(booking.cancellation.now).toMatchObject({ feeMinor: 2000, refundMinor: 6000 })
    expect(expectData(await byClient(token, 'cancel')).booking).toMatchObject({ feeMinor: 2000 })
    expect(expectData(await byClient(token, 'undo')).booking).toMatchObject({ feeMinor: 2000 })
  })

  it('costs its fee also where the coach is asked about the new time, once that is approved', async () => {
    await publish(1, [ofKind('1on1')])
    const { id, token } = await bookSlot()
    now = ahead(20)
    const to = { startsAt: '2027-03-10T11:00:00Z' }
    expect(await byClient(token, 'reschedule', { ...to, agreedFeeMinor: 0 })).toMatchObject({
      error: { code: 'FEE_CHANGED', feeMinor: 2000 },
    })
    const asked = expectData(await byClient(token, 'reschedule', { ...to, agreedFeeMinor: 2000 }))
    expect([asked.outcome, asked.booking.feeMinor]).toEqual(['awaiting_approval', 0])
    expect(expectData(await business.owner.mutate('bookings.approve', { id })).booking).toMatchObject({
      feeMinor: 2000,
      can: { waiveFee: true },
    })
  })

  it('may be refused, but never to the coach’s side, whose move lets the client off', async () => {
    const lateMove = { hoursBefore: 48, outcome: 'refuse' as const, feePercent: 0 }
    await publish(1, [{ scope: 'offer', target: offer.offerId, terms: { ...half, lateMove } }])
    const { id, token } = await bookSlot()
    now = ahead(40)
    expect(await byClient(token, 'reschedule', { startsAt: LATER })).toMatchObject({
      status: 409,
      error: { code: 'LATE_MOVE' },
    })
    const soon = '2027-03-09T09:00:00Z'
    expect(
      expectData(await business.owner.mutate('bookings.reschedule', { id, startsAt: soon })),
    ).toMatchObject({
      outcome: 'moved',
      booking: { feeMinor: 0 },
    })
    now = new Date('2027-03-09T08:00:00Z')
    expect(expectData(await byClient(token, 'cancel')).booking).toMatchObject({
      feeMinor: 0,
      refundMinor: 8000,
    })
  })
})

describe('a client who doesn’t come', () => {
  it('owes what the terms say for as long as the mark stands, unless staff waive it', async () => {
    const { id, token } = await bookSlot()
    now = new Date('2027-03-10T10:30:00Z')
    const mark = async (attendance: string | null) =>
      expectData(await business.owner.mutate('bookings.markAttendance', { id, attendance })).booking
    expect(await mark('no_show')).toMatchObject({ feeMinor: 8000, refundMinor: 0, can: { waiveFee: true } })
    expect(await mark(null)).toMatchObject({ feeMinor: 0, refundMinor: null, can: { waiveFee: false } })
    await mark('no_show')

    const reason = 'She was in hospital'
    const { booking } = expectData(await business.owner.mutate('bookings.waiveFee', { id, reason }))
    expect(booking).toMatchObject({
      feeMinor: 0,
      refundMinor: 8000,
      feeWaived: { amountMinor: 8000, reason, by: expect.any(String), at: now.toISOString() },
    })
    const { feeWaived } = await seen(token)
    expect(feeWaived).toEqual({ amountMinor: 8000, at: now.toISOString() })
    expect(await mark('no_show')).toMatchObject({ feeMinor: 0 })
    expect(await business.owner.mutate('bookings.waiveFee', { id, reason })).toMatchObject({
      status: 409,
      error: { code: 'NO_FEE' },
    })
    const { events } = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(events.map(({ sentence }: { sentence: string }) => sentence)).toContain('Fee waived')
  })
})

describe('seats', () => {
  const seat = (session: { sessionId: string }, more = {}) =>
    booked(seatInput(session.sessionId, 'Sara Seat', more))

  it('keep the deposit between the two deadlines of a workshop, and all of it after', async () => {
    const workshop = (date: string) =>
      makeSession(house, business, {
        kind: 'workshop',
        priceMinor: 20_000,
        dates: [date],
        terms: {
          maxSeatsPerBooking: 2,
          deposit: { amountMinor: 5000, balanceDaysBefore: 7 },
          minimum: {
            ...{ seats: 1, decidesDaysBefore: 30, otherwise: 'cancel', extendsDays: 7, showsProgress: true },
          },
        } as never,
      })
    const near = await seat(await workshop('2027-03-20T10:00:00Z'), { seats: 2 })
    expect(near.booking.cancellation.timeline).toMatchObject([
      { refundMinor: 40_000, until: '2027-03-01T06:15:00.000Z' },
      { refundMinor: 30_000, until: '2027-03-06T10:00:00.000Z' },
      { refundMinor: 0, feeMinor: 40_000, until: '2027-03-20T10:00:00.000Z' },
    ])
    now = new Date('2027-03-05T10:00:00Z')
    expect(expectData(await byClient(near.token, 'cancel')).booking).toMatchObject({
      feeMinor: 10_000,
      refundMinor: 30_000,
    })
  })

  it('can’t move to another date by themselves once cancelling costs; staff can move them', async () => {
    const group = await makeSession(house, business, { dates: [START] })
    const next = await makeSession(house, business, { offer: group, dates: [LATER] })
    const { id, token } = await seat(group)
    now = ahead(47)
    const to = { sessionId: next.sessionId }
    expect(await byClient(token, 'reschedule', to)).toMatchObject({
      status: 409,
      error: { code: 'LATE_MOVE' },
    })
    expectData(await business.owner.mutate('bookings.reschedule', { id, ...to }))
    expect((await seen(token)).cancellation.now).toMatchObject({ feeMinor: 0 })
  })

  it('of a session that staff move or cancel are free to give up', async () => {
    const group = await makeSession(house, business, { dates: [START] })
    const { token } = await seat(group)
    const other = await booked(seatInput(group.sessionId, 'Olaf Other'))
    now = ahead(20)
    const dates = [{ startsAt: '2027-03-10T12:00:00Z', endsAt: '2027-03-10T13:00:00Z' }]
    expectData(await business.owner.mutate('sessions.manage.update', { id: group.sessionId, dates }))
    expect(expectData(await byClient(token, 'cancel')).booking).toMatchObject({
      feeMinor: 0,
      refundMinor: 5000,
    })
    expectData(await business.owner.mutate('sessions.manage.cancel', { id: group.sessionId }))
    expect(await seen(other.token)).toMatchObject({ status: 'CANCELLED', feeMinor: 0, refundMinor: 5000 })
  })
})
