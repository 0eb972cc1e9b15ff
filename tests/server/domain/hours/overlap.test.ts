import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlapInDay, overlapInWeek } from '#server/domain/hours/overlap.ts'

const range = (weekday: number, startMinute: number, endMinute: number) => ({
  weekday,
  startMinute,
  endMinute,
})

test('ranges that touch are fine, ranges that overlap are named', () => {
  expect(overlapInWeek([range(1, 540, 720), range(1, 720, 1020)])).toBeNull()
  expect(overlapInWeek([range(1, 660, 1020), range(1, 540, 720)])).toBe(
    'Monday 09:00–12:00 and Monday 11:00–17:00 overlap. Change or remove one of them.',
  )
  expect(overlapInDay([range(1, 540, 720), range(1, 719, 800)])).toContain(
    '09:00–12:00 and 11:59–13:20 overlap',
  )
})

test('a range across midnight may touch the next day’s, but not overlap it, Sunday’s not Monday’s', () => {
  expect(overlapInWeek([range(5, 1320, 1560), range(6, 120, 300)])).toBeNull()
  expect(overlapInWeek([range(5, 1320, 1560), range(6, 60, 300)])).toBe(
    'Friday 22:00–02:00 and Saturday 01:00–05:00 overlap. Change or remove one of them.',
  )
  expect(overlapInWeek([range(7, 1320, 1560), range(1, 60, 300)])).toBe(
    'Sunday 22:00–02:00 and Monday 01:00–05:00 overlap. Change or remove one of them.',
  )
})

test('a whole week round the clock is fine', () => {
  expect(overlapInWeek([1, 2, 3, 4, 5, 6, 7].map(weekday => range(weekday, 0, 1440)))).toBeNull()
})

test('it finds an overlap exactly when some minute of the week is open twice', () => {
  const anyRange = fc
    .record({
      weekday: fc.integer({ min: 1, max: 7 }),
      start: fc.integer({ min: 0, max: 143 }),
      length: fc.integer({ min: 1, max: 144 }),
    })
    .map(({ weekday, start, length }) => range(weekday, start * 10, (start + length) * 10))
  fc.assert(
    fc.property(fc.array(anyRange, { maxLength: 6 }), hours => {
      const opened = new Uint8Array(1008)
      for (const { weekday, startMinute, endMinute } of hours) {
        for (let at = startMinute / 10; at < endMinute / 10; at++)
          opened[((weekday - 1) * 144 + at) % 1008]!++
      }
      expect(overlapInWeek(hours) !== null).toBe(opened.some(times => times > 1))
    }),
  )
})
