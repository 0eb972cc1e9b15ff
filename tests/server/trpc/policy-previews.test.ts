import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultSettings } from '#server/domain/rules/settings.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { asksFirst, draft, makeRule, publish } from '#tests/support/policies.ts'
import { makeSession } from '#tests/support/sessions.ts'

// A Monday morning in Berlin.
const NOW = new Date('2027-03-01T08:00:00Z')
const TUESDAY = '2027-03-09'
const at = (clock: string, day = TUESDAY) => `${day}T${clock}:00+01:00`

let house: TestHouse
let now = NOW
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())

/** A business that is open from 9 to 17, and what its clients booked, in this order. */
async function booked(starts: string[], settings: Parameters<typeof makeBookable>[2] = {}) {
  now = NOW
  const business = await signUpBusiness(house)
  const offer = await makeBookable(house, business, {
    ...{ coach: { buffer_minutes: 0 }, ...settings },
    offer: { step: 30, price: 5000, ...settings.offer },
  })
  for (const [number, startsAt] of starts.entries())
    await book(business, offer, startsAt, `Client ${number + 1}`)
  return { business, offer, settings: { ...defaultSettings, bufferMinutes: 0 } }
}

async function book({ visitor }: Business, { slug }: Bookable, startsAt: string, name: string) {
  const { booking } = expectData(await visitor().mutate('bookings.book', bookingInput(slug, startsAt, name)))
  return booking
}

interface Named {
  clientName: string | null
  reasons: { code: string; sentence: string }[]
}

/** Who would no longer fit, and why. */
async function impactOf({ owner }: Business, change: object): Promise<[string | null, ...string[]][]> {
  const { affected } = expectData(await owner.query('policies.impact', { change }))
  return affected.map(({ clientName, reasons }: Named) => [clientName, ...reasons.map(({ code }) => code)])
}

