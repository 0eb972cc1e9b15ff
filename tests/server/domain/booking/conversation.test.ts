import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { openOutbox } from '#tests/support/outbox.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const HOUR = 3_600_000
const FIRST = '2027-03-10T09:00:00.000Z'
const [TEN, ELEVEN, TWELVE] = ['10', '11', '12'].map(hour => `2027-03-11T${hour}:00:00.000Z`) as [
  string,
  string,
  string,
]

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
    coach: { allow_firm_booking: false, approval_hours: 48, buffer_minutes: 15 },
    offer: { step: 30 },
  })
})

async function request(startsAt = FIRST, more: Record<string, unknown> = {}) {
  const { name, ...input } = { name: 'Clara Client', ...more }
  const booked = expectData(
    await business
      .visitor()
      .mutate('bookings.book', { ...bookingInput(offer.slug, startsAt, name), ...input }),
  )
  return { id: booked.id as string, token: booked.manageUrl.split('/b/')[1] as string }
}

const owner = async (procedure: string, input: Record<string, unknown>) =>
  expectData(await business.owner.mutate(`bookings.${procedure}`, input)).booking
const client = async (procedure: string, input: Record<string, unknown>) =>
  expectData(await business.visitor().mutate(`bookings.${procedure}`, input)).booking
const seen = async (id: string) => expectData(await business.owner.query('bookings.get', { id }))
const ring = (bookingId: string) =>
  timers.answer(house.house, { tenantId: business.tenantId, bookingId }, now)

async function startsOf(day: string) {
  const from = `${day}T00:00:00Z`
  const to = new Date(Date.parse(from) + 86_400_000).toISOString()
  const { slots } = expectData(await business.visitor().query('slots.list', { offer: offer.slug, from, to }))
  return slots.map((slot: { startsAt: string }) => slot.startsAt.slice(11, 16))
}

