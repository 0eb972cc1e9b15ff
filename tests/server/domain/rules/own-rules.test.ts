import { describe, expect, test } from 'vitest'
import { is } from '#server/domain/rules/conditions.ts'
import { decide } from '#server/domain/rules/decide.ts'
import { decideStrictest } from '#server/domain/rules/decide-strictest.ts'
import { type SessionFacts, STRANGER } from '#server/domain/rules/facts.ts'
import type { Policy, Rule } from '#server/domain/rules/policy.ts'
import { clientTrace } from '#server/domain/rules/trace.ts'
import { attempt, connected, line } from './attempt.ts'

let made = 0
function rule(change: Partial<Rule>): Rule {
  const id = `rule${++made}`
  return { id, title: id, scope: 'tenant', target: null, when: null, does: {}, active: true, ...change }
}
const policy = (...rules: Rule[]): Policy => ({ version: 3, rules, cancellation: [] })
const asks = { restricts: { outcome: 'request', sentence: 'We call you first.' } } as const
const vip = { ...STRANGER, id: 'client-1', tags: ['Vip'] }

describe('a rule of a business', () => {
  test('restricts whom it is for, in its author’s words, after what the settings refuse', async () => {
    const rules = policy(
      rule({ id: 'firstTime', title: 'First time', when: is('clientNew', 'equals', true), does: asks }),
    )
    const decision = await decide(attempt(), rules)
    expect(decision).toMatchObject({
      ...{ outcome: 'request', code: 'RULE', sentence: 'We call you first.', policyVersion: 3 },
      restrictions: [{ code: 'RULE', message: 'We call you first.' }],
    })
    expect(line(decision, 'firstTime')).toMatchObject({
      ...{ title: 'First time', applied: true, passed: false, outcome: 'request', saw: { clientNew: true } },
      coachSentence: 'Bookings need approval (“We call you first.”).',
    })
    expect((await decide(attempt({ client: { ...vip, bookings: 2 } }), rules)).outcome).toBe('firm')

    const late = await decide(attempt({ leadMinutes: 60, sessionsThatDay: 4 }), rules)
    expect(late.restrictions.map(({ code }) => code)).toEqual(['NOTICE', 'LIMIT_DAY', 'RULE', 'THRESHOLD'])
  })

  test('only warns staff who book for a client', async () => {
    const rules = policy(
      rule({ title: 'Calls', does: { restricts: { outcome: 'refuse', sentence: 'Call us.' } } }),
    )
    expect(await decide(attempt({ by: 'staff' }), rules)).toMatchObject({
      ...{ outcome: 'firm', restrictions: [] },
      warnings: [{ code: 'RULE', message: 'Calls: Call us.' }],
    })
  })

  test('counts for what it names only, tags in capitals or not, and not while it is off', async () => {
    const facts = attempt({ client: vip, coachId: 'coach-1', offerId: 'offer-1' })
    const outcome = async (change: Partial<Rule>, of = facts) =>
      (await decide(of, policy(rule({ does: asks, ...change })))).outcome
    for (const [scope, target] of [
      ...[
        ['coach', 'coach-1'],
        ['kind', '1on1'],
        ['offer', 'offer-1'],
        ['tag', 'VIP'],
        ['client', 'client-1'],
      ],
    ] as const) {
      expect(await outcome({ scope, target })).toBe('request')
      expect(await outcome({ scope, target, active: false })).toBe('firm')
      expect(await outcome({ scope, target: 'another' })).toBe('firm')
    }
    expect(await outcome({ when: is('tags', 'contains', 'viP') })).toBe('request')
    expect(await outcome({ when: is('tags', 'containsNone', 'VIP') })).toBe('firm')
  })

  test('waives what the settings ask for: a VIP skips approval', async () => {
    const rules = policy(
      rule({
        ...{ id: 'vips', title: 'VIPs', scope: 'tag', target: 'vip' },
        does: { waives: ['allowFirmBooking', 'threshold', 'firstTime', 'overlap'] },
      }),
      rule({ id: 'firstTime', does: asks }),
    )
    const facts = { allowFirmBooking: false, leadMinutes: 180 }
    const stranger = await decide(attempt(facts), rules)
    expect(stranger.outcome).toBe('request')
    expect(line(stranger, 'vips')).toMatchObject({
      ...{ applied: false, passed: true, coachSentence: 'Only for clients tagged “vip”.' },
    })
    const decision = await decide(attempt({ ...facts, client: vip }), rules)
    expect(decision).toMatchObject({
      outcome: 'firm',
      waived: [
        { rule: 'allowFirmBooking', by: 'vips' },
        { rule: 'threshold', by: 'vips' },
        { rule: 'firstTime', by: 'vips' },
      ],
    })
    expect(line(decision, 'threshold')).toMatchObject({
      ...{ passed: true, outcome: 'firm', waivedBy: 'vips', coachSentence: 'Waived by “VIPs”.' },
    })
    const taken = await decide(attempt({ client: vip, conflict: { code: 'SLOT_TAKEN' } }), rules)
    expect(taken.code).toBe('SLOT_TAKEN')
  })

  test('sets numbers, which the settings’ rules then judge and speak of', async () => {
    const rules = policy(
      rule({
        id: 'calm',
        title: 'Calm',
        does: { sets: { firmBookingThresholdHours: 48, horizonDays: null } },
      }),
    )
    const decision = await decide(attempt(), rules)
    expect(decision.sentence).toBe(
      "Needs your coach's approval: it starts in 30 hours, instant booking needs 48.",
    )
    expect(decision.values).toMatchObject({
      firmBookingThresholdHours: 48,
      horizonDays: null,
      bufferMinutes: 15,
    })
    expect(decision.origins).toMatchObject({
      firmBookingThresholdHours: { scope: 'tenant', rule: 'calm', title: 'Calm' },
      bufferMinutes: { scope: 'coach', rule: null, title: null },
    })
    expect(line(decision, 'threshold').saw).toMatchObject({ firmBookingThresholdHours: 48 })
    expect(line(decision, 'calm')).toMatchObject({ applied: true, passed: true, outcome: 'firm' })
    expect((await decide(attempt({ leadMinutes: 400 * 1440 }), rules)).outcome).toBe('firm')
  })

  test('gives way to a nearer one, and to the stricter of two as near', async () => {
    const sets = (horizonDays: number | null) => ({ does: { sets: { horizonDays } } })
    const horizon = async (...rules: Rule[]) =>
      (await decide(attempt({ client: vip, coachId: 'coach-1' }), policy(...rules))).values.horizonDays
    const [far, near] = [rule(sets(90)), rule(sets(10))]
    expect(await horizon(far, near)).toBe(10)
    expect(await horizon(near, rule({ scope: 'coach', target: 'coach-1', ...sets(90) }))).toBe(90)
    expect(await horizon(rule({ scope: 'tag', target: 'vip', ...sets(null) }), near)).toBeNull()
    expect(await horizon(near, rule({ scope: 'tag', target: 'new', ...sets(90) }))).toBe(10)
  })

  test('makes the break longer where the day asks for it (074)', async () => {
    const rules = policy(
      rule({ when: is('sessionsInARow', 'atLeast', 4), does: { sets: { bufferMinutes: 30 } } }),
    )
    const gaps = { gapBeforeMinutes: 20, gapAfterMinutes: null }
    expect((await decide(attempt({ ...gaps, sessionsInARow: 3 }), rules)).outcome).toBe('firm')
    const fourth = await decide(attempt({ ...gaps, sessionsInARow: 4 }), rules)
    expect(fourth).toMatchObject({ outcome: 'refuse', code: 'BUFFER', values: { bufferMinutes: 30 } })
    expect(line(fourth, 'buffer').coachSentence).toBe('20 min to the session before, your buffer is 30 min.')
    expect((await decide(attempt({ ...gaps, gapBeforeMinutes: 14 }))).code).toBe('BUFFER')
    expect((await decide(attempt({ ...gaps, gapBeforeMinutes: 15 }))).outcome).toBe('firm')
  })

  test('is for seats only where their own terms say nothing (C11)', async () => {
    const session: SessionFacts = {
      ...{ id: 's', listing: 'public', cancelled: false, over: false, minutesToClose: 60 },
      ...{ seatsAsked: 1, seatsLeft: 4, maxSeatsPerBooking: 4, approval: true },
    }
    const rules = policy(
      rule({ does: { sets: { minimumNoticeMinutes: 9999, discountPercent: 20 } } }),
      rule({ does: { waives: ['sessionApproval'] } }),
    )
    const decision = await decide(attempt({ session }), rules)
    expect(decision).toMatchObject({
      ...{ outcome: 'firm', values: { minimumNoticeMinutes: 120, discountPercent: 20 } },
    })
  })
})

