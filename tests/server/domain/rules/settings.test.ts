import { describe, expect, test } from 'vitest'
import { defaultSettings, minimumNoticeSchema, validateSettings } from '#server/domain/rules/settings.ts'
import { settingsSentences } from '#server/domain/rules/settings-sentences.ts'

describe('settings are checked (017)', () => {
  test('the defaults are valid and warn of nothing', () => {
    expect(validateSettings(defaultSettings)).toEqual({
      settings: defaultSettings,
      problems: [],
      warnings: [],
    })
  })

  test.each([
    ['firmBookingThresholdHours', [0, 720], [-1, 721, 1.5, Number.NaN, '24', null]],
    ['bufferMinutes', [0, 240], [-1, 241, 0.5]],
    ['maxSessionsPerDay', [1, 50, null], [0, -4, 51]],
    ['maxSessionsPerWeek', [1, 200, null], [0, 201]],
    ['approvalHours', [1, 168], [0, 169]],
    ['calendarVisibility', ['public', 'connected', 'private'], ['secret', null]],
    ['limitOutcome', ['refuse', 'request'], ['firm']],
    ['approvalTimeout', ['decline', 'approve'], ['ignore']],
    ['allowFirmBooking', [true, false], ['yes', 1, undefined]],
    ['competingRequests', [true, false], ['yes', null]],
  ])('%s', (field, good, bad) => {
    for (const value of good) {
      expect(validateSettings({ ...defaultSettings, [field]: value }).problems).toEqual([])
    }
    for (const value of bad) {
      const { settings, problems } = validateSettings({ ...defaultSettings, [field]: value })
      expect([settings, problems.map(each => each.field)]).toEqual([null, [field]])
    }
  })

  test('a refusal says what would do', () => {
    const { problems } = validateSettings({ ...defaultSettings, bufferMinutes: -5, approvalHours: 'two' })
    expect(problems.map(each => each.message).sort()).toEqual([
      'The break in minutes must be a whole number from 0 to 240',
      'The hours to answer a request must be a whole number from 1 to 168',
    ])
  })

  test('a setting we do not know is named', () => {
    const { problems } = validateSettings({ ...defaultSettings, vip: true })
    expect(problems).toEqual([{ field: 'vip', message: 'There is no such setting' }])
  })

  test('a minimum notice lies between 0 and 30 days', () => {
    expect([0, 43_200].every(minutes => minimumNoticeSchema.safeParse(minutes).success)).toBe(true)
    expect([-1, 43_201, 1.5].some(minutes => minimumNoticeSchema.safeParse(minutes).success)).toBe(false)
  })
})

describe('settings that are hardly meant are pointed out', () => {
  const offers = (minimumNoticeMinutes: number) => [{ title: 'Intro', minimumNoticeMinutes }]
  const fields = (change: object, notice = 0) =>
    validateSettings({ ...defaultSettings, ...change }, offers(notice)).warnings.map(each => each.field)

  test('an offer whose bookings close before instant booking does (C1)', () => {
    expect(fields({}, 24 * 60 - 1)).toEqual([])
    expect(fields({}, 24 * 60)).toEqual(['firmBookingThresholdHours'])
    expect(validateSettings(defaultSettings, offers(2880)).warnings[0]?.message).toContain('"Intro"')
  })

  test('but not where no time limit for instant booking is set, or every booking is approved', () => {
    expect(fields({ firmBookingThresholdHours: 0 }, 1440)).toEqual([])
    expect(fields({ allowFirmBooking: false }, 1440)).toEqual([])
  })

  test('a limit for the day above the one for the week', () => {
    expect(fields({ maxSessionsPerDay: 5, maxSessionsPerWeek: 4 })).toEqual(['maxSessionsPerDay'])
    expect(fields({ maxSessionsPerDay: 4, maxSessionsPerWeek: 4 })).toEqual([])
    expect(fields({ maxSessionsPerDay: 5, maxSessionsPerWeek: null })).toEqual([])
  })
})

describe('settings read as sentences', () => {
  const read = (change: object = {}) =>
    settingsSentences({ ...defaultSettings, ...change }).map(each => each.sentence)

  test('the defaults', () => {
    expect(read()).toEqual([
      'Everyone sees your free times.',
      'Clients are confirmed at once when the session starts more than 24 hours from now; otherwise you approve.',
      'You have 48 hours to answer a request; unanswered, it is declined by itself.',
      'There is no limit to your sessions a day or week.',
      'At least 15 minutes stay free between sessions and around busy times of your other calendars.',
    ])
  })

  test.each([
    [
      { calendarVisibility: 'connected' },
      'Only connected clients see your free times; others see the offer.',
    ],
    [
      { calendarVisibility: 'private' },
      'Nobody sees your free times, except those who have a personal link from you.',
    ],
    [{ allowFirmBooking: false }, 'You approve every booking.'],
    [{ firmBookingThresholdHours: 0 }, 'Clients are confirmed at once.'],
    [
      { firmBookingThresholdHours: 1 },
      'Clients are confirmed at once when the session starts more than 1 hour from now; otherwise you approve.',
    ],
    [
      { firmBookingThresholdHours: 168, requireApprovalNonConnected: true },
      'Connected clients are confirmed at once when the session starts more than 7 days from now; otherwise you approve.',
    ],
    [{ requireApprovalNonConnected: true }, 'You approve every booking of a client who is not connected.'],
    [
      { approvalHours: 1, approvalTimeout: 'approve' },
      'You have 1 hour to answer a request; unanswered, it is approved by itself.',
    ],
    [
      { competingRequests: true },
      'Several clients may ask for the same time. Once you approve one, the others are declined and told of other times.',
    ],
    [{ maxSessionsPerDay: 1 }, 'At most 1 session a day; beyond that no time is offered.'],
    [
      { maxSessionsPerDay: 4, maxSessionsPerWeek: 16, limitOutcome: 'request' },
      'At most 4 sessions a day and 16 sessions a week; beyond that you approve.',
    ],
    [{ bufferMinutes: 0 }, 'Sessions may follow each other without a break.'],
    [
      { bufferMinutes: 90, bufferExternalBusy: false },
      'At least 1 hour 30 minutes stay free between sessions.',
    ],
    [{ bufferMinutes: 60, bufferExternalBusy: false }, 'At least 1 hour stays free between sessions.'],
  ])('%o', (change, sentence) => {
    expect(read(change)).toContain(sentence)
  })
})
