import { Engine } from 'json-rules-engine'
import { afterEach, describe, expect, test, vi } from 'vitest'
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

  test('may be empty', async () => {
    expect(await decideSlots([])).toEqual([])
  })
})
