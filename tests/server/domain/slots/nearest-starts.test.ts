import { expect, test } from 'vitest'
import { nearestStarts } from '#server/domain/slots/nearest-starts.ts'

test('the nearest come first, of two as near the earlier', () => {
  expect(nearestStarts([10, 20, 30, 40, 50], 31, 3)).toEqual([30, 40, 20])
  expect(nearestStarts([10, 20, 40, 50], 30, 3)).toEqual([20, 40, 10])
})

test('all on one side, fewer than asked, or none', () => {
  expect(nearestStarts([10, 20, 30], 100, 2)).toEqual([30, 20])
  expect(nearestStarts([10, 20, 30], 1, 2)).toEqual([10, 20])
  expect(nearestStarts([10], 1, 3)).toEqual([10])
  expect(nearestStarts([], 1, 3)).toEqual([])
})
