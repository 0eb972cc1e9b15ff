import { describe, expect, test } from 'vitest'
import { decide } from '#server/domain/rules/decide.ts'
import { attempt, connected } from './attempt.ts'

describe('the formula canFirmBook (250)', () => {
  const yesNo = [true, false]
  const table = yesNo.flatMap(allow =>
    yesNo.flatMap(known => yesNo.map(farEnough => ({ allow, known, farEnough }))),
  )

  test.each(table)('allowed $allow, connected $known, beyond the threshold $farEnough', async row => {
    const { outcome } = await decide(
      attempt({
        allowFirmBooking: row.allow,
        requireApprovalNonConnected: true,
        viewer: row.known ? connected : {},
        leadMinutes: (row.farEnough ? 25 : 23) * 60,
      }),
    )
    expect(outcome).toBe(row.allow && row.known && row.farEnough ? 'firm' : 'request')
  })

  test.each(table)('a stranger needs no connection where none is required: %o', async row => {
    const { outcome } = await decide(
      attempt({
        allowFirmBooking: row.allow,
        viewer: row.known ? connected : {},
        leadMinutes: (row.farEnough ? 25 : 23) * 60,
      }),
    )
    expect(outcome).toBe(row.allow && row.farEnough ? 'firm' : 'request')
  })

  test.each([
    [24 * 60 - 1 / 60_000, 'request'],
    [24 * 60, 'request'],
    [24 * 60 + 1 / 60_000, 'firm'],
  ])('a lead of %d minutes against 24 hours is %s', async (leadMinutes, outcome) => {
    expect((await decide(attempt({ leadMinutes }))).outcome).toBe(outcome)
  })

  test.each([
    { signedIn: true, proven: true, connected: false },
    { signedIn: false, proven: true, connected: true },
    { signedIn: true, proven: false, connected: true },
  ])('connected counts only for a client who is signed in and proved the address: %o', async viewer => {
    const { outcome, code } = await decide(attempt({ requireApprovalNonConnected: true, viewer }))
    expect([outcome, code]).toEqual(['request', 'CONNECTION'])
  })

  test('a number that is none is never firm', async () => {
    expect((await decide(attempt({ leadMinutes: Number.NaN }))).outcome).toBe('refuse')
    expect((await decide(attempt({ firmBookingThresholdHours: Number.NaN }))).outcome).toBe('request')
    expect((await decide(attempt({ sessionsThatDay: Number.NaN }))).outcome).toBe('refuse')
  })
})