describe('other times that a coach suggests', () => {
  it('are held for the client, who takes one by one tap: confirmed there, the others free', async () => {
    const { id, token } = await request()
    now = new Date(MORNING.getTime() + 12 * HOUR)
    const asked = await owner('propose', { id, times: [TEN, ELEVEN], message: 'Mornings suit me better' })
    expect(asked).toMatchObject({
      status: 'REQUESTED',
      awaiting: 'client',
      answerBy: new Date(now.getTime() + 48 * HOUR).toISOString(),
      can: { approve: true, decline: true, withdrawProposals: true },
    })
    // Both are kept, though with the break between sessions they couldn't both be had.
    expect(await startsOf('2027-03-11')).toEqual([
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

    const taken = await client('acceptProposal', { token, proposalId: own.proposals[1].id })
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
    expect(await startsOf('2027-03-11')).toContain('09:30')
    expect(await startsOf('2027-03-10')).toContain('09:00')
    const again = await business.visitor().mutate('bookings.acceptProposal', {
      token,
      proposalId: own.proposals[0].id,
    })
    expect(again).toMatchObject({ status: 409, error: { code: 'PROPOSAL_GONE' } })
  })

  it('stop the coach’s clock, which goes on with what was left when none fits', async () => {
    const { id, token } = await request()
    now = new Date(MORNING.getTime() + 40 * HOUR)
    await owner('propose', { id, times: [TEN] })
    const job = { tenantId: business.tenantId, bookingId: id, step: 'expire' as const }
    const coachsEnd = new Date(MORNING.getTime() + 48 * HOUR)
    now = new Date(coachsEnd.getTime() + HOUR)
    await timers.approval(house.house, { ...job, answerBy: coachsEnd.toISOString() }, now)
    expect(await seen(id)).toMatchObject({ status: 'REQUESTED', awaiting: 'client' })

    const back = await client('declineProposals', { token, message: 'I only have Mondays' })
    expect(back).toMatchObject({
      awaiting: 'coach',
      answerBy: new Date(now.getTime() + 8 * HOUR).toISOString(),
      proposals: [{ status: 'declined', answer: 'I only have Mondays' }],
    })
    expect(await startsOf('2027-03-11')).toContain('10:00')
    now = new Date(now.getTime() + 8 * HOUR)
    await timers.approval(house.house, { ...job, answerBy: back.answerBy }, now)
    expect(await seen(id)).toMatchObject({ status: 'DECLINED', declineCode: 'approval_timeout' })
  })

  it('run out after 48 hours, or before the session would be near, and then it is the coach’s turn', async () => {
    const { id } = await request('2027-03-02T09:00:00Z')
    now = new Date('2027-03-02T06:00:00Z')
    // An hour before the start of the time asked for, whatever the one suggested.
    const { answerBy } = await owner('propose', { id, times: ['2027-03-09T09:00:00Z'] })
    expect(answerBy).toBe('2027-03-02T08:00:00.000Z')
    now = new Date(Date.parse(answerBy) - 1000)
    await ring(id)
    expect(await seen(id)).toMatchObject({ awaiting: 'client' })
    now = new Date(answerBy)
    expect((await seen(id)).proposals).toMatchObject([{ status: 'expired' }])
    await ring(id)
    await ring(id)
    const back = await seen(id)
    expect(back).toMatchObject({ awaiting: 'coach', status: 'REQUESTED' })
    expect(Date.parse(back.answerBy)).toBeGreaterThan(now.getTime())
    expect(Date.parse(back.answerBy)).toBeLessThan(Date.parse(back.startsAt))
    const { events } = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(events.filter(({ name }: { name: string }) => name === 'booking.not_answered')).toHaveLength(1)
  })

  it('taken back, or answered by an approval, a decline or a withdrawal, are free again', async () => {
    const ends = [
      (id: string) => owner('withdrawProposals', { id }),
      (id: string) => owner('approve', { id }),
      (id: string) => owner('decline', { id, reason: 'No' }),
      (_: string, token: string) => client('cancel', { token }),
      (_: string, token: string) => client('reschedule', { token, startsAt: '2027-03-11T15:00:00Z' }),
    ]
    for (const [at, end] of ends.entries()) {
      const { id, token } = await request(`2027-03-${12 + at}T09:00:00Z`, { name: `Client ${at}` })
      await owner('propose', { id, times: [TEN, TWELVE] })
      const after = await end(id, token)
      expect(after.proposals.map(({ status }: { status: string }) => status)).not.toContain('open')
      expect(await startsOf('2027-03-11')).toContain('12:00')
      await owner('cancel', { id }).catch(() => {})
    }
  })

  it('for a confirmed booking leave it where it is until the client takes one', async () => {
    const { id, token } = await request()
    await owner('approve', { id })
    await owner('propose', { id, times: ['2027-03-10T09:30:00Z', TEN] })
    const waiting = await seen(id)
    expect(waiting).toMatchObject({ status: 'CONFIRMED', awaiting: null, startsAt: FIRST })
    const moved = await client('acceptProposal', { token, proposalId: waiting.proposals[0].id })
    expect(moved).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: 'coach',
      startsAt: '2027-03-10T09:30:00.000Z',
      proposals: [{ status: 'accepted' }, { status: 'declined' }],
    })
    expect(await startsOf('2027-03-11')).toContain('10:00')
  })

  it('are refused where they can’t be had, or say nothing new, and then nothing is held', async () => {
    const { id } = await request()
    await request(TEN, { name: 'Other Client' })
    const tried = async (times: string[]) => business.owner.mutate('bookings.propose', { id, times })
    expect(await tried([ELEVEN.replace('11:00', '14:00'), TEN])).toMatchObject({
      status: 409,
      error: { code: 'SLOT_TAKEN', field: 'times', startsAt: TEN },
    })
    expect(await tried([FIRST])).toMatchObject({ status: 409, error: { code: 'SAME_TIME' } })
    expect(await tried([TWELVE, TWELVE])).toMatchObject({ status: 409, error: { code: 'SAME_TIME' } })
    expect(await tried(['2027-02-01T09:00:00Z'])).toMatchObject({
      status: 409,
      error: { code: 'SESSION_PAST' },
    })
    expect(await tried([])).toMatchObject({ status: 400 })
    expect(await startsOf('2027-03-11')).toContain('14:00')
  })

  it('an outside calendar has taken since can’t be taken any more, and the others still can', async () => {
    const { id, token } = await request()
    const { proposals } = await owner('propose', { id, times: [TEN, TWELVE] })
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
    const taken = await client('acceptProposal', { token, proposalId: proposals[1].id })
    expect(taken).toMatchObject({ status: 'CONFIRMED', startsAt: TWELVE })
  })
})

