import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookingInput } from '#tests/support/bookable.ts'
import { type Business, expectData } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { openOutbox } from '#tests/support/outbox.ts'
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

describe('a question before the answer', () => {
  it('waits for the client while the coach’s clock stands, then goes back with the answer', async () => {
    const { id, token } = await requests.request()
    now = new Date(MORNING.getTime() + 47.5 * HOUR)
    const asked = await requests.owner('ask', { id, question: 'What is it about?' })
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
    const answered = await requests.client('answerQuestion', { token, answer: 'My new job' })
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
    const { id } = await requests.request()
    await requests.owner('ask', { id, question: 'What is it about?' })
    expect(await requests.owner('withdrawQuestion', { id })).toMatchObject({
      awaiting: 'coach',
      can: { ask: true },
    })
    const { answerBy } = await requests.owner('ask', { id, question: 'Really, what?' })
    now = new Date(answerBy)
    await requests.ring(id)
    const back = await requests.seen(id)
    expect(back).toMatchObject({ awaiting: 'coach', can: { ask: true, approve: true } })
    expect(back.questions.every(({ endedAt }: { endedAt: string | null }) => endedAt !== null)).toBe(true)
  })

  it('of a request that is declined meanwhile leaves the coach, who undoes it, what was left of the time', async () => {
    const { id } = await requests.request()
    now = new Date(MORNING.getTime() + 20 * HOUR)
    await requests.owner('ask', { id, question: 'What is it about?' })
    now = new Date(now.getTime() + 5 * HOUR)
    await requests.owner('decline', { id, reason: 'A slip' })
    expect(await requests.owner('undo', { id })).toMatchObject({
      status: 'REQUESTED',
      awaiting: 'coach',
      answerBy: new Date(now.getTime() + 28 * HOUR).toISOString(),
    })
  })

  it('is for clients to answer and for coaches to ask', async () => {
    const { id, token } = await requests.request()
    await requests.owner('ask', { id, question: 'What is it about?' })
    const byCoach = await business.owner.mutate('bookings.answerQuestion', { id, answer: 'I say' })
    expect(byCoach).toMatchObject({ status: 403, error: { code: 'CLIENT_ONLY' } })
    await requests.client('cancel', { token })
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
    const { id } = await requests.request(FIRST, { alternatives: [TEN, TWELVE] })
    expect(await requests.startsOf('2027-03-11')).toContain('10:00')
    await requests.request(TEN, { name: 'Other Client' })
    const asked = await requests.seen(id)
    expect(asked.proposals).toMatchObject([
      { startsAt: TEN, position: 2, proposedBy: 'client', status: 'open', isFree: false },
      { startsAt: TWELVE, position: 3, status: 'open', isFree: true },
    ])
    const taken = await business.owner.mutate('bookings.approve', { id, proposalId: asked.proposals[0].id })
    expect(taken).toMatchObject({ status: 409, error: { code: 'SLOT_TAKEN' } })
    const approved = await requests.owner('approve', { id, proposalId: asked.proposals[1].id })
    expect(approved).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: 'coach',
      startsAt: TWELVE,
      proposals: [{ status: 'withdrawn' }, { status: 'accepted' }],
    })
    expect(await requests.startsOf('2027-03-10')).toContain('09:00')
  })

  it('come back with a request whose decline is undone, though not what was suggested instead', async () => {
    const { id } = await requests.request(FIRST, { alternatives: [TEN] })
    await requests.owner('propose', { id, times: [TWELVE] })
    await requests.owner('decline', { id, reason: 'A slip' })
    expect(await requests.owner('undo', { id })).toMatchObject({
      proposals: [
        { startsAt: TEN, proposedBy: 'client', status: 'open' },
        { startsAt: TWELVE, status: 'withdrawn' },
      ],
    })
  })

  it('must be times that could be had, each another one', async () => {
    const tried = (alternatives: string[]) =>
      business.visitor().mutate('bookings.book', { ...bookingInput(requests.offer, FIRST), alternatives })
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
    const first = await requests.request()
    const second = await requests.request(TEN, { name: 'Second Client' })
    await requests.client('cancel', { token: second.token })
    const third = await requests.request(TWELVE, { name: 'Third Client' })
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

  it('is for the times that were seen: one that its client has changed since is left open', async () => {
    const first = await requests.request()
    const second = await requests.request(TEN, { name: 'Second Client' })
    await requests.client('reschedule', { token: second.token, startsAt: TWELVE })
    const startsAt = { [first.id]: FIRST, [second.id]: TEN }
    const many = { ids: [first.id, second.id, first.id], answer: 'approve', startsAt }
    const { results } = expectData(await business.owner.mutate('bookings.answerMany', many))
    expect(results).toMatchObject([
      { id: first.id, ok: true },
      { id: second.id, ok: false, code: 'CHANGED' },
    ])
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
  const { id, token } = await requests.request(FIRST, { alternatives: [TWELVE] })
  expect(find(await subjects(), 'Please decide').text).toContain('Or else')

  await requests.owner('ask', { id, question: 'What is it about?' })
  const question = find(await subjects(), 'has a question')
  expect(question.text).toContain('What is it about?')
  expect(question.text).toContain(`/b/${token}#question`)

  await requests.client('answerQuestion', { token, answer: 'My new job' })
  expect(find(await subjects(), 'Answered').text).toContain('My new job')

  const { proposals } = await requests.owner('propose', { id, times: [TEN, ELEVEN], message: 'Rather these' })
  const suggested = find(await subjects(), 'suggests other times')
  expect(suggested.text).toContain('Rather these')
  const links = proposals
    .filter(({ proposedBy }: { proposedBy: string }) => proposedBy === 'coach')
    .map((proposal: { id: string }) => `/b/${token}?proposal=${proposal.id}`)
  expect(links).toHaveLength(2)
  for (const link of links) expect(suggested.text).toContain(link)

  await requests.client('declineProposals', { token, message: 'Only Mondays' })
  expect(find(await subjects(), 'None fits').text).toContain('Only Mondays')

  const { answerBy } = await requests.owner('propose', { id, times: [TEN] })
  await subjects()
  now = new Date(answerBy)
  await requests.ring(id)
  expect(find(await subjects(), 'No answer yet').text).toContain('The times you suggested have run out')

  const last = await requests.owner('propose', { id, times: [ELEVEN] })
  await requests.client('acceptProposal', { token, proposalId: last.proposals.at(-1).id })
  const mails = await subjects()
  expect([...mails.keys()].filter(key => key.includes('Confirmed:'))).toHaveLength(2)
  expect([...mails.keys()].filter(key => key.includes('Moved'))).toEqual([])
  expect(find(mails, 'Confirmed: Clara').text).toContain('takes a time you suggested')
})
