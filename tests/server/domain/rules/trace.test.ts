import { describe, expect, test } from 'vitest'
import { conditionSchema } from '#server/domain/rules/condition-schema.ts'
import { decide } from '#server/domain/rules/decide.ts'
import { defaultPolicy } from '#server/domain/rules/default-policy.ts'
import { PHRASES } from '#server/domain/rules/phrases.ts'
import { sessionPolicy } from '#server/domain/rules/session-policy.ts'
import { clientTrace } from '#server/domain/rules/trace.ts'
import { attempt, line } from './attempt.ts'

describe('the trace (019–022, 244–248)', () => {
  test('has every rule, passed or not, with the numbers it saw', async () => {
    const decision = await decide(attempt())
    expect(decision.trace.map(each => each.rule)).toEqual([
      ...['blocked', 'visibility', 'connectedOnly', 'offerOpen', 'overlap', 'hours', 'step', 'buffer'],
      'neighbourBuffer',
      ...['notice', 'horizon', 'limitDay', 'limitWeek', 'allowFirmBooking', 'connection', 'threshold'],
    ])
    expect(decision.trace.every(each => each.passed && each.outcome === 'firm')).toBe(true)
    expect(line(decision, 'threshold')).toMatchObject({
      scope: 'coach',
      saw: { leadHours: 30, firmBookingThresholdHours: 24 },
      coachSentence: '30 h ahead, instant booking needs more than 24 h.',
    })
    expect(line(decision, 'limitDay')).toMatchObject({
      saw: { sessionsThatDay: 2, maxSessionsPerDay: 4 },
      coachSentence: '3 sessions that day with this one, the limit is 4.',
    })
    expect(line(decision, 'limitWeek').coachSentence).toBe(
      '6 sessions that week with this one, the limit is 12.',
    )
    expect(line(decision, 'notice').coachSentence).toBe('30 h ahead, at least 2 h are needed.')
    expect(line(decision, 'horizon').coachSentence).toBe('30 h ahead, bookings are open for 60 d.')
  })

  test.each([
    [24 * 60, '24 h ahead, instant booking needs more than 24 h: you approve.'],
    [24 * 60 - 0.1, '23 h 59 min ahead, instant booking needs more than 24 h: you approve.'],
    [24 * 60 + 0.1, '24 h 1 min ahead, instant booking needs more than 24 h.'],
    [20 * 1440, '20 d ahead, instant booking needs more than 24 h.'],
    [-90, '−1 h 30 min ahead, instant booking needs more than 24 h: you approve.'],
  ])('never rounds a lead of %d minutes across the threshold', async (leadMinutes, sentence) => {
    expect(line(await decide(attempt({ leadMinutes })), 'threshold').coachSentence).toBe(sentence)
  })

  test('tells the client which rule asked for approval', async () => {
    const decision = await decide(attempt({ leadMinutes: 18 * 60 }))
    const failed = decision.trace.filter(each => !each.passed)
    expect(failed).toMatchObject([
      { rule: 'threshold', outcome: 'request', clientSentence: decision.sentence },
    ])
  })

  test('is shown to a client without the coach’s numbers, the coach’s sentences or blocking', async () => {
    const lines = clientTrace(await decide(attempt({ leadMinutes: 18 * 60 })))
    expect(lines.find(each => each.rule === 'threshold')).toEqual({
      rule: 'threshold',
      passed: false,
      outcome: 'request',
      saw: { appliesApproval: true, leadHours: 18, firmBookingThresholdHours: 24 },
      sentence: "Needs your coach's approval: it starts in 18 hours, instant booking needs 24.",
    })
    expect(lines.find(each => each.rule === 'limitDay')?.saw).toEqual({})
    expect(lines.some(each => each.rule === 'blocked')).toBe(false)
    expect(clientTrace(await decide(attempt({ viewer: { blocked: true } })))).toEqual([])
  })
})

test.each([defaultPolicy, sessionPolicy])('every phrase that a default rule says exists', ({ rules }) => {
  const said = JSON.stringify(rules).matchAll(/\{(\w+)\}/g)
  expect([...said].map(([, name]) => name).filter(name => !Object.hasOwn(PHRASES, name!))).toEqual([])
})

test('default rules name facts, operators and values as a business’s own must', () => {
  for (const { applies, restricts } of [...defaultPolicy.rules, ...sessionPolicy.rules]) {
    for (const condition of [applies, restricts]) {
      if (condition) expect(conditionSchema.parse(condition)).toEqual(condition)
    }
  }
})