describe('a question before the answer', () => {
  it('waits for the client while the coach’s clock stands, then goes back with the answer', async () => {
    const { id, token } = await request()
    now = new Date(MORNING.getTime() + 47.5 * HOUR)
    const asked = await owner('ask', { id, question: 'What is it about?' })
    expect(asked).toMatchObject({
      awaiting: 'client',
      questions: [{ question: 'What is it about?', answer: null }],
      can: { ask: false, withdrawQuestion: true },
    })
    expect(await business.owner.mutate('bookings.ask', { id, question: 'And?' })).toMatchObject({
      status: 409,
      error: { code: 'QUESTION_OPEN' },
    })
    now = new Date(now.getTime() + 10 * HOUR)
    const answered = await client('answerQuestion', { token, answer: 'My new job' })
    expect(answered).toMatchObject({
      awaiting: 'coach',
      // Half an hour was left: an hour at least.
      answerBy: new Date(now.getTime() + HOUR).toISOString(),
      questions: [{ answer: 'My new job' }],
    })
    const again = await business.visitor().mutate('bookings.answerQuestion', { token, answer: 'Again' })
    expect(again).toMatchObject({ status: 409, error: { code: 'QUESTION_GONE' } })
  })

  it('is taken back by the coach, or runs out', async () => {
    const { id } = await request()
    await owner('ask', { id, question: 'What is it about?' })
    expect(await owner('withdrawQuestion', { id })).toMatchObject({ awaiting: 'coach', can: { ask: true } })
    const { answerBy } = await owner('ask', { id, question: 'Really, what?' })
    now = new Date(answerBy)
    await ring(id)
    const back = await seen(id)
    expect(back).toMatchObject({ awaiting: 'coach', can: { ask: true, approve: true } })
    expect(back.questions.every(({ endedAt }: { endedAt: string | null }) => endedAt !== null)).toBe(true)
  })

  it('of a request that is declined meanwhile leaves the coach, who undoes it, what was left of the time', async () => {
    const { id } = await request()
    now = new Date(MORNING.getTime() + 20 * HOUR)
    await owner('ask', { id, question: 'What is it about?' })
    now = new Date(now.getTime() + 5 * HOUR)
    await owner('decline', { id, reason: 'A slip' })
    expect(await owner('undo', { id })).toMatchObject({
      status: 'REQUESTED',
      awaiting: 'coach',
      answerBy: new Date(now.getTime() + 28 * HOUR).toISOString(),
    })
  })

  it('is for clients to answer and for coaches to ask', async () => {
    const { id, token } = await request()
    await owner('ask', { id, question: 'What is it about?' })
    const byCoach = await business.owner.mutate('bookings.answerQuestion', { id, answer: 'I say' })
    expect(byCoach).toMatchObject({ status: 403, error: { code: 'CLIENT_ONLY' } })
    await client('cancel', { token })
    const late = await business.visitor().mutate('bookings.answerQuestion', { token, answer: 'Too late' })
    expect(late).toMatchObject({ status: 409, error: { code: 'QUESTION_GONE' } })
    expect(await business.owner.mutate('bookings.ask', { id, question: 'Why?' })).toMatchObject({
      status: 409,
      error: { code: 'BOOKING_STATUS' },
    })
  })
})

describe('a client’s second and third choice', () => {
  it('come with the request, aren’t held, and are approved by one tap', async () => {
    const { id } = await request(FIRST, { alternatives: [TEN, TWELVE] })
    expect(await startsOf('2027-03-11')).toContain('10:00')
    await request(TEN, { name: 'Other Client' })
    const asked = await seen(id)
    expect(asked.proposals).toMatchObject([
      { startsAt: TEN, position: 2, proposedBy: 'client', status: 'open', isFree: false },
      { startsAt: TWELVE, position: 3, status: 'open', isFree: true },
    ])
    const taken = await business.owner.mutate('bookings.approve', { id, proposalId: asked.proposals[0].id })
    expect(taken).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN' } })
    const approved = await owner('approve', { id, proposalId: asked.proposals[1].id })
    expect(approved).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: 'coach',
      startsAt: TWELVE,
      proposals: [{ status: 'withdrawn' }, { status: 'accepted' }],
    })
    expect(await startsOf('2027-03-10')).toContain('09:00')
  })

  it('must be times that could be had, each another one', async () => {
    const tried = (alternatives: string[]) =>
      business.visitor().mutate('bookings.book', { ...bookingInput(offer.slug, FIRST), alternatives })
    expect(await tried([TEN, '2027-03-11T03:00:00Z'])).toMatchObject({
      status: 409,
      error: { code: 'OUTSIDE_HOURS', field: 'alternatives.1' },
    })
    expect(await tried([FIRST])).toMatchObject({ status: 409, error: { code: 'SAME_TIME' } })
    expect(await tried([TEN, ELEVEN, TWELVE])).toMatchObject({ status: 400 })
  })
})