describe('each check that fails alone has its outcome, code and sentence (028)', () => {
  test('nothing fails', async () => {
    const decision = await decide(attempt())
    expect(decision).toMatchObject({ outcome: 'firm', code: null, restrictions: [], warnings: [] })
    expect(decision.sentence).toBe('Confirmed at once.')
  })

  test.each([
    [
      { allowFirmBooking: false },
      'APPROVAL',
      "Needs your coach's approval: this coach approves every booking.",
    ],
    [
      { requireApprovalNonConnected: true },
      'CONNECTION',
      "Needs your coach's approval: instant booking is for connected clients. Sign in if you are one.",
    ],
    [
      { requireApprovalNonConnected: true, viewer: { signedIn: true, proven: true } },
      'CONNECTION',
      "Needs your coach's approval: instant booking is for connected clients.",
    ],
    [
      { leadMinutes: 18 * 60 + 12.5 },
      'THRESHOLD',
      "Needs your coach's approval: it starts in 18 hours, instant booking needs 24.",
    ],
    [
      { leadMinutes: 24 * 60 },
      'THRESHOLD',
      "Needs your coach's approval: it starts in 24 hours, instant booking needs more than 24.",
    ],
    [
      { leadMinutes: 125 },
      'THRESHOLD',
      "Needs your coach's approval: it starts in 2 hours 5 minutes, instant booking needs 24 hours.",
    ],
    [
      { leadMinutes: 5 * 1440 + 7, firmBookingThresholdHours: 168 },
      'THRESHOLD',
      "Needs your coach's approval: it starts in 5 days, instant booking needs 7.",
    ],
    [
      { leadMinutes: 30, firmBookingThresholdHours: 1, minimumNoticeMinutes: 0 },
      'THRESHOLD',
      "Needs your coach's approval: it starts in 30 minutes, instant booking needs 1 hour.",
    ],
    [
      { sessionsThatDay: 4, limitOutcome: 'request' as const },
      'LIMIT_DAY',
      "Needs your coach's approval: the coach's usual number of sessions that day is reached.",
    ],
    [
      { sessionsThatWeek: 12, limitOutcome: 'request' as const },
      'LIMIT_WEEK',
      "Needs your coach's approval: the coach's usual number of sessions that week is reached.",
    ],
  ])('request %#: %o', async (change, code, message) => {
    const decision = await decide(attempt(change))
    expect(decision).toMatchObject({ outcome: 'request', code, sentence: message })
    expect(decision.restrictions).toEqual([{ code, message }])
  })

  test.each([
    [
      { calendarVisibility: 'private' as const },
      'CALENDAR_PRIVATE',
      "This coach can't be booked online. Contact the business to arrange a time.",
    ],
    [
      { calendarVisibility: 'connected' as const },
      'CONNECTED_ONLY',
      'Connect to see times: this coach is booked by connected clients only. Sign in if you are one, or ask the coach to connect.',
    ],
    [
      { calendarVisibility: 'connected' as const, viewer: { signedIn: true, proven: true } },
      'CONNECTED_ONLY',
      'Connect to see times: this coach is booked by connected clients only. Ask the coach to connect.',
    ],
    [{ offerListed: false }, 'OFFER_CLOSED', "This offer can't be booked at the moment. Choose another one."],
    [
      { conflict: { code: 'SLOT_TAKEN' as const } },
      'SLOT_TAKEN',
      'This time is already taken. Choose another one.',
    ],
    [
      { conflict: { code: 'BUFFER' as const } },
      'BUFFER',
      'This time leaves the coach too short a break. Choose another one.',
    ],
    [
      { conflict: { code: 'OUTSIDE_HOURS' as const } },
      'OUTSIDE_HOURS',
      "This time is outside the coach's hours. Choose one of the times offered.",
    ],
    [
      { conflict: { code: 'OFF_STEP' as const } },
      'OFF_STEP',
      "Sessions don't start at this time. Choose one of the times offered.",
    ],
    [
      { leadMinutes: 30, firmBookingThresholdHours: 0 },
      'NOTICE',
      'Too late to book: it starts in 30 minutes, bookings close 2 hours before. Choose a later time.',
    ],
    [
      { leadMinutes: 0.5, firmBookingThresholdHours: 0 },
      'NOTICE',
      'Too late to book: it starts in less than a minute, bookings close 2 hours before. Choose a later time.',
    ],
    [
      { leadMinutes: 61 * 1440 },
      'HORIZON',
      'Too far ahead: bookings are open for the next 60 days. Choose an earlier date.',
    ],
    [
      { leadMinutes: 30 * 60, horizonDays: 1 },
      'HORIZON',
      'Too far ahead: bookings are open for the next day. Choose an earlier date.',
    ],
    [{ sessionsThatDay: 4 }, 'LIMIT_DAY', 'This coach has no room left that day. Choose another day.'],
    [{ sessionsThatWeek: 13 }, 'LIMIT_WEEK', 'This coach has no room left that week. Choose another week.'],
  ])('refusal %#: %o', async (change, code, message) => {
    const decision = await decide(attempt(change))
    expect(decision).toMatchObject({ outcome: 'refuse', code, sentence: message })
    expect(decision.restrictions).toEqual([{ code, message }])
  })

  test('a time that has passed is refused', async () => {
    const decision = await decide(attempt({ leadMinutes: -5, minimumNoticeMinutes: 0 }))
    expect([decision.outcome, decision.code]).toEqual(['refuse', 'NOTICE'])
    expect(decision.sentence).toBe(
      'Too late to book: it has already started, bookings close when it starts. Choose a later time.',
    )
  })

  test('the notice, the horizon and the last place are still in time', async () => {
    const soon = { leadMinutes: 120, firmBookingThresholdHours: 0 }
    expect((await decide(attempt(soon))).outcome).toBe('firm')
    expect((await decide(attempt({ leadMinutes: 60 * 1440 }))).outcome).toBe('firm')
    expect((await decide(attempt({ sessionsThatDay: 3, sessionsThatWeek: 11 }))).outcome).toBe('firm')
  })

  test('no limit and no horizon restrict nothing', async () => {
    const unlimited = { maxSessionsPerDay: null, maxSessionsPerWeek: null, horizonDays: null }
    const many = { sessionsThatDay: 99, sessionsThatWeek: 99, leadMinutes: 9e6 }
    expect((await decide(attempt({ ...unlimited, ...many }))).outcome).toBe('firm')
  })
})

describe('of several restrictions', () => {
  test('the strictest decides, and refusals are told first', async () => {
    const decision = await decide(attempt({ allowFirmBooking: false, leadMinutes: 150, sessionsThatDay: 4 }))
    expect(decision.outcome).toBe('refuse')
    expect(decision.restrictions.map(each => each.code)).toEqual(['LIMIT_DAY', 'APPROVAL', 'THRESHOLD'])
    expect(decision.sentence).toBe(decision.restrictions[0]?.message)
  })

  test('who may not see the calendar learns nothing of what lies behind it (C2)', async () => {
    const behind = { sessionsThatDay: 4, conflict: { code: 'SLOT_TAKEN' as const }, allowFirmBooking: false }
    const hidden = await decide(attempt({ calendarVisibility: 'private', ...behind }))
    expect(hidden.restrictions.map(each => each.code)).toEqual(['CALENDAR_PRIVATE'])
    const connectedOnly = await decide(attempt({ calendarVisibility: 'connected', ...behind }))
    expect(connectedOnly.restrictions.map(each => each.code)).toEqual(['CONNECTED_ONLY'])
  })
})

test('decisions asked at the same time do not disturb one another', async () => {
  const deciding = Array.from({ length: 20 }, async (_, at) => {
    for (let tick = 0; tick < at; tick++) await null
    const outcomes = []
    for (const hours of [18, 30, 18, 30])
      outcomes.push((await decide(attempt({ leadMinutes: hours * 60 }))).outcome)
    return outcomes
  })
  for (const outcomes of await Promise.all(deciding)) {
    expect(outcomes).toEqual(['request', 'firm', 'request', 'firm'])
  }
})
