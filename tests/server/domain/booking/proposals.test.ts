import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { brokenInvariants } from '#tests/faults/invariants.ts'
import { bookingInput } from '#tests/support/bookable.ts'
import { type Business, expectData } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { FIRST, openRequests, type Requests } from '#tests/support/requests.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const HOUR = 3_600_000
const [TEN, ELEVEN, TWELVE] = ['10', '11', '12'].map(hour => `2027-03-11T${hour}:00:00.000Z`) as [
  string,
  string,
  string,
]

let now = MORNING
let house: TestHouse
let requests: Requests
let business: Business

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = MORNING
  requests = await openRequests(house)
  business = requests.business
})

describe('other times that a coach suggests', () => {
  it('are held for the client, who takes one by one tap: confirmed there, the others free', async () => {
    const { id, token } = await requests.request()
    now = new Date(MORNING.getTime() + 12 * HOUR)
    const asked = await requests.owner('propose', {
      id,
      times: [TEN, ELEVEN],
      message: 'Mornings suit me better',
    })
    expect(asked).toMatchObject({
      status: 'REQUESTED',
      awaiting: 'client',
      answerBy: new Date(now.getTime() + 48 * HOUR).toISOString(),
      can: { approve: true, decline: true, withdrawProposals: true },
    })
    // Both are kept, though with the break between sessions they couldn't both be had.
    expect(await requests.startsOf('2027-03-11')).toEqual([
      '08:00',
      '08:30',
      '12:30',
      '13:00',
      '13:30',
      '14:00',
      '14:30',
      '15:00',
    ])

    const own = expectData(await business.visitor().query('bookings.get', { token }))
    expect(own.proposals).toMatchObject([
      { startsAt: TEN, position: 1, proposedBy: 'coach', status: 'open', message: 'Mornings suit me better' },
      { startsAt: ELEVEN, position: 2, status: 'open', endsAt: TWELVE },
    ])
    expect(own.can).toMatchObject({ acceptProposal: true, declineProposals: true, propose: false })

    const taken = await requests.client('acceptProposal', { token, proposalId: own.proposals[1].id })
    expect(taken).toMatchObject({
      status: 'CONFIRMED',
      awaiting: null,
      confirmedBy: 'client',
      confirmationTimestamp: now.toISOString(),
      bookingType: 'REQUESTED',
      startsAt: ELEVEN,
      proposals: [{ status: 'declined' }, { status: 'accepted' }],
      can: { acceptProposal: false },
    })
    expect(await requests.startsOf('2027-03-11')).toContain('09:30')
    expect(await requests.startsOf('2027-03-10')).toContain('09:00')
    const again = await business.visitor().mutate('bookings.acceptProposal', {
      token,
      proposalId: own.proposals[0].id,
    })
    expect(again).toMatchObject({ status: 409, error: { code: 'PROPOSAL_GONE' } })
  })

  it('stop the coach’s clock, which goes on with what was left when none fits', async () => {
    const { id, token } = await requests.request()
    now = new Date(MORNING.getTime() + 40 * HOUR)
    await requests.owner('propose', { id, times: [TEN] })
    const job = { tenantId: business.tenantId, bookingId: id, step: 'expire' as const }
    const coachsEnd = new Date(MORNING.getTime() + 48 * HOUR)
    now = new Date(coachsEnd.getTime() + HOUR)
    await timers.approval(house.house, { ...job, answerBy: coachsEnd.toISOString() }, now)
    expect(await requests.seen(id)).toMatchObject({ status: 'REQUESTED', awaiting: 'client' })

    const back = await requests.client('declineProposals', { token, message: 'I only have Mondays' })
    expect(back).toMatchObject({
      awaiting: 'coach',
      answerBy: new Date(now.getTime() + 8 * HOUR).toISOString(),
      proposals: [{ status: 'declined', answer: 'I only have Mondays' }],
    })
    expect(await requests.startsOf('2027-03-11')).toContain('10:00')
    now = new Date(now.getTime() + 8 * HOUR)
    await timers.approval(house.house, { ...job, answerBy: back.answerBy }, now)
    expect(await requests.seen(id)).toMatchObject({ status: 'DECLINED', declineCode: 'approval_timeout' })
  })

  it('run out after 48 hours, or before the session would be near, and then it is the coach’s turn', async () => {
    const { id } = await requests.request('2027-03-02T09:00:00Z')
    now = new Date('2027-03-02T06:00:00Z')
    // An hour before the start of the time asked for, whatever the one suggested.
    const { answerBy } = await requests.owner('propose', { id, times: ['2027-03-09T09:00:00Z'] })
    expect(answerBy).toBe('2027-03-02T08:00:00.000Z')
    now = new Date(Date.parse(answerBy) - 1000)
    await requests.ring(id)
    expect(await requests.seen(id)).toMatchObject({ awaiting: 'client' })
    now = new Date(answerBy)
    expect((await requests.seen(id)).proposals).toMatchObject([{ status: 'expired' }])
    await requests.ring(id)
    await requests.ring(id)
    const back = await requests.seen(id)
    expect(back).toMatchObject({ awaiting: 'coach', status: 'REQUESTED' })
    expect(Date.parse(back.answerBy)).toBeGreaterThan(now.getTime())
    expect(Date.parse(back.answerBy)).toBeLessThan(Date.parse(back.startsAt))
    const { events } = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(events.filter(({ name }: { name: string }) => name === 'booking.not_answered')).toHaveLength(1)
  })

  it('taken back, or answered by an approval, a decline or a withdrawal, are free again', async () => {
    const ends = [
      (id: string) => requests.owner('withdrawProposals', { id }),
      (id: string) => requests.owner('approve', { id }),
      (id: string) => requests.owner('decline', { id, reason: 'No' }),
      (_: string, token: string) => requests.client('cancel', { token }),
      (_: string, token: string) =>
        requests.client('reschedule', { token, startsAt: '2027-03-11T15:00:00Z' }),
    ]
    for (const [at, end] of ends.entries()) {
      const { id, token } = await requests.request(`2027-03-${12 + at}T09:00:00Z`, { name: `Client ${at}` })
      await requests.owner('propose', { id, times: [TEN, TWELVE] })
      const after = await end(id, token)
      expect(after.proposals.map(({ status }: { status: string }) => status)).not.toContain('open')
      expect(await requests.startsOf('2027-03-11')).toContain('12:00')
      await requests.owner('cancel', { id }).catch(() => {})
    }
  })

  it('for a confirmed booking leave it where it is until the client takes one', async () => {
    const { id, token } = await requests.request()
    await requests.owner('approve', { id })
    await requests.owner('propose', { id, times: ['2027-03-10T09:30:00Z', TEN] })
    const waiting = await requests.seen(id)
    expect(waiting).toMatchObject({ status: 'CONFIRMED', awaiting: null, startsAt: FIRST })
    const moved = await requests.client('acceptProposal', { token, proposalId: waiting.proposals[0].id })
    expect(moved).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: 'coach',
      startsAt: '2027-03-10T09:30:00.000Z',
      proposals: [{ status: 'accepted' }, { status: 'declined' }],
    })
    expect(await requests.startsOf('2027-03-11')).toContain('10:00')
  })

  it('are refused where they can’t be had, or say nothing new, and then nothing is held', async () => {
    const { id } = await requests.request()
    await requests.request(TEN, { name: 'Other Client' })
    const tried = async (times: string[]) => business.owner.mutate('bookings.propose', { id, times })
    expect(await tried([ELEVEN.replace('11:00', '14:00'), TEN])).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN', field: 'times', startsAt: TEN },
    })
    // Too near the request at ten.
    expect(await tried([ELEVEN])).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN', field: 'times', startsAt: ELEVEN },
    })
    expect(await tried([FIRST])).toMatchObject({ status: 409, error: { code: 'SAME_TIME' } })
    expect(await tried([TWELVE, TWELVE])).toMatchObject({ status: 409, error: { code: 'SAME_TIME' } })
    expect(await tried(['2027-02-01T09:00:00Z'])).toMatchObject({
      status: 409,
      error: { code: 'SESSION_PAST' },
    })
    expect(await tried([])).toMatchObject({ status: 400 })
    expect(await requests.startsOf('2027-03-11')).toContain('14:00')
  })

  it('an outside calendar has taken since can’t be taken any more, and the others still can', async () => {
    const { id, token } = await requests.request()
    const { proposals } = await requests.owner('propose', { id, times: [TEN, TWELVE] })
    await inTenant(house.house.db, business.tenantId, trx =>
      trx
        .insertInto('external_busy')
        .values({
          tenant_id: business.tenantId,
          id: crypto.randomUUID(),
          coach_id: business.coachId,
          starts_at: new Date(TEN),
          ends_at: new Date(ELEVEN),
        })
        .execute(),
    )
    const refused = await business
      .visitor()
      .mutate('bookings.acceptProposal', { token, proposalId: proposals[0].id })
    expect(refused).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN' } })
    const taken = await requests.client('acceptProposal', { token, proposalId: proposals[1].id })
    expect(taken).toMatchObject({ status: 'CONFIRMED', startsAt: TWELVE })
  })

  it('are taken by a second tap as by the first, but not once the session has gone elsewhere', async () => {
    const { id, token } = await requests.request()
    const { proposals } = await requests.owner('propose', { id, times: [TEN, TWELVE] })
    const tap = () =>
      business.visitor().mutate('bookings.acceptProposal', { token, proposalId: proposals[0].id })
    expect((await Promise.all([tap(), tap()])).map(({ status }) => status)).toEqual([200, 200])
    const { events } = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(events.filter(({ name }: { name: string }) => name === 'booking.confirmed')).toHaveLength(1)
    await requests.owner('reschedule', { id, startsAt: FIRST })
    expect(await tap()).toMatchObject({ status: 409, error: { code: 'PROPOSAL_GONE' } })
  })

  it('can be taken, as a move can be approved, after staff booked into the break behind them', async () => {
    const { id, token } = await requests.request()
    const { proposals } = await requests.owner('propose', { id, times: [TEN] })
    const atEleven = bookingInput(requests.offer, ELEVEN, 'Guest Client')
    expectData(await business.owner.mutate('bookings.bookFor', atEleven))
    const taken = await requests.client('acceptProposal', { token, proposalId: proposals[0].id })
    expect(taken).toMatchObject({ status: 'CONFIRMED', startsAt: TEN })

    await requests.client('reschedule', { token, startsAt: '2027-03-11T14:00:00Z' })
    const atThree = bookingInput(requests.offer, '2027-03-11T15:00:00Z', 'Guest Client')
    expectData(await business.owner.mutate('bookings.bookFor', atThree))
    expect(await requests.owner('approve', { id })).toMatchObject({ startsAt: '2027-03-11T14:00:00.000Z' })
    expect(await brokenInvariants(house.ownerUrl)).toEqual({})
  })

  it('aren’t for a client who is blocked since, and who isn’t told so', async () => {
    const { id, token } = await requests.request()
    const { proposals } = await requests.owner('propose', { id, times: [TEN] })
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('clients').set({ blocked_at: now }).execute(),
    )
    const refused = await business
      .visitor()
      .mutate('bookings.acceptProposal', { token, proposalId: proposals[0].id })
    expect(refused).toMatchObject({ status: 409, error: { code: 'PROPOSAL_GONE' } })
    expect(await requests.seen(id)).toMatchObject({ status: 'REQUESTED', proposals: [{ status: 'open' }] })
  })

  it('whose timer rings early, by another clock, are looked at again in time', async () => {
    const { id } = await requests.request()
    const { answerBy } = await requests.owner('propose', { id, times: [TEN] })
    const sent: { queue: string; startAfter: Date | undefined }[] = []
    const jobs = {
      ...house.house.jobs,
      async send(_: unknown, queue: string, __: unknown, options?: { startAfter?: Date }) {
        sent.push({ queue, startAfter: options?.startAfter })
      },
    }
    const early = new Date(Date.parse(answerBy) - 200)
    await timers.answer({ ...house.house, jobs }, { tenantId: business.tenantId, bookingId: id }, early)
    expect(sent).toEqual([{ queue: 'answer', startAfter: new Date(answerBy) }])
  })
})
