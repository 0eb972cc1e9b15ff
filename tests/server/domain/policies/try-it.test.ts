import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Condition } from '#server/domain/rules/conditions.ts'
import type { Rule } from '#server/domain/rules/policy.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type SignedIn, signedIn } from '#tests/support/people.ts'
import { draft, publish } from '#tests/support/policies.ts'
import { rule, standRules, tag } from '#tests/support/policy.ts'
import { makeSession } from '#tests/support/sessions.ts'

const NOW = new Date('2027-03-01T08:00:00Z')
const FROM = Date.parse('2027-03-02T00:00:00Z')
const HOUR = 3_600_000

let house: TestHouse
let business: Business
let vip: SignedIn
let offer: { offerId: string; slug: string }
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
  vip = await signedIn(house, business)
  await tag(house, business, vip, 'VIP')
  offer = await makeBookable(house, business, { offer: { price: 9900, notice: 2880 } })
})
afterAll(() => house.stop())

const asksFirst: Rule['does'] = { restricts: { outcome: 'request', sentence: 'Your coach looks at it.' } }
const whom = {
  stranger: () => ({ as: 'stranger' }),
  vip: () => ({ as: 'client', clientId: vip.personId }),
  signedOut: () => ({ as: 'client', clientId: vip.personId, signedIn: false }),
}

async function tryIt(input: object) {
  return expectData(
    await business.owner.query('policies.tryIt', { what: 'slot', offerId: offer.offerId, ...input }),
  )
}

async function slotsFor(api: SignedIn['api']) {
  const window = { from: new Date(FROM).toISOString(), to: new Date(FROM + 7 * 24 * HOUR).toISOString() }
  const { slots } = expectData(await api.query('slots.list', { offer: offer.slug, ...window }))
  return slots as { startsAt: string; allowsFirmBooking: boolean; priceMinor?: number }[]
}

const when = fc.constantFrom<Condition | null>(
  null,
  { fact: 'vip', operator: 'equals', value: true },
  { fact: 'clientNew', operator: 'equals', value: true },
  { fact: 'weekday', operator: 'oneOf', value: [2, 4] },
  { fact: 'leadHours', operator: 'lessThan', value: 100 },
  { fact: 'timeOfDay', operator: 'atLeast', value: 780 },
)
const does = fc.constantFrom<Rule['does']>(
  asksFirst,
  { restricts: { outcome: 'refuse', sentence: 'Not then.' } },
  { waives: ['notice', 'threshold'] },
  { sets: { minimumNoticeMinutes: 0, discountPercent: 20 } },
  { sets: { horizonDays: 4 } },
)
const place = fc.constantFrom<[Rule['scope'], string | null]>(
  ['tenant', null],
  ['kind', '1on1'],
  ['tag', 'vip'],
)
const rules = fc.array(fc.record({ when, does, place }), { maxLength: 4 })