describe('one answer to several requests', () => {
  it('is previewed and given one by one: what can’t be answered keeps none from it', async () => {
    const first = await request()
    const second = await request(TEN, { name: 'Second Client' })
    await client('cancel', { token: second.token })
    const third = await request(TWELVE, { name: 'Third Client' })
    const ids = [first.id, second.id, third.id]
    const { answers } = expectData(
      await business.owner.query('bookings.previewAnswers', { ids, answer: 'approve' }),
    )
    expect(answers).toMatchObject([
      { id: first.id, ok: true, clientName: 'Clara Client', code: null },
      { id: second.id, ok: false, code: 'BOOKING_STATUS' },
      { id: third.id, ok: true },
    ])
    const many = { ids, answer: 'approve', idempotencyKey: 'one-answer-to-all-of-them' }
    const { results } = expectData(await business.owner.mutate('bookings.answerMany', many))
    expect(results).toMatchObject([
      { id: first.id, ok: true, status: 'CONFIRMED' },
      { id: second.id, ok: false, code: 'BOOKING_STATUS' },
      { id: third.id, ok: true, status: 'CONFIRMED' },
    ])
    expect(expectData(await business.owner.mutate('bookings.answerMany', many)).results).toEqual(results)
    const unsaid = await business.owner.mutate('bookings.answerMany', { ids, answer: 'decline' })
    expect(unsaid).toMatchObject({ status: 400, error: { field: 'reason' } })
  })
})

it('what was said reaches the other side by mail, with a link for each time', async () => {
  const outbox = openOutbox(house, business)
  const subjects = async () => {
    outbox.taken.clear()
    await outbox.dispatchAll()
    await outbox.sendDue()
    return new Map(
      [...outbox.taken.values()].map(mail => [`${mail.to.address.split('@')[0]}: ${mail.subject}`, mail]),
    )
  }
  const find = (mails: Awaited<ReturnType<typeof subjects>>, words: string) =>
    [...mails.values()].find(({ subject }) => subject.includes(words))!
  const { id, token } = await request(FIRST, { alternatives: [TWELVE] })
  expect(find(await subjects(), 'Please decide').text).toContain('Or else')

  await owner('ask', { id, question: 'What is it about?' })
  const question = find(await subjects(), 'has a question')
  expect(question.text).toContain('What is it about?')
  expect(question.text).toContain(`/b/${token}#question`)

  await client('answerQuestion', { token, answer: 'My new job' })
  expect(find(await subjects(), 'Answered').text).toContain('My new job')

  const { proposals } = await owner('propose', { id, times: [TEN, ELEVEN], message: 'Rather these' })
  const suggested = find(await subjects(), 'suggests other times')
  expect(suggested.text).toContain('Rather these')
  const links = proposals
    .filter(({ proposedBy }: { proposedBy: string }) => proposedBy === 'coach')
    .map((proposal: { id: string }) => `/b/${token}?proposal=${proposal.id}`)
  expect(links).toHaveLength(2)
  for (const link of links) expect(suggested.text).toContain(link)

  await client('declineProposals', { token, message: 'Only Mondays' })
  expect(find(await subjects(), 'None fits').text).toContain('Only Mondays')

  const { answerBy } = await owner('propose', { id, times: [TEN] })
  await subjects()
  now = new Date(answerBy)
  await ring(id)
  expect(find(await subjects(), 'No answer yet').text).toContain('The times you suggested have run out')

  const last = await owner('propose', { id, times: [ELEVEN] })
  await client('acceptProposal', { token, proposalId: last.proposals.at(-1).id })
  const mails = await subjects()
  expect([...mails.keys()].filter(key => key.includes('Confirmed:'))).toHaveLength(2)
  expect([...mails.keys()].filter(key => key.includes('Moved'))).toEqual([])
  expect(find(mails, 'Confirmed: Clara').text).toContain('takes a time you suggested')
})
