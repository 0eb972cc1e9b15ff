import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import { isFree } from '#server/domain/slots/is-free.ts'
import type { CoachCalendar, SlotRequest } from '#server/domain/slots/types.ts'
import { ask, coach, everyDay } from './builders.ts'
import { clockChanges, oracleStarts } from './oracle.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const zones = Intl.supportedValuesOf('timeZone')
const years = Array.from({ length: 17 }, (_, index) => 2024 + index)

test('around every clock change of every zone from 2024 to 2040 the slots are the oracle’s', {
  timeout: 120_000,
}, () => {
  const afternoon = everyDay('13:00–17:00')
  const allDay = everyDay('00:00–24:00')
  let checked = 0
  for (const timeZone of zones) {
    for (const change of years.flatMap(year => clockChanges(timeZone, year))) {
      const request = ask({ from: change - 18 * HOUR, to: change + 18 * HOUR })
      for (const hours of [afternoon, allDay]) {
        const calendar = coach({ timeZone, hours })
        const expected = oracleStarts(calendar, request, 15)
        const found = findStarts(calendar, request)
        if (found.join() !== expected.join()) expect({ timeZone, change, found }).toEqual({ expected })
      }
      checked++
    }
  }
  expect(checked).toBeGreaterThan(4000)
})

test('any calendar around a clock change has the oracle’s slots, and isFree agrees on every moment', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(coachAndRequest(5), ([calendar, request]) => expectTheOraclesAnswer(calendar, request, 5)),
    { numRuns: 300 },
  )
})

test('the same holds to the minute', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(coachAndRequest(1), ([calendar, request]) => expectTheOraclesAnswer(calendar, request, 1)),
    { numRuns: 40 },
  )
})

function expectTheOraclesAnswer(calendar: CoachCalendar, request: SlotRequest, grain: number) {
  const expected = oracleStarts(calendar, request, grain)
  expect(findStarts(calendar, request)).toEqual(expected)
  const free: number[] = []
  for (let at = request.from; at < request.to; at += grain * MINUTE) {
    if (isFree(calendar, request, at) === null) free.push(at)
  }
  expect(free).toEqual(expected)
}

/** A random coach and request in a window of up to 40 hours around a clock change, in multiples of `grain`. */
function coachAndRequest(grain: number): fc.Arbitrary<[CoachCalendar, SlotRequest]> {
  return fc
    .record({
      timeZone: fc.constantFrom(...zones),
      year: fc.constantFrom(...years),
      which: fc.nat(),
      beforeMinutes: minutes(grain, 0, 20 * 60),
      lengthMinutes: minutes(grain, 4 * 60, 40 * 60),
    })
    .chain(({ timeZone, year, which, beforeMinutes, lengthMinutes }) => {
      const changes = clockChanges(timeZone, year)
      const change = changes[which % changes.length] ?? Date.UTC(year, which % 12, 1 + (which % 28))
      const from = change - beforeMinutes * MINUTE
      const to = from + lengthMinutes * MINUTE
      const changing = minuteOfDay(timeZone, change - MINUTE) + 1
      return fc.tuple(calendars(timeZone, from, changing, grain), requests(from, to, grain))
    })
}

/** `changing` is the minute of the local day at which the clock changes: many ranges begin or end about then. */
function calendars(
  timeZone: string,
  from: number,
  changing: number,
  grain: number,
): fc.Arbitrary<CoachCalendar> {
  const interval = fc
    .tuple(minutes(grain, -1440, 3 * 1440), minutes(grain, grain, 300))
    .map(([after, length]) => ({
      startsAt: from + after * MINUTE,
      endsAt: from + (after + length) * MINUTE,
    }))
  const claim = fc
    .record({
      interval,
      bufferMinutes: minutes(grain, 0, 90),
      kind: fc.constantFrom('session', 'session', 'own hold', 'live hold', 'expired hold'),
    })
    .map(({ interval, bufferMinutes, kind }) => ({
      ...interval,
      bufferMinutes,
      sessionId: kind === 'session' ? 'session' : null,
      holdId: kind === 'session' ? null : kind,
      expiresAt: kind === 'session' ? null : from + (kind === 'expired hold' ? 0 : 1),
      bookingId: null,
      status: 'booked' as const,
    }))
  return fc.record({
    coachId: fc.constant('coach'),
    timeZone: fc.constant(timeZone),
    hours: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 7 }), localRange(changing, grain)), { maxLength: 12 })
      .map(hours => hours.map(([weekday, range]) => ({ weekday, ...range }))),
    overrides: fc.uniqueArray(
      fc.record({
        date: fc
          .integer({ min: -2, max: 3 })
          .map(day => new Date(from + day * DAY).toISOString().slice(0, 10)),
        ranges: fc.array(localRange(changing, grain), { maxLength: 3 }),
      }),
      { maxLength: 3, selector: override => override.date },
    ),
    timeOff: fc.array(interval, { maxLength: 2 }),
    claims: fc.array(claim, { maxLength: 5 }),
    externalBusy: fc.array(interval, { maxLength: 3 }),
  })
}

function localRange(changing: number, grain: number) {
  const minute = fc.oneof(
    minutes(grain, 0, 1435),
    minutes(grain, -90, 90).map(after => (changing + after + 1440) % 1440),
  )
  return fc.tuple(minute, minute, fc.boolean()).map(([start, end, isLong]) => ({
    startMinute: start,
    endMinute: end <= start || isLong ? end + 1440 : end,
  }))
}

function requests(from: number, to: number, grain: number): fc.Arbitrary<SlotRequest> {
  return fc.record({
    from: fc.constant(from),
    to: fc.constant(to),
    now: fc.constant(from),
    durationMinutes: minutes(grain, 5, 180),
    stepMinutes: fc.constantFrom(5, 10, 15, 20, 25, 30, 40, 45, 60, 90),
    bufferMinutes: minutes(grain, 0, 60),
    bufferExternalBusy: fc.boolean(),
    earliest: fc.option(minutes(grain, 0, 600).map(after => from + after * MINUTE)),
    latest: fc.option(minutes(grain, 600, 1440).map(after => from + after * MINUTE)),
    ownHoldId: fc.option(fc.constant('own hold')),
  })
}

function minutes(grain: number, min: number, max: number) {
  return fc.integer({ min: Math.ceil(min / grain), max: Math.floor(max / grain) }).map(count => count * grain)
}

function minuteOfDay(timeZone: string, at: number): number {
  const { hour, minute } = DateTime.fromMillis(at, { zone: timeZone })
  return hour * 60 + minute
}