test('what is tried out is what the slot list says and what booking then answers', {
  timeout: 90_000,
}, async () => {
  let clients = 0
  await fc.assert(
    fc.asyncProperty(
      rules,
      fc.array(
        fc.record({ as: fc.constantFrom('stranger', 'vip'), hour: fc.integer({ min: 6, max: 160 }) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      async (drawn, wishes) => {
        const made = drawn.map(each =>
          rule(each.does, { when: each.when, scope: each.place[0], target: each.place[1] }),
        )
        await standRules(house, business, made)
        for (const { as, hour } of wishes) {
          const api = as === 'vip' ? vip.api : business.visitor()
          const startsAt = new Date(FROM + hour * HOUR).toISOString()
          const { decision, price, nearestFirm } = await tryIt({ startsAt, client: whom[as as 'vip']() })
          const slots = await slotsFor(api)
          const slot = slots.find(each => each.startsAt === startsAt)
          expect(decision.outcome).toBe(slot ? (slot.allowsFirmBooking ? 'firm' : 'request') : 'refuse')
          if (slot) expect(price.amountMinor).toBe(slot.priceMinor ?? 9900)
          if (decision.outcome === 'firm') expect(nearestFirm.startsAt).toBe(startsAt)
          else if (slots.some(each => each.allowsFirmBooking)) expect(nearestFirm).not.toBeNull()

          const input = bookingInput(offer.slug, startsAt, `Client ${++clients}`)
          if (as === 'vip') input.client.email = vip.email
          const { data, error } = await api.mutate('bookings.book', input)
          if (error) expect([decision.outcome, decision.code]).toEqual(['refuse', error.code])
          else expect(data.status).toBe(decision.outcome === 'firm' ? 'FIRM_BOOKED' : 'REQUESTED')
        }
      },
    ),
    { numRuns: 15 },
  )
})

test('a draft is tried out with its trace, for others it changes nothing', async () => {
  const coaching = await makeBookable(house, business)
  const startsAt = '2027-03-20T10:00:00.000Z'
  const wish = { offerId: coaching.offerId, startsAt }
  const calm = rule(asksFirst, { title: 'Calm' })
  const fast = rule(
    { waives: [calm.id], sets: { discountPercent: 10 } },
    { title: 'VIPs', scope: 'tag', target: 'VIP' },
  )
  await publish(business.owner)
  await draft(business.owner, calm, fast)

  expect((await tryIt(wish)).decision.outcome).toBe('firm')
  const tried = await tryIt({ ...wish, useDraft: true })
  expect(tried).toMatchObject({ startsAt, nearestFirm: null, decision: { outcome: 'request', code: 'RULE' } })
  const [line] = tried.decision.trace.filter(({ title }: { title: string }) => title === 'Calm')
  expect(line).toMatchObject({ rule: calm.id, passed: false, outcome: 'request' })
  const forVip = await tryIt({ ...wish, useDraft: true, client: whom.vip() })
  expect(forVip).toMatchObject({
    decision: { outcome: 'firm', values: { discountPercent: 10 }, waived: [{ rule: calm.id, by: fast.id }] },
    nearestFirm: { startsAt },
  })
  // Favours need a proof.
  expect((await tryIt({ ...wish, useDraft: true, client: whom.signedOut() })).decision.outcome).toBe(
    'request',
  )
})

test('seats of a session are tried out too', async () => {
  const session = await makeSession(house, business, { dates: ['2027-03-20T10:00:00Z'] })
  const later = await makeSession(house, business, { offer: session, dates: ['2027-03-27T10:00:00Z'] })
  await publish(business.owner)
  const wish = { what: 'seats', sessionId: session.sessionId }
  expect(await tryIt(wish)).toMatchObject({
    decision: { outcome: 'firm' },
    nearestFirm: { sessionId: session.sessionId },
  })
  await draft(business.owner, rule(asksFirst, { scope: 'session', target: session.sessionId }))
  expect(await tryIt({ ...wish, useDraft: true })).toMatchObject({
    decision: { outcome: 'request', code: 'RULE' },
    startsAt: '2027-03-20T10:00:00.000Z',
    nearestFirm: { sessionId: later.sessionId, startsAt: '2027-03-27T10:00:00.000Z' },
  })
})

test('what holds for seats is told of their session, with the rules for it alone', async () => {
  const session = await makeSession(house, business, { dates: ['2027-04-03T10:00:00Z'] })
  const { offerId, sessionId } = session
  const dear = rule({ sets: { depositPercent: 40 } }, { title: 'Dear', scope: 'session', target: sessionId })
  await publish(business.owner, dear)
  const asked = { offerId, coachId: business.coachId }
  const deposit = async (input: object) => {
    const { values } = expectData(await business.owner.query('policies.effective', input))
    return values.find(({ name }: { name: string }) => name === 'depositPercent').origin.rule
  }
  expect(await deposit({ ...asked, sessionId })).toBe(dear.id)
  expect(await deposit(asked)).toBeNull()
})

test('a coach tries the own calendar and the own clients only', async () => {
  const { api } = await signedIn(house, business, { role: 'coach' })
  const wish = { what: 'slot', offerId: offer.offerId, startsAt: '2027-03-20T10:00:00Z' }
  expect((await api.query('policies.tryIt', wish)).error).toMatchObject({ code: 'ROLE' })
  expect(await api.query('policies.tryIt', { ...wish, client: whom.vip() })).toMatchObject({ status: 404 })
  const effective = { offerId: offer.offerId, coachId: business.coachId }
  expect((await api.query('policies.effective', effective)).error).toMatchObject({ code: 'ROLE' })
})

test('a coach isn’t told of sessions that others give', async () => {
  const { api, coachId } = await signedIn(house, business, { role: 'coach' })
  const own = { tenantId: business.tenantId, coachId: coachId! }
  const asked = await makeSession(house, own, { dates: ['2027-04-10T10:00:00Z'], terms: { approval: true } })
  await makeSession(house, business, { offer: asked, dates: ['2027-04-11T10:00:00Z'] })
  const wish = { what: 'seats', sessionId: asked.sessionId }
  expect(expectData(await business.owner.query('policies.tryIt', wish)).nearestFirm).not.toBeNull()
  expect(expectData(await api.query('policies.tryIt', wish))).toMatchObject({
    decision: { outcome: 'request' },
    nearestFirm: null,
  })
})
