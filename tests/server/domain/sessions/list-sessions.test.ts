import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession } from '#tests/support/sessions.ts'

const NOW = new Date('2027-03-01T08:00:00Z')

let house: TestHouse
let business: Business
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
})
afterAll(() => house.stop())

const list = async (offer: string, more: Record<string, unknown> = {}, api = business.visitor()) =>
  expectData(await api.query('sessions.list', { offer, ...more })).sessions

describe('the sessions of an offer', () => {
  it('say when they are, how many seats are left, what a seat costs and until when', async () => {
    const { sessionId, slug, offerId } = await makeSession(house, business, {
      kind: 'workshop',
      dates: ['2027-04-10T08:00:00Z', '2027-04-17T08:00:00Z'],
      minutes: 180,
      priceMinor: 30_000,
      terms: {
        capacity: 12,
        maxSeatsPerBooking: 3,
        closesHoursBefore: 48,
        phases: [
          { name: 'early_bird', priceMinor: 20_000, endsDaysBefore: 30, seats: 5 },
          { name: 'regular', priceMinor: 30_000, endsDaysBefore: null, seats: null },
        ],
        deposit: { amountMinor: 5_000, balanceDaysBefore: 14 },
        minimum: { seats: 6, decidesDaysBefore: 7, otherwise: 'ask', extendsDays: 7, showsProgress: true },
      },
    })
    expect(await list(slug)).toEqual([
      {
        id: sessionId,
        offerId,
        startsAt: '2027-04-10T08:00:00.000Z',
        endsAt: '2027-04-17T11:00:00.000Z',
        dates: [
          { startsAt: '2027-04-10T08:00:00.000Z', endsAt: '2027-04-10T11:00:00.000Z' },
          { startsAt: '2027-04-17T08:00:00.000Z', endsAt: '2027-04-17T11:00:00.000Z' },
        ],
        timeZone: 'Europe/Berlin',
        state: 'SCHEDULED',
        listing: 'public',
        format: 'online',
        venue: null,
        coaches: [{ id: business.coachId, name: expect.any(String), slug: expect.any(String) }],
        capacity: { total: 12, booked: 0, held: 0, available: 12, minimum: 6 },
        seats: [{ mode: 'any', total: 12, booked: 0, held: 0, available: 12 }],
        canBook: true,
        canJoinWaitlist: false,
        closesAt: '2027-04-08T08:00:00.000Z',
        maxSeatsPerBooking: 3,
        approval: false,
        price: {
          amountMinor: 20_000,
          currency: 'EUR',
          lines: [{ label: expect.any(String), amountMinor: 20_000 }],
          // 30 days before on the wall clock: 10:00 in Berlin, before the clocks changed.
          phase: { name: 'early_bird', until: '2027-03-11T09:00:00.000Z', seatsLeft: 5 },
          depositMinor: 5_000,
          balanceMinor: 15_000,
          balanceDueAt: '2027-03-27T09:00:00.000Z',
          phases: [
            { name: 'early_bird', priceMinor: 20_000, until: '2027-03-11T09:00:00.000Z', seats: 5 },
            { name: 'regular', priceMinor: 30_000, until: null, seats: null },
          ],
        },
        minimum: { seats: 6, taken: 0, decideBy: null, lapsesAt: null, decided: true, showsProgress: true },
        restrictions: [],
      },
    ])
  })

  it('are those of the next 365 days by start, unless a window is named', async () => {
    const offer = await makeSession(house, business, { dates: ['2027-05-02T08:00:00Z'] })
    const before = await makeSession(house, business, { offer, dates: ['2027-05-01T08:00:00Z'] })
    await makeSession(house, business, { offer, dates: ['2028-05-01T08:00:00Z'] })
    await makeSession(house, business, { offer, dates: ['2027-02-01T08:00:00Z'] })
    const ids = (sessions: { id: string }[]) => sessions.map(({ id }) => id)
    expect(ids(await list(offer.slug))).toEqual([before.sessionId, offer.sessionId])
    expect(
      ids(await list(offer.offerId, { from: '2027-05-01T09:00:00Z', to: '2027-05-03T00:00:00Z' })),
    ).toEqual([offer.sessionId])
  })

  it('are left out where this viewer may not see them, and found by link where unlisted', async () => {
    const offer = await makeSession(house, business, { listing: 'private', dates: ['2027-06-01T08:00:00Z'] })
    const unlisted = await makeSession(house, business, {
      offer,
      listing: 'unlisted',
      dates: ['2027-06-02T08:00:00Z'],
    })
    const connected = await makeSession(house, business, {
      offer,
      listing: 'connected',
      dates: ['2027-06-03T08:00:00Z'],
    })
    expect(await list(offer.slug)).toEqual([])

    const get = (session: string, more = {}) => business.visitor().query('sessions.get', { session, ...more })
    expect(expectData(await get(unlisted.sessionId))).toMatchObject({
      canBook: true,
      offer: { slug: offer.slug },
    })
    expect(await get(offer.sessionId)).toMatchObject({ status: 404 })
    expect(await get(connected.sessionId)).toMatchObject({ status: 403, error: { code: 'CONNECTED_ONLY' } })

    const { url } = expectData(
      await business.owner.query('coaches.personalLink', { coachId: business.coachId }),
    )
    const invite = new URL(url).searchParams.get('invite')!
    expect(await list(offer.slug, { invite })).toHaveLength(3)
    expect((await get(offer.sessionId, { invite })).status).toBe(200)
  })

  it('are none for an offer whose clients pick a time, and 404 for one that is unknown', async () => {
    expect(await business.visitor().query('sessions.list', { offer: 'nothing-here' })).toMatchObject({
      status: 404,
    })
  })
})

