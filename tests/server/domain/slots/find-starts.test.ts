import { describe, expect, test } from 'vitest'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import type { CoachCalendar, SlotRequest } from '#server/domain/slots/types.ts'
import { ask, claim, coach, everyDay, instant, interval, range, shown } from './builders.ts'

/** The starts on one UTC day of a coach in UTC, as `HH:mm`. */
function times(calendar: Partial<CoachCalendar> = {}, request: Partial<SlotRequest> = {}) {
  return shown(findStarts(coach(calendar), ask(request)), 'UTC').map(text => text.slice(6, 11))
}

/** The starts in a window of UTC instants, on the coach's clock. */
function onClock(
  timeZone: string,
  from: string,
  to: string,
  hours: string[],
  request: Partial<SlotRequest> = {},
) {
  const calendar = coach({ timeZone, hours: everyDay(...hours) })
  return shown(findStarts(calendar, ask({ from: instant(from), to: instant(to), ...request })), timeZone)
}

describe('hours', () => {
  test('a session fits into the hours to the minute', () => {
    expect(times()).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00'])
  })

  test('steps count from the start of each range, touching ranges hold one session together', () => {
    const hours = everyDay('09:10–10:00', '10:00–11:30')
    expect(times({ hours })).toEqual(['09:10', '09:40', '10:00', '10:30'])
  })

  test('ranges that overlap offer an instant once, in order', () => {
    const hours = everyDay('10:00–12:00', '09:30–11:00')
    expect(times({ hours })).toEqual(['09:30', '10:00', '10:30', '11:00'])
  })

  test('a session may run from the last range of a day into the first of the next', () => {
    const hours = everyDay('22:00–24:00', '00:00–01:00')
    const request = { from: instant('2027-06-01T22:00Z'), to: instant('2027-06-02T02:00Z') }
    expect(times({ hours }, request)).toEqual(['22:00', '22:30', '23:00', '23:30', '00:00'])
  })

  test('hours across midnight go on after it', () => {
    const hours = [{ weekday: 1, ...range('23:00–25:30') }]
    expect(times({ hours })).toEqual(['00:00', '00:30'])
  })

  test('an override replaces the day’s hours, an empty one closes it', () => {
    const moved = { date: '2027-06-01', ranges: [range('14:00–15:30')] }
    expect(times({ overrides: [moved] })).toEqual(['14:00', '14:30'])
    expect(times({ overrides: [{ date: '2027-06-01', ranges: [] }] })).toEqual([])
  })

  test('an override leaves alone what began the evening before, and takes its own evening along', () => {
    const hours = everyDay('23:00–25:30')
    const closed = { date: '2027-06-01', ranges: [] }
    expect(times({ hours, overrides: [closed] })).toEqual(['00:00', '00:30'])
    const dayAfter = { from: instant('2027-06-02T00:00Z'), to: instant('2027-06-02T03:00Z') }
    expect(times({ hours, overrides: [closed] }, dayAfter)).toEqual([])
  })

  test('time off takes its time and no buffer, and steps go on counting from the range', () => {
    const timeOff = [interval('2027-06-01T10:00Z', '2027-06-01T10:10Z')]
    expect(times({ timeOff }, { bufferMinutes: 15 })).toEqual(['09:00', '10:30', '11:00'])
  })

  test('empty time off and empty external events take nothing', () => {
    const nothing = [interval('2027-06-01T10:00Z', '2027-06-01T10:00Z')]
    expect(times({ timeOff: nothing, externalBusy: nothing })).toEqual(times())
  })
})

