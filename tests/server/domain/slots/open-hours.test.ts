import { expect, test } from 'vitest'
import { openRanges } from '#server/domain/slots/open-hours.ts'
import { coach, everyDay, instant, interval } from './builders.ts'

test('open time is merged over ranges and days, without time off, and cut at the window', () => {
  const calendar = coach({
    hours: everyDay('08:00–12:00', '11:00–13:00', '22:00–24:00', '00:00–02:00'),
    timeOff: [
      interval('2027-06-01T10:00Z', '2027-06-01T10:30Z'),
      interval('2027-06-01T10:15Z', '2027-06-01T11:00Z'),
      interval('2027-06-01T12:45Z', '2027-06-01T22:30Z'),
    ],
  })
  expect(openRanges(calendar, instant('2027-06-01T09:00Z'), instant('2027-06-02T09:00Z'))).toEqual([
    interval('2027-06-01T09:00Z', '2027-06-01T10:00Z'),
    interval('2027-06-01T11:00Z', '2027-06-01T12:45Z'),
    interval('2027-06-01T22:30Z', '2027-06-02T02:00Z'),
    interval('2027-06-02T08:00Z', '2027-06-02T09:00Z'),
  ])
})

test('a coach without hours is never open', () => {
  const calendar = coach({ hours: [] })
  expect(openRanges(calendar, instant('2027-06-01T00:00Z'), instant('2027-07-01T00:00Z'))).toEqual([])
})
