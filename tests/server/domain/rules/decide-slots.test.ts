import { Engine } from 'json-rules-engine'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { is } from '#server/domain/rules/conditions.ts'
import { decideSlots } from '#server/domain/rules/decide.ts'
import { defaultPolicy } from '#server/domain/rules/default-policy.ts'
import { NO_POLICY } from '#server/domain/rules/policy.ts'
import { attempt } from './attempt.ts'

describe('a list of slots', () => {
  afterEach(() => vi.restoreAllMocks())

  test('tells of each whether it can be booked firmly, and if not why, in its own numbers (056, 057)', async () => {
    const slots = [1, 18, 23, 30].map(hours => attempt({ leadMinutes: hours * 60 }))
    const decided = await decideSlots(slots)
    expect(decided.map(slot => [slot.allowsFirmBooking, slot.outcome, slot.sentence])).toEqual([
      [
        false,
        'refuse',
        'Too late to book: it starts in 1 hour, bookings close 2 hours before. Choose a later time.',
      ],
      [false, 'request', "Needs your coach's approval: it starts in 18 hours, instant booking needs 24."],
      [false, 'request', "Needs your coach's approval: it starts in 23 hours, instant booking needs 24."],
      [true, 'firm', 'Confirmed at once.'],
    ])
    expect(decided[1]?.restrictions).toEqual([{ code: 'THRESHOLD', message: decided[1]?.sentence }])
  })

  test('asks the engine once for what a rule can tell apart, and not again for the next list', async () => {
    const policy = { rules: [...defaultPolicy.rules] }
    const month = Array.from({ length: 580 }, (_, at) =>
      attempt({ leadMinutes: 121 + at * 60, sessionsThatDay: at % 5 }),
    )
    const run = vi.spyOn(Engine.prototype, 'run')
    await decideSlots(month, NO_POLICY, policy)
    const asked = run.mock.calls.length
    expect(asked).toBeLessThan(2 * policy.rules.length)
    await decideSlots(month, NO_POLICY, policy)
    expect(run).toHaveBeenCalledTimes(asked)
  })

  test('asks the engine only so often for a condition that tells every slot apart, and answers alike', async () => {
    const odd = Array.from({ length: 40 }, (_, at) => is('leadMinutes', 'equals', 3001 + at * 120))
    const late = Array.from({ length: 9 }, (_, at) => is('timeOfDay', 'atLeast', at * 140))
    const does = { restricts: { outcome: 'request', sentence: 'Odd hours.' } } as const
    const rule = { id: 'odd', title: 'Odd', scope: 'tenant', target: null, does, active: true } as const
    const policy = {
      version: 1,
      rules: [{ ...rule, when: { any: [...odd, { all: late }] } }],
      cancellation: [],
    }
    const month = Array.from({ length: 580 }, (_, at) =>
      attempt({ leadMinutes: 3001 + at * 60, localMinute: (at * 60) % 1440 }),
    )
    const run = vi.spyOn(Engine.prototype, 'run')
    const decided = await decideSlots(month, policy)
    expect(run.mock.calls.length).toBeLessThan(100)
    const isOdd = (at: number) => (at % 2 === 0 && at < 80) || (at * 60) % 1440 >= 1120
    expect(decided.map(({ code }) => code === 'RULE')).toEqual(month.map((_, at) => isOdd(at)))
  })

  test('may be empty', async () => {
    expect(await decideSlots([])).toEqual([])
  })
})
