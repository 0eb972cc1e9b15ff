import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'

// A Monday morning in Berlin, before the hours begin.
const NOW = new Date('2027-03-01T06:00:00Z')
const at = (day: number, hour: string) => `2027-03-${String(day).padStart(2, '0')}T${hour}:00Z`

let house: TestHouse
let business: Business

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

describe('booking a slot', () => {
  it('is firm when the start is further ahead than the threshold, with every rule in the trace', async () => {
    const { slug } = await makeBookable(house, business)
    const booked = expectData(
      await business.visitor().mutate('bookings.book', bookingInput(slug, at(3, '08:00'))),
    )
    expect(booked).toMatchObject({
      status: 'FIRM_BOOKED',
      bookingType: 'FIRM_BOOKED',
      decision: { outcome: 'firm' },
    })
    expect(booked.decision.trace.map((line: { rule: string }) => line.rule)).toEqual(
      expect.arrayContaining(['allowFirmBooking', 'threshold', 'connection', 'limitDay', 'limitWeek']),
    )
    expect(booked.booking.confirmationTimestamp).toBe(NOW.toISOString())
    expect(booked.booking.coachNotes).toBeUndefined()
    expect(booked.manageUrl).toContain(`//${business.host}`)
  })

  it('is a request when it starts sooner than the threshold, and waits for the coach', async () => {
    const { slug } = await makeBookable(house, business, { coach: { approval_hours: 48 } })
    const booked = expectData(
      await business.visitor().mutate('bookings.book', bookingInput(slug, at(1, '12:00'))),
    )
    expect(booked).toMatchObject({
      status: 'REQUESTED',
      bookingType: 'REQUESTED',
      decision: { outcome: 'request' },
    })
    expect(booked.booking).toMatchObject({
      awaiting: 'coach',
      answerBy: '2027-03-01T11:00:00.000Z',
      confirmationTimestamp: null,
    })
    expect(booked.decision.sentence).toContain('instant booking')
  })

  it('takes the slot from the list, and refuses whoever comes second with three alternatives', async () => {
    const { slug } = await makeBookable(house, business)
    const day = { offer: slug, from: at(4, '00:00'), to: at(5, '00:00'), timeZone: 'Europe/Berlin' }
    const before = expectData(await business.visitor().query('slots.list', day))
    expect(before.slots).toHaveLength(8)
    expectData(await business.visitor().mutate('bookings.book', bookingInput(slug, at(4, '10:00'))))

    const after = expectData(await business.visitor().query('slots.list', day))
    expect(after.slots.map((slot: { startsAt: string }) => slot.startsAt)).not.toContain(
      '2027-03-04T10:00:00.000Z',
    )
    const second = await business
      .visitor()
      .mutate('bookings.book', bookingInput(slug, at(4, '10:00'), 'Second Client'))
    expect(second.status).toBe(409)
    expect(second.error).toMatchObject({ code: 'SLOT_TAKEN' })
    expect((second.error!.alternatives as { startsAt: string }[]).map(({ startsAt }) => startsAt)).toEqual([
      '2027-03-04T09:00:00.000Z',
      '2027-03-04T11:00:00.000Z',
      '2027-03-04T08:00:00.000Z',
    ])
  })

  it('sends a slot list again only when it has changed', async () => {
    const { slug } = await makeBookable(house, business)
    const input = encodeURIComponent(
      JSON.stringify({ offer: slug, from: at(9, '00:00'), to: at(10, '00:00') }),
    )
    const ask = (tag?: string) =>
      business
        .visitor()
        .send('GET', `/trpc/slots.list?input=${input}`, tag ? { headers: { 'if-none-match': tag } } : {})
    const first = await ask()
    const tag = first.headers.etag!
    expect(await ask(tag)).toMatchObject({ status: 304, body: '' })
    expectData(await business.visitor().mutate('bookings.book', bookingInput(slug, at(9, '10:00'))))
    const changed = await ask(tag)
    expect(changed.status).toBe(200)
    expect(changed.headers.etag).not.toBe(tag)
  })

  it('gives a repeated idempotency key the first answer, and refuses it with another body', async () => {
    const { slug } = await makeBookable(house, business)
    const input = bookingInput(slug, at(5, '10:00'))
    const first = expectData(await business.visitor().mutate('bookings.book', input))
    const again = expectData(await business.visitor().mutate('bookings.book', input))
    expect(again).toMatchObject({ id: first.id, manageUrl: first.manageUrl })
    const other = await business.visitor().mutate('bookings.book', { ...input, startsAt: at(5, '11:00') })
    expect(other).toMatchObject({ status: 409, error: { code: 'IDEMPOTENCY_KEY_REUSED' } })
  })

  it('lets exactly one of 100 parallel bookings have a slot, the others get alternatives quickly', async () => {
    const { slug } = await makeBookable(house, business)
    const callers = Array.from({ length: 100 }, (_, index) =>
      bookingInput(slug, at(8, '10:00'), `Racer ${index}`),
    )
    const answers = await Promise.all(callers.map(input => business.visitor().mutate('bookings.book', input)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const losers = answers.filter(({ status }) => status === 409)
    expect(losers).toHaveLength(99)
    for (const { error } of losers)
      expect(error).toMatchObject({ code: 'SLOT_TAKEN', alternatives: { length: 3 } })
  })
})