describe('a quote', () => {
  it('explains what several seats cost, seat by seat where two phases meet', async () => {
    const { sessionId } = await makeSession(house, business, {
      dates: ['2027-04-20T08:00:00Z'],
      terms: {
        maxSeatsPerBooking: 4,
        phases: [
          { name: 'early_bird', priceMinor: 2_000, endsDaysBefore: 10, seats: 2 },
          { name: 'regular', priceMinor: 3_000, endsDaysBefore: null, seats: null },
        ],
        groupDiscount: { seats: 3, percent: 10 },
      },
    })
    const quote = expectData(
      await business.visitor().query('sessions.quote', { session: sessionId, seats: 3 }),
    )
    expect(quote).toMatchObject({
      amountMinor: 6_300,
      lines: [{ amountMinor: 4_000 }, { amountMinor: 3_000 }, { amountMinor: -700 }],
      depositMinor: null,
      balanceMinor: 0,
    })
  })

  it('asks how somebody takes part in a hybrid session', async () => {
    const { sessionId } = await makeSession(house, business, {
      kind: 'workshop',
      dates: ['2027-04-21T08:00:00Z'],
      terms: {
        format: 'hybrid',
        capacity: 3,
        onlineCapacity: 20,
        venue: { address: 'Here 1', mapUrl: null, travelNote: '' },
      },
    })
    const quote = (more = {}) =>
      business.visitor().query('sessions.quote', { session: sessionId, seats: 1, ...more })
    expect(await quote()).toMatchObject({ status: 400, error: { code: 'MODE_MISSING', field: 'mode' } })
    expect((await quote({ mode: 'online' })).status).toBe(200)
  })
})

describe('the next session of each offer', () => {
  it('is the first that can be booked, else the first, of those in the list', async () => {
    const other = await signUpBusiness(house)
    const at = (hour: string) => ({ dates: [`2027-04-01T${hour}:00:00Z`] })
    const isClosed = { terms: { closesHoursBefore: 8760 } }
    const offer = await makeSession(house, other, { ...at('08'), ...isClosed })
    const open = await makeSession(house, other, { ...at('09'), offer })
    const closed = await makeSession(house, other, { ...at('10'), ...isClosed })
    await makeSession(house, other, { ...at('11'), listing: 'unlisted' })
    await makeSession(house, other, { ...at('12'), listing: 'private' })
    const { sessions } = expectData(await other.visitor().query('sessions.next'))
    expect(sessions).toHaveLength(2)
    expect(sessions).toContainEqual(
      expect.objectContaining({ id: open.sessionId, offerId: offer.offerId, canBook: true }),
    )
    expect(sessions).toContainEqual(expect.objectContaining({ id: closed.sessionId, canBook: false }))
  })
})
