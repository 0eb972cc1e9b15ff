import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { brokenInvariants } from '#tests/faults/invariants.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { openOutbox } from '#tests/support/outbox.ts'
import { makeSession } from '#tests/support/sessions.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const NINE = '2027-03-10T09:00:00.000Z'

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
  offer = await makeBookable(house, business, {
    coach: { allow_firm_booking: false, competing_requests: true, buffer_minutes: 15 },
    offer: { step: 30 },
  })
})

const tryToBook = (name: string, startsAt = NINE) =>
  business.visitor().mutate('bookings.book', bookingInput(offer.slug, startsAt, name))
async function request(name: string, startsAt = NINE) {
  const booked = expectData(await tryToBook(name, startsAt))
  return { id: booked.id as string, token: booked.manageUrl.split('/b/')[1] as string }
}
const owner = (procedure: string, input: Record<string, unknown>) =>
  business.owner.mutate(`bookings.${procedure}`, input)
const seen = async (id: string) => expectData(await business.owner.query('bookings.get', { id }))
const statuses = (ids: string[]) =>
  Promise.all(ids.map(async id => [(await seen(id)).status, (await seen(id)).declineCode]))

describe('requests that compete', () => {
  it('for one time are all taken, shown to staff, and the first approved wins', async () => {
    const first = await request('First Client')
    const second = await request('Second Client')
    // Too near, with the break between sessions.
    const third = await request('Third Client', '2027-03-10T10:00:00Z')
    const apart = await request('Fourth Client', '2027-03-10T11:30:00Z')
    expect(
      (await seen(first.id)).competing.map(({ clientName }: { clientName: string }) => clientName),
    ).toEqual(['Second Client', 'Third Client'])
    const own = expectData(await business.visitor().query('bookings.get', { token: first.token }))
    expect(own).not.toHaveProperty('competing')
    const week = { from: '2027-03-08T00:00:00Z', to: '2027-03-15T00:00:00Z' }
    const { bookings } = expectData(await business.owner.query('calendar.week', week))
    expect(bookings.map(({ competes }: { competes: boolean }) => competes)).toEqual([true, true, true, true])
    const { slots } = expectData(await business.owner.query('slots.list', { offer: offer.slug, ...week }))
    const tentative = slots.filter(({ status }: { status: string }) => status === 'tentative')
    expect(tentative.map(({ bookingId }: { bookingId: string }) => bookingId).sort()).toEqual(
      [first.id, second.id, third.id, apart.id].sort(),
    )

    expectData(await owner('approve', { id: second.id }))
    expect(await statuses([first.id, second.id, third.id, apart.id])).toEqual([
      ['DECLINED', 'competing_request'],
      ['CONFIRMED', null],
      ['DECLINED', 'competing_request'],
      ['REQUESTED', null],
    ])
    expect(await tryToBook('Late Client')).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN' } })
    expect(await owner('undo', { id: first.id })).toMatchObject({ status: 409, error: { code: 'UNDO_OVER' } })
  })

  it('lose against a booking that is confirmed at once, and are told of three other times', async () => {
    const { id } = await request('First Client')
    expectData(await owner('bookFor', bookingInput(offer.slug, NINE, 'Guest Client')))
    expect(await statuses([id])).toEqual([['DECLINED', 'competing_request']])
    const outbox = openOutbox(house, business)
    await outbox.dispatchAll()
    await outbox.sendDue()
    const mails = [...outbox.taken.values()]
    const told = mails.filter(({ subject }) => subject.startsWith('Not possible'))
    expect(told.map(({ to }) => to.address)).toEqual(['first.client@client.example'])
    expect(told[0]!.text).toContain('Somebody else got this time')
    expect(told[0]!.text.match(/\?at=2027-03-10T1[0-9]/g)?.length).toBeGreaterThanOrEqual(1)
    expect(told[0]!.text.match(/\?at=/g)).toHaveLength(3)
    expect(mails.filter(({ subject }) => subject.startsWith('Closed without'))).toEqual([])
  })

  it('lose against one that moves there, and against a suggested time that is taken', async () => {
    const { id, token } = await request('Moving Client')
    const rivals = [await request('Second Client', '2027-03-11T09:00:00Z')]
    expectData(await owner('approve', { id }))
    expectData(await owner('reschedule', { id, startsAt: '2027-03-11T09:00:00Z' }))
    rivals.push(await request('Third Client', '2027-03-12T09:00:00Z'))
    // The rival’s claim lets others in, so the coach may suggest its time to another.
    const { booking } = expectData(await owner('propose', { id, times: ['2027-03-12T09:30:00Z'] }))
    const proposalId = booking.proposals.at(-1).id
    expectData(await business.visitor().mutate('bookings.acceptProposal', { token, proposalId }))
    expect(await statuses(rivals.map(rival => rival.id))).toEqual([
      ['DECLINED', 'competing_request'],
      ['DECLINED', 'competing_request'],
    ])
  })

  it('lose against a session that the coach schedules', async () => {
    const { offerId } = await makeSession(house, business)
    const { id } = await request('First Client', '2027-03-13T14:00:00Z')
    expectData(
      await business.owner.mutate('sessions.manage.create', {
        ...{ offerId, coachIds: [business.coachId], dates: [{ startsAt: '2027-03-13T14:00:00Z' }] },
        ...{ listing: 'public', idempotencyKey: crypto.randomUUID() },
      }),
    )
    expect(await statuses([id])).toEqual([['DECLINED', 'competing_request']])
  })

  it('move without being in each other’s way, and are approved by themselves only where there is room', async () => {
    const first = await request('First Client')
    const second = await request('Second Client', '2027-03-11T09:00:00Z')
    const moved = await business
      .visitor()
      .mutate('bookings.reschedule', { token: second.token, startsAt: NINE })
    expect(moved).toMatchObject({ status: 200, data: { outcome: 'moved' } })
    expect((await seen(first.id)).competing).toMatchObject([{ id: second.id }])

    offer = await makeBookable(house, business, { coach: { approval_timeout: 'approve' } })
    const { answerBy } = await seen(first.id)
    now = new Date(answerBy)
    const job = { tenantId: business.tenantId, answerBy, step: 'expire' as const }
    await timers.approval(house.house, { ...job, bookingId: first.id }, now)
    await timers.approval(house.house, { ...job, bookingId: second.id }, now)
    expect(await statuses([first.id, second.id])).toEqual([
      ['CONFIRMED', null],
      ['DECLINED', 'competing_request'],
    ])
  })

  it('take no place in a day, and by the timer alone don’t go beyond the coach’s limit for it', async () => {
    offer = await makeBookable(house, business, {
      coach: { approval_timeout: 'approve', max_sessions_per_day: 1 },
    })
    const ids = [await request('Morning Client'), await request('Later Client', '2027-03-10T13:00:00Z')]
    for (const { id } of ids) {
      const { answerBy } = await seen(id)
      now = new Date(answerBy)
      const job = { tenantId: business.tenantId, bookingId: id, answerBy, step: 'expire' as const }
      await timers.approval(house.house, job, now)
    }
    expect(await statuses(ids.map(({ id }) => id))).toEqual([
      ['CONFIRMED', null],
      ['DECLINED', 'approval_timeout'],
    ])
  })

  it('restored by an undo compete again, unless the time is gone', async () => {
    const first = await request('First Client')
    const second = await request('Second Client')
    expectData(await owner('decline', { id: first.id, reason: 'A slip' }))
    expectData(await owner('undo', { id: first.id }))
    expect((await seen(first.id)).competing).toMatchObject([{ id: second.id }])
    expectData(await owner('decline', { id: first.id, reason: 'A slip' }))
    expectData(await owner('approve', { id: second.id }))
    expect(await owner('undo', { id: first.id })).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN' },
    })
  })

  it('asked for in bulk are previewed as what they come to: the first is approved, the others lose', async () => {
    const ids = [(await request('First Client')).id, (await request('Second Client')).id]
    const { answers } = expectData(
      await business.owner.query('bookings.previewAnswers', { ids, answer: 'approve' }),
    )
    expect(answers).toMatchObject([
      { id: ids[0], ok: true, declines: [{ id: ids[1], clientName: 'Second Client' }] },
      { id: ids[1], ok: false, code: 'COMPETING' },
    ])
    const { results } = expectData(await owner('answerMany', { ids, answer: 'approve' }))
    expect(results).toMatchObject([{ ok: true }, { ok: false, code: 'BOOKING_STATUS' }])
  })

  it('are previewed as taken, as they are, where a suggested time of another client is kept there', async () => {
    const { id } = await request('First Client')
    const other = await request('Second Client', '2027-03-11T09:00:00Z')
    expectData(await owner('propose', { id: other.id, times: ['2027-03-10T10:00:00Z'] }))
    const { answers } = expectData(
      await business.owner.query('bookings.previewAnswers', { ids: [id, other.id], answer: 'approve' }),
    )
    expect(answers).toMatchObject([{ ok: false, code: 'SLOT_TAKEN' }, { ok: true }])
    expect(await owner('approve', { id })).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN' } })
  })

  it('approved at once are won by exactly one, several times over', async () => {
    for (let round = 0; round < 5; round++) {
      const day = `2027-03-${12 + round}`
      const ids = await Promise.all(
        ['09:00', '09:30', '10:00', '09:00'].map(
          async (time, at) => (await request(`Client ${round} ${at}`, `${day}T${time}:00Z`)).id,
        ),
      )
      const answers = await Promise.all(ids.map(id => owner('approve', { id })))
      // The one at ten is clear of the two at nine but for the break, so it competes too.
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
      expect((await statuses(ids)).map(([status]) => status).sort()).toEqual([
        'CONFIRMED',
        'DECLINED',
        'DECLINED',
        'DECLINED',
      ])
    }
    expect(await brokenInvariants(house.ownerUrl)).toEqual({})
  })

  it('and a firm booking, a withdrawal and an approval at once leave one session at most', async () => {
    for (let round = 0; round < 4; round++) {
      const startsAt = `2027-03-${20 + round}T09:00:00Z`
      const one = await request(`One ${round}`, startsAt)
      const two = await request(`Two ${round}`, startsAt)
      const answers = await Promise.all([
        owner('approve', { id: one.id }),
        owner('bookFor', bookingInput(offer.slug, startsAt, `Firm ${round}`)),
        business.visitor().mutate('bookings.cancel', { token: two.token }),
        owner('approve', { id: two.id }),
      ])
      expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
      const { bookings } = expectData(
        await business.owner.query('bookings.list', {
          from: startsAt,
          to: new Date(Date.parse(startsAt) + 1000).toISOString(),
          status: ['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'],
        }),
      )
      const left = bookings.map(({ status }: { status: string }) => status)
      // None at all only where the withdrawal came after the approval, and so cancelled what had won.
      const withdrawn = await seen(two.id)
      const mayBeNone = withdrawn.status === 'CANCELLED' && withdrawn.confirmationTimestamp !== null
      expect(mayBeNone && left.length === 0 ? ['CONFIRMED'] : left).toEqual(['CONFIRMED'])
    }
    expect(await brokenInvariants(house.ownerUrl)).toEqual({})
  })
})

it('taking a suggested time, approving, withdrawing and time-outs at once leave one outcome', async () => {
  for (let round = 0; round < 6; round++) {
    now = new Date(MORNING.getTime() + round * 60_000)
    const { id, token } = await request(`Client ${round}`, `2027-03-1${round}T09:00:00Z`)
    const times = [`2027-03-1${round}T11:00:00Z`, `2027-03-1${round}T13:00:00Z`]
    const { booking } = expectData(await owner('propose', { id, times }))
    const accept = (at: number) =>
      business.visitor().mutate('bookings.acceptProposal', { token, proposalId: booking.proposals[at].id })
    const [first, second, ...others] = await Promise.all([
      accept(0),
      accept(1),
      owner('approve', { id }),
      business.visitor().mutate('bookings.cancel', { token }),
      owner('withdrawProposals', { id }),
    ])
    expect([first!, second!].filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    expect([first!, second!, ...others].every(({ status }) => status === 200 || status === 409)).toBe(true)
    const final = await seen(id)
    expect(['CONFIRMED', 'CANCELLED']).toContain(final.status)
    expect(final.proposals.map(({ status }: { status: string }) => status)).not.toContain('open')
  }
  expect(await brokenInvariants(house.ownerUrl)).toEqual({})
})
