import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Condition } from '#server/domain/rules/conditions.ts'
import type { Rule } from '#server/domain/rules/policy.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type SignedIn, signedIn } from '#tests/support/people.ts'
import { rule, standRules, tag } from '#tests/support/policy.ts'

const NOW = new Date('2027-03-24T06:07:00Z')
const QUARTER = 15 * 60_000
const DAY = 96 * QUARTER
/** The window spans the change of Berlin's clock on 28 March. */
const FROM = Date.parse('2027-03-24T00:00:00Z')
const TO = Date.parse('2027-04-01T00:00:00Z')

let house: TestHouse
let business: Business
let regular: SignedIn
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
  regular = await signedIn(house, business)
  await tag(house, business, regular, 'vip')
})
afterAll(() => house.stop())

const often = (value: boolean) => fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, fc.boolean())
const settings = fc.record({
  offer: fc.record({
    duration: fc.constantFrom(15, 45, 60, 90),
    step: fc.constantFrom(15, 30, 60),
    buffer: fc.constantFrom(0, 10, 30),
    notice: fc.constantFrom(0, 60, 2880),
    horizon: fc.constantFrom(null, 3, 30),
    price: fc.constant(9900),
  }),
  coach: fc.record({
    allow_firm_booking: often(true),
    firm_booking_threshold_hours: fc.constantFrom(0, 24, 72),
    buffer_minutes: fc.constantFrom(0, 15),
    max_sessions_per_day: fc.constantFrom(null, 1, 3),
    max_sessions_per_week: fc.constantFrom(null, 4),
    limit_outcome: fc.constantFrom('refuse', 'request'),
    require_approval_non_connected: often(false),
  }),
  hours: fc.constantFrom<[number, number][][]>(
    [[540, 1020]],
    [
      [480, 720],
      [780, 1100],
    ],
    [[1320, 1560]],
  ),
})
const comparison = fc.constantFrom<Condition>(
  { fact: 'weekday', operator: 'oneOf', value: [5, 6] },
  { fact: 'timeOfDay', operator: 'atLeast', value: 720 },
  { fact: 'leadHours', operator: 'lessThan', value: 72 },
  { fact: 'zoneDistanceHours', operator: 'moreThan', value: 5 },
  { fact: 'tags', operator: 'contains', value: 'vip' },
  { fact: 'clientNew', operator: 'equals', value: true },
  { fact: 'bookingsLast30Days', operator: 'atLeast', value: 3 },
  { fact: 'gapBeforeMinutes', operator: 'lessThan', value: 60 },
  { fact: 'gapAfterMinutes', operator: 'equals', value: null },
  { fact: 'sessionsInARow', operator: 'atLeast', value: 3 },
  { fact: 'sessionsThatDay', operator: 'moreThan', value: 0 },
)
const effect = fc.oneof(
  fc
    .constantFrom('request' as const, 'refuse' as const)
    .map(outcome => ({ restricts: { outcome, sentence: 'Our own rule.' } })),
  fc
    .subarray(['notice', 'horizon', 'buffer', 'limitDay', 'threshold', 'connection'], { minLength: 1 })
    .map(waives => ({ waives })),
  fc
    .record(
      {
        bufferMinutes: fc.constantFrom(0, 20, 45),
        minimumNoticeMinutes: fc.constantFrom(0, 4320),
        horizonDays: fc.constantFrom(null, 2, 5),
        maxSessionsPerDay: fc.constantFrom(null, 2),
        firmBookingThresholdHours: fc.constantFrom(0, 48),
        discountPercent: fc.constantFrom(0, 33, 100),
        depositPercent: fc.constantFrom(null, 25),
      },
      { requiredKeys: [] },
    )
    .map(sets => ({ sets })),
)
const rules = fc.array(
  fc.record({
    when: fc.option(
      fc.oneof(comparison, fc.record({ all: fc.array(comparison, { minLength: 1, maxLength: 2 }) })),
    ),
    does: effect,
    scope: fc.constantFrom<Rule['scope']>('tenant', 'kind', 'tag'),
  }),
  { maxLength: 5 },
)
const TARGETS: Partial<Record<Rule['scope'], string>> = { kind: '1on1', tag: 'vip' }

const starts = fc.array(
  fc.record({
    as: fc.constantFrom('visitor' as const, 'regular' as const),
    pick: fc.oneof(
      fc.record({ listed: fc.nat() }),
      fc.record({ day: fc.nat(7), quarter: fc.integer({ min: 28, max: 64 }) }),
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

it('what the slot list says of a time is what booking it then answers, under any rules (056)', {
  timeout: 90_000,
}, async () => {
  let client = 0
  await fc.assert(
    fc.asyncProperty(settings, rules, starts, async (given, drawn, wishes) => {
      await emptyCalendar()
      const { slug } = await makeBookable(house, business, given)
      await standRules(
        house,
        business,
        drawn.map(({ does, ...of }) => rule(does, { ...of, target: TARGETS[of.scope] ?? null })),
      )
      for (const { as, pick } of wishes) {
        const api = as === 'regular' ? regular.api : business.visitor()
        const slots = await listed(api, slug)
        if ('listed' in pick && slots.length === 0) continue
        const startsAt =
          'listed' in pick
            ? slots[pick.listed % slots.length]!.startsAt
            : new Date(FROM + pick.day * DAY + pick.quarter * QUARTER).toISOString()
        const slot = slots.find(each => each.startsAt === startsAt)
        const input = bookingInput(slug, startsAt, `Client ${++client}`)
        if (as === 'regular') input.client.email = regular.email
        const answer = await api.mutate('bookings.book', input)
        if (!slot) {
          expect(answer).toMatchObject({ status: 409 })
          continue
        }
        const { status, booking } = expectData(answer)
        expect(status).toBe(slot.allowsFirmBooking ? 'FIRM_BOOKED' : 'REQUESTED')
        expect(booking).toMatchObject({
          priceMinor: slot.priceMinor ?? 9900,
          depositMinor: slot.depositMinor ?? null,
        })
      }
    }),
    { numRuns: 35 },
  )
})

interface Listed {
  startsAt: string
  allowsFirmBooking: boolean
  priceMinor?: number
  depositMinor?: number | null
}

async function listed(api: SignedIn['api'], offer: string): Promise<Listed[]> {
  const window = { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() }
  return expectData(await api.query('slots.list', { offer, ...window, timeZone: 'America/New_York' })).slots
}

/** The bookings of an earlier run, its claims and what they say of the regular client, out of the way. */
async function emptyCalendar(): Promise<void> {
  await inTenant(house.house.db, business.tenantId, async trx => {
    await trx.updateTable('claims').set({ released_at: NOW }).where('released_at', 'is', null).execute()
    await trx
      .updateTable('bookings')
      .set({ created_at: new Date(NOW.getTime() - 400 * DAY) })
      .where('tenant_id', '=', business.tenantId)
      .execute()
  })
}