test('a client is told what restricts them, and nothing else of the business’s rules', async () => {
  const rules = policy(
    rule({ id: 'noShows', title: 'Unreliable', when: is('noShowPercent', 'atLeast', 20), does: asks }),
    rule({ id: 'vips', title: 'Secret club', does: { waives: ['threshold'], sets: { discountPercent: 5 } } }),
    rule({ id: 'others', title: 'Rich ones', when: is('priceMinor', 'moreThan', 9000), does: asks }),
  )
  const client = { ...vip, noShowPercent: 50, bookings: 1 }
  const told = clientTrace(await decide(attempt({ client, leadMinutes: 180 }), rules))
  expect(told.filter(({ rule: name }) => name === 'rule')).toEqual([
    { rule: 'rule', passed: false, outcome: 'request', saw: {}, sentence: 'We call you first.' },
  ])
  expect(told.find(each => each.rule === 'threshold')?.sentence).toBe("Doesn't apply to this booking.")
  expect(JSON.stringify(told)).not.toMatch(/Unreliable|club|Rich|noShow|vips|others/)
})

test('a client isn’t told of what staff were warned of when they booked', async () => {
  const rules = policy(rule({ id: 'payers', title: 'Bad payers', does: asks }))
  const decision = await decide(
    attempt({ by: 'staff', sessionsThatDay: 9, maxSessionsPerDay: 1, limitOutcome: 'refuse' }),
    rules,
  )
  expect(decision.warnings).toHaveLength(2)
  expect(clientTrace(decision).filter(line => !line.passed)).toEqual([])
})