describe('window, notice and horizon', () => {
  test('the window is half-open on starts', () => {
    const request = { from: instant('2027-06-01T09:30Z'), to: instant('2027-06-01T10:30Z') }
    expect(times({}, request)).toEqual(['09:30', '10:00'])
  })

  test('a start exactly at the end of the notice and one exactly at the horizon are offered', () => {
    const request = { earliest: instant('2027-06-01T09:30Z'), latest: instant('2027-06-01T10:30Z') }
    expect(times({}, request)).toEqual(['09:30', '10:00', '10:30'])
  })

  test('a step or length of nothing, an endless window and an unknown zone are errors', () => {
    expect(() => times({}, { stepMinutes: 0 })).toThrow(RangeError)
    expect(() => times({}, { durationMinutes: -60 })).toThrow(RangeError)
    expect(() => times({}, { to: Infinity })).toThrow(RangeError)
    expect(() => times({ timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})

describe('buffers', () => {
  const booked = claim('2027-06-01T10:00Z', '2027-06-01T11:00Z')
  const allDay = everyDay('08:00–13:00')

  test('with 15 minutes, 11:00 and 11:10 are not offered after a session until 11:00, 11:15 is', () => {
    const fine = { bufferMinutes: 15, stepMinutes: 5 }
    const found = times({ hours: allDay, claims: [booked] }, fine)
    expect(found).not.toContain('11:00')
    expect(found).not.toContain('11:10')
    expect(found).toContain('11:15')
  })

  test('the same gap is kept before a session', () => {
    const found = times({ hours: allDay, claims: [booked] }, { bufferMinutes: 15, stepMinutes: 5 })
    expect(found).toContain('08:45')
    expect(found).not.toContain('08:50')
  })

  test('two neighbours keep the larger of their buffers, not the sum', () => {
    const careful = { ...booked, bufferMinutes: 30 }
    const both = times({ hours: allDay, claims: [careful] }, { bufferMinutes: 15, stepMinutes: 15 })
    expect(both).toEqual(['08:00', '08:15', '08:30', '11:30', '11:45', '12:00'])
    const neighbourOnly = times({ hours: allDay, claims: [careful] }, { stepMinutes: 15 })
    expect(neighbourOnly).toEqual(both)
  })

  test('the offer’s own buffers need not fit into the hours', () => {
    expect(times({}, { bufferMinutes: 60 })).toEqual(times())
  })

  test('external busy time blocks as it is, and with a buffer when the option is on', () => {
    const calendar = { hours: allDay, externalBusy: [interval('2027-06-01T10:00Z', '2027-06-01T11:00Z')] }
    const request = { bufferMinutes: 15, stepMinutes: 15, from: instant('2027-06-01T10:00Z') }
    expect(times(calendar, request)).toEqual(['11:00', '11:15', '11:30', '11:45', '12:00'])
    expect(times(calendar, { ...request, bufferExternalBusy: true })).toEqual([
      '11:15',
      '11:30',
      '11:45',
      '12:00',
    ])
  })

  test('busy time around a long event still counts', () => {
    const claims = [
      claim('2027-05-01T00:00Z', '2027-06-01T09:30Z'),
      claim('2027-05-31T10:00Z', '2027-05-31T11:00Z'),
      claim('2027-06-01T11:30Z', '2027-06-01T12:00Z'),
    ]
    expect(times({ claims })).toEqual(['09:30', '10:00', '10:30'])
  })
})

describe('holds', () => {
  const hold = claim('2027-06-01T09:00Z', '2027-06-01T11:00Z', { sessionId: null, holdId: 'hold' })
  const now = instant('2027-06-01T06:00Z')

  test('a live hold blocks; from the instant it runs out it blocks no more', () => {
    expect(times({ claims: [{ ...hold, expiresAt: now + 1 }] }, { now })).toEqual(['11:00'])
    expect(times({ claims: [{ ...hold, expiresAt: now }] }, { now })).toEqual(times())
  })

  test('a viewer’s own hold doesn’t block their slot, another’s does', () => {
    const claims = [{ ...hold, expiresAt: now + 1 }]
    expect(times({ claims }, { now, ownHoldId: 'hold' })).toEqual(times())
    expect(times({ claims }, { now, ownHoldId: 'other' })).toEqual(['11:00'])
  })
})

describe('clock changes', () => {
  test.each([
    ['America/New_York', '-04:00'],
    ['America/Chicago', '-05:00'],
    ['America/Los_Angeles', '-07:00'],
  ])('%s: 13:00–17:00 stays that on the day of the change', (zone, offset) => {
    const found = onClock(zone, '2027-03-14T08:00Z', '2027-03-15T07:00Z', ['13:00–17:00'], {
      stepMinutes: 60,
    })
    expect(found).toEqual(['13:00', '14:00', '15:00', '16:00'].map(time => `03-14 ${time} ${offset}`))
  })

  test.each([
    ['Asia/Beirut', '2027-03-28', '+03:00'],
    ['Africa/Cairo', '2027-04-30', '+03:00'],
    ['America/Santiago', '2027-09-05', '-03:00'],
  ])('%s: the clock skips midnight, the day begins at 01:00 and its hours stay', (zone, date, offset) => {
    const [from, to] = [`${date}T00:30${offset}`, `${date}T23:59${offset}`]
    const day = date.slice(5)
    expect(onClock(zone, from, to, ['13:00–17:00'], { stepMinutes: 60 })).toEqual(
      ['13:00', '14:00', '15:00', '16:00'].map(time => `${day} ${time} ${offset}`),
    )
    const allDay = onClock(zone, from, to, ['00:00–24:00'], { stepMinutes: 60 })
    expect(allDay).toHaveLength(23)
    expect(allDay[0]).toBe(`${day} 01:00 ${offset}`)
    expect(onClock(zone, from, to, ['00:15–01:15'])).toEqual([])
    expect(onClock(zone, from, to, ['00:15–02:15'])).toEqual([`${day} 01:15 ${offset}`])
  })

  test.each([
    ['Asia/Beirut', '2027-10-30', '+03:00', '+02:00'],
    ['Africa/Cairo', '2027-10-28', '+03:00', '+02:00'],
    ['America/Santiago', '2027-04-03', '-03:00', '-04:00'],
  ])('%s: the clock repeats the hour before midnight and both count', (zone, date, summer, winter) => {
    const found = onClock(zone, `${date}T22:00${summer}`, `${date}T23:59${winter}`, ['20:00–24:00'])
    const day = date.slice(5)
    expect(found).toEqual([
      `${day} 22:00 ${summer}`,
      `${day} 22:30 ${summer}`,
      `${day} 23:00 ${summer}`,
      `${day} 23:30 ${summer}`,
      `${day} 23:00 ${winter}`,
    ])
  })

  test('a range from 02:30, which doesn’t exist, begins at 03:30 and counts its steps from there', () => {
    const found = onClock('America/New_York', '2027-03-14T05:00Z', '2027-03-14T15:00Z', ['02:30–06:00'], {
      stepMinutes: 45,
    })
    expect(found).toEqual(['03-14 03:30 -04:00', '03-14 04:15 -04:00', '03-14 05:00 -04:00'])
  })

  test('a range that ends at 02:30, which doesn’t exist, ends at 03:30', () => {
    const found = onClock('America/New_York', '2027-03-14T05:00Z', '2027-03-14T15:00Z', ['00:30–02:30'])
    expect(found).toEqual(['03-14 00:30 -05:00', '03-14 01:00 -05:00', '03-14 01:30 -05:00'])
  })

  test('a range inside the skipped hour moves with both its ends', () => {
    const found = onClock('America/New_York', '2027-03-14T05:00Z', '2027-03-14T15:00Z', ['02:00–02:30'], {
      durationMinutes: 30,
    })
    expect(found).toEqual(['03-14 03:00 -04:00'])
  })

  test('no step is offered at a wall time that the clock skips', () => {
    const found = onClock('America/New_York', '2027-03-14T05:00Z', '2027-03-14T15:00Z', ['01:00–06:00'], {
      stepMinutes: 90,
    })
    expect(found).toEqual(['03-14 01:00 -05:00', '03-14 04:00 -04:00'])
  })

  test('a repeated hour is offered twice, told apart by its offset', () => {
    const found = onClock('America/New_York', '2027-11-07T04:00Z', '2027-11-07T15:00Z', ['00:30–03:00'])
    expect(found).toEqual([
      '11-07 00:30 -04:00',
      '11-07 01:00 -04:00',
      '11-07 01:30 -04:00',
      '11-07 01:00 -05:00',
      '11-07 01:30 -05:00',
      '11-07 02:00 -05:00',
    ])
  })

  test('a range that begins or ends in a repeated hour takes its first pass', () => {
    const [from, to] = ['2027-11-07T04:00Z', '2027-11-07T15:00Z']
    expect(onClock('America/New_York', from, to, ['01:30–02:00'])).toEqual([
      '11-07 01:30 -04:00',
      '11-07 01:00 -05:00',
    ])
    expect(onClock('America/New_York', from, to, ['00:00–01:30'])).toEqual([
      '11-07 00:00 -04:00',
      '11-07 00:30 -04:00',
    ])
  })

  test('a day has 23 or 25 hours', () => {
    const hourly = { stepMinutes: 60 }
    const spring = onClock('Europe/Berlin', '2027-03-27T23:00Z', '2027-03-28T22:00Z', ['00:00–24:00'], hourly)
    const autumn = onClock('Europe/Berlin', '2027-10-30T22:00Z', '2027-10-31T23:00Z', ['00:00–24:00'], hourly)
    expect([spring.length, autumn.length]).toEqual([23, 25])
  })

  test('Lord Howe changes by half an hour, steps keep to its clock', () => {
    const hourly = { stepMinutes: 60 }
    expect(
      onClock('Australia/Lord_Howe', '2027-04-03T13:00Z', '2027-04-03T18:00Z', ['00:30–04:30'], hourly),
    ).toEqual([
      '04-04 00:30 +11:00',
      '04-04 01:30 +11:00',
      '04-04 01:30 +10:30',
      '04-04 02:30 +10:30',
      '04-04 03:30 +10:30',
    ])
    expect(
      onClock('Australia/Lord_Howe', '2027-10-02T13:30Z', '2027-10-02T18:00Z', ['00:00–05:00'], hourly),
    ).toEqual(['10-03 00:00 +10:30', '10-03 01:00 +10:30', '10-03 03:00 +11:00', '10-03 04:00 +11:00'])
  })

  test.each([
    ['Asia/Kathmandu', '+05:45'],
    ['Pacific/Chatham', '+12:45'],
  ])('%s: three quarters of an hour stay in the offset', (zone, offset) => {
    const found = onClock(zone, `2027-06-01T00:00${offset}`, `2027-06-01T12:00${offset}`, ['09:00–11:00'])
    expect(found).toEqual(['09:00', '09:30', '10:00'].map(time => `06-01 ${time} ${offset}`))
  })

  test('a day that the date line swallows has no hours, not even on the next day', () => {
    const hours = [{ weekday: 5, ...range('09:00–11:00') }]
    const request = ask({ from: instant('2011-12-29T10:00Z'), to: instant('2012-01-01T10:00Z') })
    expect(findStarts(coach({ timeZone: 'Pacific/Apia', hours }), request)).toEqual([])
    const kwajalein = [{ weekday: 6, ...range('09:00–11:00') }]
    const itsRequest = ask({ from: instant('1993-08-20T12:00Z'), to: instant('1993-08-23T12:00Z') })
    expect(findStarts(coach({ timeZone: 'Pacific/Kwajalein', hours: kwajalein }), itsRequest)).toEqual([])
  })

  test('the night before a swallowed day goes on after it', () => {
    const [evening, nextDay] = ['2011-12-30T06:00Z', '2011-12-31T06:00Z']
    expect(onClock('Pacific/Apia', evening, nextDay, ['22:00–26:00'], { stepMinutes: 60 })).toEqual([
      '12-29 22:00 -10:00',
      '12-29 23:00 -10:00',
      '12-31 00:00 +14:00',
      '12-31 01:00 +14:00',
    ])
    expect(onClock('Pacific/Apia', '2011-12-30T11:00Z', '2011-12-30T12:00Z', ['22:00–26:00'])).toEqual([
      '12-31 01:00 +14:00',
    ])
  })

  test('a day that began before the clock went back over midnight stays begun', () => {
    const found = onClock('America/St_Johns', '2010-11-07T02:00Z', '2010-11-07T03:00Z', ['00:00–00:30'], {
      durationMinutes: 15,
    })
    expect(found).toEqual(['11-07 00:00 -02:30'])
  })
})
