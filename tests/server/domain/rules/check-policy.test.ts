import { describe, expect, test } from 'vitest'
import { policyDocumentSchema } from '#server/domain/policies/document-schema.ts'
import { checkPolicy } from '#server/domain/rules/check-policy.ts'
import { type Condition, is } from '#server/domain/rules/conditions.ts'
import type { CancellationRule, Rule } from '#server/domain/rules/policy.ts'
import { presets } from '#server/domain/rules/presets.ts'
import { defaultSettings, validateSettings } from '#server/domain/rules/settings.ts'
import { templates } from '#server/domain/rules/templates.ts'

const world = {
  kinds: [{ id: '1on1' }, { id: 'group' }],
  coaches: [
    { id: 'ada', active: true },
    { id: 'bea', active: false },
  ],
  offers: [
    { id: 'intro', kind: '1on1', active: true },
    { id: 'old', kind: '1on1', active: false },
    { id: 'circle', kind: 'group', active: true },
  ],
  clients: [{ id: 'dora' }],
  sessions: [{ id: 'night' }],
}
const asks = { restricts: { outcome: 'request', sentence: 'Ask first.' } } as const
const refuses = { restricts: { outcome: 'refuse', sentence: 'Not now.' } } as const

function rule(change: Partial<Rule> & { id: string }): Rule {
  return { title: change.id, scope: 'tenant', target: null, when: null, does: asks, active: true, ...change }
}
const check = (...rules: Rule[]) => checkPolicy({ rules, cancellation: [] }, world)

test('what takes too long to think through is let pass, and takes no time', () => {
  const many = (from: number) => [...Array(100)].map((_, at) => from + at / 2)
  const choice = (from: number): Condition => ({
    any: [is('leadMinutes', 'noneOf', many(from)), is('leadMinutes', 'noneOf', many(from + 1))],
  })
  const never: Condition = { any: [is('weekday', 'moreThan', 7), is('weekday', 'lessThan', 1)] }
  const when = { all: [...[...Array(18)].map((_, at) => choice(at)), never] }
  const began = performance.now()
  expect(check(rule({ id: 'long', when })).problems).toEqual([])
  expect(performance.now() - began).toBeLessThan(500)
})

describe('refused with the rule, the place and the reason', () => {
  test.each<[Partial<Rule>, string, RegExp]>([
    [{ does: {} }, 'does', /Say what/],
    [{ does: { ...asks, waives: ['notice'] } }, 'does', /make two of it/],
    [{ does: { waives: ['overlap'] } }, 'waives', /can’t be waived/],
    [{ does: { waives: ['capacity'] } }, 'waives', /can’t be waived/],
    [{ does: { waives: ['gone'] } }, 'waives', /no rule "gone"/],
    [{ does: { waives: ['setter'] } }, 'waives', /restricts nothing/],
    [{ does: { waives: ['one'] } }, 'waives', /waive itself/],
    [{ does: { sets: { bufferMinutes: 241 } } }, 'sets.bufferMinutes', /minutes from 0 to 240/],
    [{ does: { sets: { bufferMinutes: null } } }, 'sets.bufferMinutes', /from 0 to 240/],
    [{ scope: 'client', target: null }, 'target', /Say whom/],
    [{ target: 'ada' }, 'target', /names nothing more/],
    [{ title: ' SETTER ' }, 'title', /Another rule/],
    [{ when: { all: [is('weekday', 'equals', 1), is('weekday', 'equals', 2)] } }, 'when', /contradict/],
    [
      { when: { all: [is('leadHours', 'lessThan', 5), is('leadHours', 'atLeast', 5)] } },
      'when',
      /contradict/,
    ],
    [{ when: is('weekday', 'moreThan', 7) }, 'when', /contradict/],
    [
      { when: { not: { any: [is('vip', 'equals', true), is('vip', 'equals', false)] } } },
      'when',
      /contradict/,
    ],
  ])('%o', (change, field, message) => {
    const setter = rule({ id: 'setter', does: { sets: { horizonDays: null } } })
    const { problems } = check(rule({ id: 'one', ...change }), setter)
    expect(problems.filter(({ ruleId }) => ruleId === 'one')).toEqual([
      { ruleId: 'one', field, message: expect.stringMatching(message) },
    ])
  })

  test('two rules of one id, and a rule named like a default one', () => {
    expect(check(rule({ id: 'one' }), rule({ id: 'one', title: 'Two' })).problems).toHaveLength(2)
    expect(check(rule({ id: 'threshold' })).problems).toMatchObject([{ field: 'id' }])
  })
})

test.each<Condition>([
  is('weekday', 'oneOf', [6, 7]),
  is('gapBeforeMinutes', 'equals', null),
  is('offer', 'noneOf', ['intro', 'old', 'circle']),
  is('sessionsThatDay', 'moreThan', 2.5),
  { any: [{ all: [is('weekday', 'equals', 1), is('weekday', 'equals', 2)] }, is('vip', 'equals', true)] },
  { all: [is('tags', 'contains', 'a'), is('tags', 'contains', 'b'), is('tags', 'containsNone', 'c')] },
  { not: { all: [is('leadHours', 'atLeast', 1), is('leadHours', 'lessThan', 1)] } },
])('%o can be so', when => {
  expect(check(rule({ id: 'one', when }))).toEqual({ problems: [], warnings: [] })
})