test('decisions kept from before there were rules are still shown', async () => {
  const { trace, ...decision } = await decide(attempt())
  const old = trace.map(({ title: _, waivedBy: __, ...each }) => each) as typeof trace
  expect(clientTrace({ ...decision, trace: old })).toEqual(clientTrace({ ...decision, trace }))
})

test('who didn’t prove the address gets no favour of its record, and is barred by it', async () => {
  const favours = rule({
    scope: 'tag',
    target: 'vip',
    does: { waives: ['allowFirmBooking'], sets: { discountPercent: 20 } },
  })
  const bars = rule({ when: is('noShowPercent', 'atLeast', 20), does: asks })
  const ask = (record: Partial<typeof vip>, facts: Parameters<typeof attempt>[0] = {}) =>
    decideStrictest(
      [attempt(facts), attempt({ ...facts, client: { ...vip, ...record } })],
      policy(favours, bars),
    )

  expect(await ask({}, { allowFirmBooking: false })).toMatchObject({
    outcome: 'request',
    values: { discountPercent: 0 },
  })
  expect(await ask({ noShowPercent: 30 })).toMatchObject({
    ...{ outcome: 'request', code: 'RULE', values: { discountPercent: 0 } },
    origins: { discountPercent: { rule: null } },
  })
  expect(await ask({})).toMatchObject({ outcome: 'firm', values: { discountPercent: 0 } })
  const proven = attempt({ client: vip, viewer: connected, allowFirmBooking: false })
  expect(await decideStrictest([proven], policy(favours, bars))).toMatchObject({
    ...{ outcome: 'firm', values: { discountPercent: 20 } },
  })
})
