import fc from 'fast-check'
import { IANAZone } from 'luxon'
import { expect, test } from 'vitest'
import { offsetIn, spanAt, spansBetween } from '#server/domain/slots/zone.ts'
import { instant } from './builders.ts'

const DAY = 86_400_000

test('offsets are those of Luxon in every zone from 1972 to 2200', () => {
  const someInstant = fc.integer({ min: Date.UTC(1972, 0), max: Date.UTC(2200, 0) })
  fc.assert(
    fc.property(fc.constantFrom(...Intl.supportedValuesOf('timeZone')), someInstant, (zone, at) => {
      const minutes = IANAZone.create(zone).offset(at)
      expect(spanAt(zone, at).offset).toBe(minutes * 60_000)
      expect(offsetIn(spansBetween(zone, at - 40 * DAY, at + 40 * DAY), at)).toBe(minutes * 60_000)
    }),
    { numRuns: 500 },
  )
})

test('spans meet without gaps and change where the clock does', () => {
  const spans = spansBetween('America/New_York', instant('2027-01-01T00:00Z'), instant('2027-12-31T00:00Z'))
  expect(spans.map(({ offset }) => offset / 3600_000)).toEqual([-5, -4, -5])
  expect(spans[1]).toMatchObject({
    startsAt: instant('2027-03-14T07:00Z'),
    endsAt: instant('2027-11-07T06:00Z'),
  })
  expect(spans[0]!.endsAt).toBe(spans[1]!.startsAt)
})

test.each(['2040-10-01', '2054-03-10'])('Gaza’s summer time of less than a week after %s is seen', date => {
  const from = instant(date)
  const [before, summer, after] = spansBetween('Asia/Gaza', from, from + 40 * DAY)
  expect([before, summer, after].map(span => span!.offset / 3600_000)).toEqual([2, 3, 2])
  expect(summer!.endsAt - summer!.startsAt).toBeLessThan(7 * DAY)
})

test('an offset with seconds is kept, as Monrovia’s was until 1972', () => {
  expect(spanAt('Africa/Monrovia', 0).offset).toBe(-(44 * 60 + 30) * 1000)
})
