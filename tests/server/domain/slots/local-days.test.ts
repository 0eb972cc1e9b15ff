import { expect, test } from 'vitest'
import { countByLocalDayAndWeek, localDays } from '#server/domain/slots/local-days.ts'
import { instant } from './builders.ts'

test('sessions count on the local day, not on the day of UTC', () => {
  const starts = ['2027-06-01T23:30-07:00', '2027-06-02T00:30-07:00', '2027-06-02T23:00-07:00'].map(instant)
  const { day, dayOf } = countByLocalDayAndWeek(starts, 'America/Los_Angeles', 1)
  expect(Object.fromEntries(day)).toEqual({ '2027-06-01': 1, '2027-06-02': 2 })
  expect(dayOf(instant('2027-06-02T06:00Z'))).toBe('2027-06-01')
})

test.each([
  [1, '2027-06-07', '2027-06-07', '2027-06-14'],
  [7, '2027-06-06', '2027-06-13', '2027-06-13'],
  [6, '2027-06-12', '2027-06-12', '2027-06-12'],
])(
  'a week that starts on ISO weekday %i is named by its first day',
  (weekStartsOn, saturday, sunday, monday) => {
    const { weekOf } = localDays('Europe/Berlin', weekStartsOn)
    expect(
      ['2027-06-12T12:00Z', '2027-06-13T12:00Z', '2027-06-14T12:00Z'].map(at => weekOf(instant(at))),
    ).toEqual([saturday, sunday, monday])
  },
)

test('weeks count over a clock change and over the new year', () => {
  const starts = ['2027-12-31T22:59Z', '2027-12-31T23:00Z', '2028-01-02T22:59Z', '2028-01-02T23:00Z'].map(
    instant,
  )
  const { week, weekOf } = countByLocalDayAndWeek(starts, 'Europe/Berlin', 1)
  expect(Object.fromEntries(week)).toEqual({ '2027-12-27': 3, '2028-01-03': 1 })
  expect(weekOf(instant('2027-03-28T21:59Z'))).toBe('2027-03-22')
  expect(weekOf(instant('2027-03-28T22:00Z'))).toBe('2027-03-29')
})
