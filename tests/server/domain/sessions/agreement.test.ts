import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Condition } from '#server/domain/rules/conditions.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type SignedIn, signedIn } from '#tests/support/people.ts'
import { rule, standRules, tag } from '#tests/support/policy.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const NOW = Date.parse('2027-03-24T06:07:00Z')
const HOUR = 3_600_000

let house: TestHouse
let business: Business
let invite: string
let people: Record<'known' | 'connected' | 'blocked', SignedIn>
beforeAll(async () => {
  house = await createHouse({ clock: () => new Date(NOW) })
  business = await signUpBusiness(house)
  const { coachId, tenantId } = business
  const { url } = expectData(await business.owner.query('coaches.personalLink', { coachId }))
  invite = new URL(url).searchParams.get('invite')!
  const [known, connected, blocked] = [
    await signedIn(house, business),
    await signedIn(house, business),
    await signedIn(house, business),
  ]
  people = { known, connected, blocked }
  await tag(house, business, known, 'vip')
  await inTenant(house.house.db, tenantId, trx =>
    trx
      .insertInto('connections')
      .values(
        (['connected', 'blocked'] as const).map(who => ({
          tenant_id: tenantId,
          coach_id: coachId,
          client_id: people[who].personId,
          status: who === 'connected' ? ('accepted' as const) : ('blocked' as const),
          created_at: new Date(NOW),
          changed_at: new Date(NOW),
        })),
      )
      .execute(),
  )
})
afterAll(() => house.stop())

const given = fc.record({
  hoursAhead: fc.constantFrom(-1, 0, 0.5, 24, 47.9, 48, 48.1, 24 * 100),
  listing: fc.constantFrom('public' as const, 'unlisted' as const, 'connected' as const, 'private' as const),
  closesHoursBefore: fc.constantFrom(0, 48),
  approval: fc.boolean(),
  capacity: fc.constantFrom(1, 2),
  taken: fc.constantFrom(0, 1, 1, 2),
  who: fc.constantFrom('visitor' as const, 'known' as const, 'connected' as const, 'blocked' as const),
  isInvited: fc.boolean(),
})

/** Of rules only what bears on seats: a few that restrict, waive and set, each for everybody, at times or for a tag. */
const rules = fc.array(
  fc.record({
    when: fc.constantFrom<Condition | null>(
      null,
      { fact: 'tags', operator: 'contains', value: 'vip' },
      { fact: 'leadHours', operator: 'lessThan', value: 48 },
      { fact: 'weekday', operator: 'oneOf', value: [3, 5] },
      { fact: 'connected', operator: 'equals', value: false },
    ),
    does: fc.constantFrom(
      { restricts: { outcome: 'request' as const, sentence: 'We look at this first.' } },
      { restricts: { outcome: 'refuse' as const, sentence: 'Not like this.' } },
      { waives: ['sessionApproval'] },
      { waives: ['registration'] },
      { sets: { discountPercent: 20, minimumNoticeMinutes: 43_200 } },
      { sets: { depositPercent: 30, maxSessionsPerDay: 1 } },
    ),
  }),
  { maxLength: 3 },
)

let count = 0

it('what a session says of booking it is what booking it then answers, under any rules (C13)', {
  timeout: 90_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(given, rules, async ({ who, isInvited, capacity, taken, ...more }, drawn) => {
      await standRules(house, business, [])
      const { sessionId, slug } = await sessionLike(more, { capacity, taken: Math.min(taken, capacity) })
      await standRules(
        house,
        business,
        drawn.map(({ does, when }) => rule(does, { when })),
      )
      const api = who === 'visitor' ? business.visitor() : people[who].api
      const link = isInvited ? { invite } : {}
      const { sessions } = expectData(
        await api.query('sessions.list', {
          offer: slug,
          from: new Date(NOW - 48 * HOUR).toISOString(),
          ...link,
        }),
      )
      const alone = await api.query('sessions.get', { session: sessionId, ...link })
      const input = seatInput(sessionId, `Client ${++count}`, link)
      if (who !== 'visitor') input.client.email = people[who].email
      const { status, data, error } = await api.mutate('bookings.book', input)

      const isListed = sessions.length === 1
      expect(isListed).toBe(alone.status === 200 && (more.listing !== 'unlisted' || isInvited))
      if (alone.status !== 200) expect([status, alone.status]).toEqual([403, expect.toBeOneOf([403, 404])])
      else if (alone.data.canBook) {
        expect([status, data.status]).toEqual([200, alone.data.approval ? 'REQUESTED' : 'FIRM_BOOKED'])
        const { amountMinor, lines, depositMinor, balanceDueAt } = alone.data.price
        expect(data.booking).toMatchObject({
          ...{ priceMinor: amountMinor, priceLines: lines },
          ...{ depositMinor, balanceDueAt },
        })
      } else expect([status, error!.code]).toEqual([409, alone.data.restrictions[0].code])
      if (isListed) expect(sessions[0].canBook).toBe(alone.data.canBook)
    }),
    { numRuns: 60 },
  )
})

let hour = 0

/** A session of an offer of its own, with so many seats taken already. */
async function sessionLike(
  {
    hoursAhead,
    listing,
    ...terms
  }: {
    hoursAhead: number
    listing: 'public' | 'unlisted' | 'connected' | 'private'
    closesHoursBefore: number
    approval: boolean
  },
  { capacity, taken }: { capacity: number; taken: number },
) {
  const business = await withoutClaims()
  const made = await makeSession(house, business, {
    ...{ listing, terms: { ...terms, capacity } },
    dates: [new Date(NOW + hoursAhead * HOUR).toISOString()],
  })
  for (let at = 0; at < taken; at++)
    await business.owner.mutate('bookings.bookFor', seatInput(made.sessionId, `Before ${++hour}`))
  return made
}

/** The business, its coach's time free again for sessions at the same hour. */
async function withoutClaims(): Promise<Business> {
  await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .updateTable('claims')
      .set({ released_at: new Date(NOW) })
      .where('released_at', 'is', null)
      .execute(),
  )
  return business
}