describe('the impact of a change', () => {
  test('fewer sessions a day: those made last would be too many, whatever the limit leads to', async () => {
    const { business, settings } = await booked([
      at('15:00'),
      at('09:00'),
      at('12:00'),
      at('12:00', '2027-03-10'),
    ])
    const change = (more: object) => ({
      of: 'settings',
      coachId: business.coachId,
      settings: { ...settings, ...more },
    })
    expect(await impactOf(business, change({ maxSessionsPerDay: 3 }))).toEqual([])
    expect(await impactOf(business, change({ maxSessionsPerDay: 2 }))).toEqual([['Client 3', 'LIMIT_DAY']])
    expect(await impactOf(business, change({ maxSessionsPerDay: 1, limitOutcome: 'request' }))).toEqual([
      ['Client 2', 'LIMIT_DAY'],
      ['Client 3', 'LIMIT_DAY'],
    ])
    expect(await impactOf(business, change({ maxSessionsPerWeek: 3 }))).toEqual([['Client 4', 'LIMIT_WEEK']])
  })

  test('a longer break, of a coach or of an offer: the later one of two that stand too close', async () => {
    const { business, offer, settings } = await booked([at('10:00'), at('11:30'), at('09:00')])
    const coach = { of: 'settings', coachId: business.coachId, settings: { ...settings, bufferMinutes: 30 } }
    expect(await impactOf(business, coach)).toEqual([['Client 3', 'BUFFER']])
    const ofOffer = (bufferMinutes: number) => ({ of: 'offer', id: offer.offerId, bufferMinutes })
    expect(await impactOf(business, ofOffer(45))).toEqual([
      ['Client 3', 'BUFFER'],
      ['Client 2', 'BUFFER'],
    ])
    expect(await impactOf(business, ofOffer(0))).toEqual([])
    const [first] = expectData(
      await business.owner.query('policies.impact', { change: ofOffer(45) }),
    ).affected
    expect(first.reasons[0].sentence).toBe('0 min to the session after, your buffer is 45 min.')
  })

  test('other hours, a date with its own, time off: what then lies outside, a session of many as a whole', async () => {
    const { business } = await booked([at('09:00'), at('15:00')])
    const { coachId } = business
    await makeSession(house, business, { dates: [at('11:00')] })
    const hours = [{ weekday: 2, startMinute: 12 * 60, endMinute: 18 * 60 }]
    expect(await impactOf(business, { of: 'week', coachId, hours })).toEqual([
      ['Client 1', 'OUTSIDE_HOURS'],
      [null, 'OUTSIDE_HOURS'],
    ])
    expect(
      await impactOf(business, { of: 'week', coachId, hours, timeZone: 'America/New_York' }),
    ).toHaveLength(3)
    const override = {
      of: 'override',
      coachId,
      date: TUESDAY,
      ranges: [{ startMinute: 540, endMinute: 720 }],
    }
    expect(await impactOf(business, override)).toEqual([['Client 2', 'OUTSIDE_HOURS']])
    const timeOff = { of: 'timeOff', coachId, startsAt: at('10:30'), endsAt: at('20:00') }
    expect(await impactOf(business, timeOff)).toEqual([
      [null, 'OUTSIDE_HOURS'],
      ['Client 2', 'OUTSIDE_HOURS'],
    ])
  })

  test('what doesn’t fit already isn’t named for it again', async () => {
    const { business } = await booked([at('09:00')])
    const { coachId, owner } = business
    const late = { of: 'week', coachId, hours: [{ weekday: 2, startMinute: 720, endMinute: 1080 }] }
    const { of: _of, ...saved } = late
    expectData(await owner.mutate('hours.saveWeek', saved))
    expect(await impactOf(business, { ...late, hours: [] })).toEqual([])
    expectData(
      await owner.mutate(
        'bookings.bookFor',
        bookingInput((await anyOffer(business)).slug, at('08:00'), 'By staff'),
      ),
    )
    expect(await impactOf(business, { ...late, hours: [] })).toEqual([])
  })

  test('a rule that refuses: by the time ahead and the client of when it was booked, in the rule’s words', async () => {
    const { business, offer } = await booked([at('09:00'), at('11:00')])
    const { owner } = business
    now = new Date('2027-03-08T08:00:00Z')
    await book(business, offer, at('14:00'), 'Client 3')
    const lateOnes = { fact: 'leadHours', operator: 'lessThan', value: 48 } as const
    const refuses = { restricts: { outcome: 'refuse', sentence: 'Two days ahead, please.' } } as const
    await draft(
      owner,
      makeRule({ title: 'Late', does: refuses, when: lateOnes }),
      makeRule({ does: asksFirst }),
    )
    const { affected } = expectData(await owner.query('policies.impact', { change: { of: 'draft' } }))
    expect(affected).toMatchObject([
      { clientName: 'Client 3', reasons: [{ code: 'RULE', sentence: '“Late”: Two days ahead, please.' }] },
    ])
    await draft(owner, makeRule({ does: { sets: { minimumNoticeMinutes: 2 * 1440 } } }))
    expect(await impactOf(business, { of: 'draft' })).toEqual([['Client 3', 'NOTICE']])
    expect(await impactOf(business, { of: 'version', version: 0 })).toEqual([])
    // Moved since, it counts by the time ahead it has there.
    expectData(
      await owner.mutate('bookings.reschedule', {
        id: affected[0].bookingId,
        startsAt: at('14:00', '2027-03-18'),
      }),
    )
    expect(await impactOf(business, { of: 'draft' })).toEqual([])
  })

  test('a coach is told of the own bookings, and may look at the own calendar only', async () => {
    const { business } = await booked([at('09:00')])
    const { api, coachId } = await signedIn(house, business, { role: 'coach' })
    await draft(api, makeRule({ does: { restricts: { outcome: 'refuse', sentence: 'Closed.' } } }))
    expect(expectData(await api.query('policies.impact', { change: { of: 'draft' } })).affected).toEqual([])
    const { error } = await api.query('policies.impact', {
      change: { of: 'week', coachId: business.coachId, hours: [] },
    })
    expect(error!.code).toBe('ROLE')
    expectData(await api.query('policies.impact', { change: { of: 'week', coachId, hours: [] } }))
    await draft(business.owner, makeRule({ does: { restricts: { outcome: 'refuse', sentence: 'Closed.' } } }))
    expect(await impactOf(business, { of: 'draft' })).toEqual([['Client 1', 'RULE']])
  })
})

