import { expect, test } from 'vitest'
import { joinTimes } from '#server/domain/rooms/join-times.ts'

const date = (start: string, end: string) => ({ startsAt: new Date(start), endsAt: new Date(end) })
const dates = [
  date('2027-03-08T10:00:00Z', '2027-03-08T11:00:00Z'),
  date('2027-03-15T10:00:00Z', '2027-03-15T11:30:00Z'),
]
const opensAt = (now: string) => joinTimes(dates, new Date(now))?.opensAt.toISOString()

test('a room opens 15 minutes before each date and closes an hour after it', () => {
  expect(joinTimes(dates, new Date('2027-03-01T00:00:00Z'))).toEqual({
    ...dates[0],
    opensAt: new Date('2027-03-08T09:45:00Z'),
    closesAt: new Date('2027-03-08T12:00:00Z'),
  })
  expect(opensAt('2027-03-08T11:59:59Z')).toBe('2027-03-08T09:45:00.000Z')
  expect(opensAt('2027-03-08T12:00:00Z')).toBe('2027-03-15T09:45:00.000Z')
})

test('after the last date there is nothing to enter any more', () => {
  expect(joinTimes(dates, new Date('2027-03-15T12:29:59Z'))).not.toBeNull()
  expect(joinTimes(dates, new Date('2027-03-15T12:30:00Z'))).toBeNull()
})
