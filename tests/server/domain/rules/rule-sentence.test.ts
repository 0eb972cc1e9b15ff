import { expect, test } from 'vitest'
import { OBSERVED_NAMES, observedFact } from '#server/domain/rules/catalogue.ts'
import { type Condition, is } from '#server/domain/rules/conditions.ts'
import type { Rule } from '#server/domain/rules/policy.ts'
import { conditionSentence, effectSentence, ruleSentence } from '#server/domain/rules/rule-sentence.ts'
import { templates } from '#server/domain/rules/templates.ts'
import { VALUE_NAMES } from '#server/domain/rules/values.ts'

const names = new Map([
  ['offer-1', 'Deep dive'],
  ['coach-1', 'Ada'],
  ['calls', 'Calls first'],
])

test.each<[Partial<Rule>, string]>([
  [
    {
      ...{ scope: 'tag', target: 'VIP' },
      does: { waives: ['connection', 'threshold', 'allowFirmBooking'], sets: { horizonDays: 120 } },
    },
    'For clients tagged “VIP”: no approval needed, and bookings up to 120 days ahead.',
  ],
  [
    {
      when: is('clientNew', 'equals', true),
      does: { restricts: { outcome: 'request', sentence: 'Hello.' } },
    },
    'For everybody, when the client is new: bookings need approval (“Hello.”).',
  ],
  [
    { scope: 'offer', target: 'offer-1', does: { waives: ['calls'] } },
    "For “Deep dive”: “Calls first” doesn't hold.",
  ],
  [
    {
      scope: 'coach',
      target: 'coach-1',
      does: { sets: { bufferMinutes: 0, maxSessionsPerDay: 1, depositPercent: 20 } },
    },
    'With “Ada”: no break needed before and after, at most 1 session a day, and a deposit of 20 %.',
  ],
  [{ scope: 'offer', target: 'gone', does: { sets: { discountPercent: 10 } } }, 'For “?”: 10 % off.'],
])('a rule is read out: %o', (change, sentence) => {
  const rule = { scope: 'tenant', target: null, when: null, does: {}, ...change } as Rule
  expect(ruleSentence(rule, names)).toBe(sentence)
})

test.each<[Condition, string]>([
  [is('weekday', 'oneOf', [6, 7]), 'the day is Saturday or Sunday'],
  [is('timeOfDay', 'atLeast', 810), 'the start is at 13:30 or later'],
  [{ not: is('timeOfDay', 'lessThan', 540) }, 'the start is at 09:00 or later'],
  [is('leadHours', 'lessThan', 36), 'the time until the start is less than 36 hours'],
  [is('leadDays', 'atMost', 1), 'the time until the start is at most 1 day'],
  [is('priceMinor', 'moreThan', 8000), 'the price is more than €80.00'],
  [is('tags', 'containsNone', 'late'), 'the client is not tagged “late”'],
  [is('offer', 'oneOf', ['offer-1', 'offer-2']), 'the offer is “Deep dive” or “offer-2”'],
  [is('by', 'equals', 'staff'), 'whoever books is you or a colleague'],
  [is('vip', 'notEquals', true), 'the client is not tagged “VIP”'],
  [is('gapAfterMinutes', 'equals', null), 'the gap to the session after is more than a day'],
  [
    { not: is('gapAfterMinutes', 'lessThan', 30) },
    'the gap to the session after is not less than 30 minutes',
  ],
  [
    {
      all: [
        is('connected', 'equals', false),
        { any: [is('invited', 'equals', true), is('noShowPercent', 'atLeast', 25)] },
      ],
    },
    'the client is not connected and (the client has a personal link or the share of sessions they missed is at least 25 %)',
  ],
  [
    { not: { any: [is('clientNew', 'equals', true), is('sessionsInARow', 'moreThan', 3)] } },
    'the client has booked before and the number of sessions in a row, this one included, is at most 3',
  ],
])('a condition is read out: %o', (condition, sentence) => {
  expect(conditionSentence(condition, names, 'EUR')).toBe(sentence)
})

test('there are words for every fact, value and template', () => {
  for (const name of OBSERVED_NAMES) {
    const { label, says } = observedFact(name)
    expect([label, typeof says === 'string' ? says : says.yes].every(text => text.length > 2)).toBe(true)
  }
  for (const name of VALUE_NAMES) expect(effectSentence({ sets: { [name]: 7 } })).toMatch(/^\S.*\.$/)
  for (const { rule } of templates) expect(ruleSentence(rule, names)).toMatch(/^For .*: .*\.$/)
})