async function anyOffer({ owner }: Business) {
  const { offers } = expectData(await owner.query('offers.manage.list'))
  return offers[0]
}

describe('the simulation of a change', () => {
  test('wins back whom the notice turned away, once for each visitor, and says what it is worth', async () => {
    const { business, offer } = await booked([at('09:00')], {
      offer: { step: 30, price: 5000, notice: 48 * 60 },
    })
    const { owner } = business
    const visitor = business.visitor()
    for (const clock of ['10:00', '10:00', '11:00']) {
      const { error } = await visitor.mutate(
        'bookings.book',
        bookingInput(offer.slug, at(clock, '2027-03-02'), 'Late Lena'),
      )
      expect(error!.code).toBe('NOTICE')
    }
    await draft(owner, makeRule({ does: { sets: { minimumNoticeMinutes: 0 } } }))
    const simulated = expectData(await owner.query('policies.simulate', { useDraft: true }))
    expect(simulated).toMatchObject({
      ...{ total: 3, judged: 3, decidedOtherwise: 0, nextCursor: null },
      counts: { firm: { firm: 1 }, refuse: { firm: 2, refuse: 0 } },
      money: [{ currency: 'EUR', gainedMinor: 10_000, lostMinor: 0, waitingMinor: 0 }],
    })
    expect(simulated.changed[0]).toMatchObject({
      ...{ offer: { title: 'Coaching' }, booking: null },
      before: { outcome: 'refuse' },
      after: { outcome: 'firm', sentence: 'Confirmed at once.' },
    })
  })

  test('of a discount says what it would cost, of other settings who would have to wait', async () => {
    const { business, settings } = await booked([at('09:00'), at('11:00')])
    const { owner, coachId } = business
    await draft(owner, makeRule({ does: { sets: { discountPercent: 10 } } }))
    const cheaper = expectData(await owner.query('policies.simulate', { useDraft: true }))
    expect(cheaper.counts.firm.firm).toBe(2)
    expect(cheaper.changed).toMatchObject([
      { before: { priceMinor: 5000 }, after: { priceMinor: 4500, outcome: 'firm' } },
      { after: { priceMinor: 4500 } },
    ])
    expect(cheaper.money).toEqual([{ currency: 'EUR', lostMinor: 1000, gainedMinor: 0, waitingMinor: 0 }])

    const other = { coachId, settings: { ...settings, allowFirmBooking: false } }
    const slower = expectData(await owner.query('policies.simulate', { useDraft: false, settings: other }))
    expect(slower.counts.firm.request).toBe(2)
    expect(slower.money[0].waitingMinor).toBe(10_000)
    const same = expectData(
      await owner.query('policies.simulate', { useDraft: false, settings: { coachId, settings } }),
    )
    expect(same.changed).toEqual([])
  })

  test('tells what was decided otherwise at the time, by rules that have changed since', async () => {
    const { business, offer } = await booked([at('09:00')])
    await publish(business.owner, makeRule({ does: asksFirst }))
    await book(business, offer, at('13:00'), 'Client 2')
    const { decidedOtherwise, changed, counts } = expectData(
      await business.owner.query('policies.simulate', { useDraft: true }),
    )
    expect([decidedOtherwise, changed, counts.request.request]).toEqual([1, [], 2])
  })

  test('shows a coach the own attempts only, and goes on where a cursor says', async () => {
    const { business } = await booked([at('09:00')])
    const { api } = await signedIn(house, business, { role: 'coach' })
    expect(expectData(await api.query('policies.simulate', {}))).toMatchObject({ total: 0, judged: 0 })
    const { error } = await api.query('policies.simulate', { cursor: 'nowhere' })
    expect(error!.code).toBe('BAD_INPUT')
    const past = `${NOW.getTime() + 1}.00000000-0000-7000-8000-000000000000`
    expect(expectData(await business.owner.query('policies.simulate', { cursor: past }))).toMatchObject({
      ...{ total: 1, judged: 0, nextCursor: null },
    })
  })
})