describe('pointed out, though it may be published', () => {
  const about = (...rules: Rule[]) => check(...rules).warnings

  test.each<[Partial<Rule>, string]>([
    [{ scope: 'offer', target: 'old' }, 'target'],
    [{ scope: 'coach', target: 'bea' }, 'target'],
    [{ scope: 'offer', target: 'intro', when: is('offer', 'oneOf', ['old', 'circle']) }, 'when'],
    [{ scope: 'offer', target: 'intro', when: is('kind', 'equals', 'group') }, 'when'],
    [{ scope: 'tag', target: 'VIP', when: is('vip', 'equals', false) }, 'when'],
    [{ when: { all: [is('clientNew', 'equals', true), is('clientReturning', 'equals', true)] } }, 'when'],
    [{ when: { all: [is('leadDays', 'atLeast', 2), is('leadHours', 'lessThan', 24)] } }, 'when'],
  ])('can never apply: %o', (change, field) => {
    expect(about(rule({ id: 'one', ...change }))).toMatchObject([{ ruleId: 'one', field }])
  })

  test('what a rule or terms are for that is gone, such as an erased client: the rest may be published', () => {
    expect(check(rule({ id: 'one', scope: 'client', target: 'gone' }))).toMatchObject({
      problems: [],
      warnings: [{ ruleId: 'one', field: 'target' }],
    })
    const terms: CancellationRule['terms'] = {
      ...{ tiers: [], graceMinutes: 0, noShowRefundPercent: 0 },
      lateMove: { hoursBefore: 0, outcome: 'free', feePercent: 0 },
    }
    const cancellation: CancellationRule[] = [{ scope: 'offer', target: 'gone', terms }]
    expect(checkPolicy({ rules: [], cancellation }, world)).toMatchObject({
      problems: [],
      warnings: [{ ruleId: null, field: 'cancellation' }],
    })
  })

  test('a number that a nearer rule, or a stricter one as near, always sets instead', () => {
    const sets = (bufferMinutes: number) => ({ does: { sets: { bufferMinutes } } })
    const sometimes = rule({ id: 'sometimes', when: is('sessionsInARow', 'atLeast', 4), ...sets(30) })
    expect(about(sometimes, rule({ id: 'always', ...sets(45) }))).toMatchObject([
      { ruleId: 'sometimes', field: 'sets.bufferMinutes', message: expect.stringContaining('“always”') },
    ])
    expect(about(sometimes, rule({ id: 'always', ...sets(15) }))).toEqual([])
    const ofKind = rule({ id: 'ofKind', scope: 'kind', target: 'group', ...sets(10) })
    expect(about(rule({ id: 'one', scope: 'offer', target: 'circle', ...sets(5) }), ofKind)).toMatchObject([
      { ruleId: 'ofKind' },
    ])
    expect(about(sometimes, ofKind)).toEqual([])
  })

  test('what is refused anyway, unless that is waived for some', () => {
    const closed = rule({ id: 'closed', does: refuses })
    const friday = rule({ id: 'friday', scope: 'coach', target: 'ada', when: is('weekday', 'equals', 5) })
    expect(about(friday, closed)).toMatchObject([{ ruleId: 'friday', field: 'does' }])
    const vips = rule({ id: 'vips', scope: 'tag', target: 'VIP', does: { waives: ['closed'] } })
    expect(about(friday, closed, vips)).toEqual([])
    expect(about(friday, { ...closed, active: false }, vips)).toMatchObject([
      { ruleId: 'vips', field: 'waives' },
    ])
  })
})

test('templates and presets have no problem and nothing odd', () => {
  const rules = templates.map(({ id, rule: start }) => ({ ...start, id }))
  expect(policyDocumentSchema.parse({ rules, cancellation: [] }).rules).toEqual(rules)
  const { problems, warnings } = check(...rules)
  expect([problems, warnings]).toEqual([[], []])
  for (const { settings } of presets) {
    expect(validateSettings({ ...defaultSettings, ...settings })).toMatchObject({
      problems: [],
      warnings: [],
    })
  }
})

test.each([
  ['a fact that rules set', { when: is('bufferMinutes', 'atLeast', 5) }, /can't ask for "bufferMinutes"/],
  [
    'a fact beside a fact',
    { when: is('gapBeforeMinutes', 'lessThan', { fact: 'gapAfterMinutes' }) },
    /with a value/,
  ],
  [
    'too many comparisons',
    {
      when: {
        all: Array.from({ length: 3 }, () => ({
          any: Array.from({ length: 20 }, () => is('vip', 'equals', true)),
        })),
      },
    },
    /50 comparisons at most/,
  ],
  ['an id of odd letters', { id: '$where' }, /letters and digits/],
  ['a number that is not whole', { does: { sets: { horizonDays: 1.5 } } }, /int/],
  ['an unknown value', { does: { sets: { mood: 1 } } }, /mood/],
  ['a title too long', { title: 'x'.repeat(81) }, /80/],
])('a draft can’t hold %s', (_, change, message) => {
  const document = { rules: [{ ...rule({ id: 'one' }), ...change }], cancellation: [] }
  expect(policyDocumentSchema.safeParse(document).error?.issues[0]?.message).toMatch(message)
})
