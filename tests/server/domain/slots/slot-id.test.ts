import { expect, test } from 'vitest'
import { slotId } from '#server/domain/slots/slot-id.ts'

test('a slot has the same id whenever it is computed, and shares it with no other coach, start or offer', () => {
  expect(slotId('coach', 1_800_000_000_000, 'offer')).toBe(slotId('coach', 1_800_000_000_000, 'offer'))
  const ids = [
    slotId('coach', 1, 'offer'),
    slotId('coach', 2, 'offer'),
    slotId('coach', 1, 'other'),
    slotId('b', 1, 'offer'),
  ]
  expect(new Set(ids).size).toBe(4)
})
