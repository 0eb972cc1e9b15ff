import { DateTime } from 'luxon'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { occurrences } from '#server/domain/sessions/manage/occurrences.ts'
import { handlersOf } from '#server/jobs/handlers.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { createSession, makeSessionOffer, newKey } from '#tests/support/managed-sessions.ts'

const MORNING = new Date('2027-03-01T08:00:00Z')
const WEEK = 7 * 86_400_000
const weekly = {
  pattern: 'FREQ=WEEKLY;BYDAY=MO',
  firstLocal: '2027-03-08T18:00',
  timeZone: 'Europe/Berlin',
  durationMinutes: 60,
}

describe('a pattern', () => {
  const all = (more: Partial<typeof weekly>, until = '2027-12-31T00:00:00Z') =>
    occurrences({ ...weekly, ...more }, { after: MORNING, until: new Date(until) }).map(
      ({ startsAt }) => startsAt,
    )

  it('keeps the time of the wall clock when the clocks change', () => {
    expect(all({}, '2027-04-06T00:00:00Z').map(at => at.toISOString())).toEqual([
      '2027-03-08T17:00:00.000Z',
      '2027-03-15T17:00:00.000Z',
      '2027-03-22T17:00:00.000Z',
      '2027-03-29T16:00:00.000Z',
      '2027-04-05T16:00:00.000Z',
    ])
  })

  it('moves a time that the clock skips on, and takes the first of one that comes twice', () => {
    const sunday = { pattern: 'FREQ=WEEKLY;BYDAY=SU', firstLocal: '2027-03-07T02:30' }
    const at = (day: string) =>
      all(sunday)
        .map(start => DateTime.fromJSDate(start, { zone: 'Europe/Berlin' }))
        .find(start => start.toISODate() === day)!
    expect(at('2027-03-28').toISO()).toBe('2027-03-28T03:30:00.000+02:00')
    expect(at('2027-10-31').toISO()).toBe('2027-10-31T02:30:00.000+02:00')
  })

  it.each([
    ['on the last Friday of each month', 'FREQ=MONTHLY;BYDAY=-1FR', '2027-03-26T18:00', 9],
    ['every second week, five times', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=5', '2027-03-08T18:00', 5],
    ['on two days until a date', 'FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270331T235959Z', '2027-03-08T18:00', 8],
  ])('may be %s', (_, pattern, firstLocal, count) => {
    expect(all({ pattern, firstLocal })).toHaveLength(count)
  })

  it.each([
    ['FREQ=HOURLY', 'PATTERN_INVALID'],
    ['FREQ=WEEKLY;BYHOUR=3', 'PATTERN_INVALID'],
    ['FREQ=WEEKLY;DTSTART=20270101T000000Z', 'PATTERN_INVALID'],
    ['every Monday', 'PATTERN_INVALID'],
    ['FREQ=WEEKLY;INTERVAL=0', 'PATTERN_INVALID'],
    ['FREQ=WEEKLY;BYDAY=TU', 'FIRST_OUTSIDE'],
    ['FREQ=DAILY;BYMONTHDAY=31;BYSETPOS=2', 'PATTERN_INVALID'],
    ['FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO', 'PATTERN_INVALID'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30', 'FIRST_OUTSIDE'],
    ['FREQ=WEEKLY;BYDAY=MO;INTERVAL=99', 'PATTERN_INVALID'],
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=9999', 'PATTERN_INVALID'],
  ])('%s is refused', (pattern, code) => {
    expect(() => all({ pattern })).toThrow(expect.objectContaining({ code }))
  })
})

let now = MORNING
let house: TestHouse
let business: Business
let offerId: string
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())
beforeEach(async () => {
  now = MORNING
  business = await signUpBusiness(house)
  offerId = (await makeSessionOffer(business)).id
})

async function createSchedule(more: Record<string, unknown> = {}) {
  return business.owner.mutate('sessions.manage.createSchedule', {
    ...weekly,
    offerId,
    coachIds: [business.coachId],
    listing: 'public',
    idempotencyKey: newKey(),
    ...more,
  })
}

function goOn(scheduleId: string) {
  const signal = new AbortController().signal
  const payload = { tenantId: business.tenantId, scheduleId }
  return handlersOf(house.house).schedule(payload, { last: false, signal })
}

async function starts(): Promise<string[]> {
  const { sessions } = expectData(await business.visitor().query('sessions.list', { offer: offerId }))
  return sessions.map(({ startsAt }: { startsAt: string }) => startsAt)
}

test('a schedule makes sessions twelve weeks ahead, and its job goes on week by week, each once', async () => {
  const made = expectData(await createSchedule())
  expect(made.skipped).toEqual([])
  expect(made.sessions).toHaveLength(11)
  now = new Date(MORNING.getTime() + WEEK)
  await goOn(made.scheduleId)
  await goOn(made.scheduleId)
  await Promise.all([goOn(made.scheduleId), goOn(made.scheduleId)])
  const all = await starts()
  expect([all.length, new Set(all).size, all.at(-1)]).toEqual([12, 12, '2027-05-24T16:00:00.000Z'])
})

test('dates on which the coach is taken are left out and named', async () => {
  expectData(await createSession(business, offerId, ['2027-03-15T17:30:00Z']))
  const made = expectData(await createSchedule())
  expect(made.sessions).toHaveLength(10)
  expect(made.skipped).toMatchObject([{ startsAt: '2027-03-15T17:00:00.000Z', coachId: business.coachId }])
})

test('one that has ended makes no more, and its sessions stay', async () => {
  const { scheduleId } = expectData(await createSchedule())
  expectData(await business.owner.mutate('sessions.manage.endSchedule', { scheduleId }))
  expectData(await business.owner.mutate('sessions.manage.endSchedule', { scheduleId }))
  now = new Date(MORNING.getTime() + 3 * WEEK)
  await goOn(scheduleId)
  expect((await starts()).at(-1)).toBe('2027-05-17T16:00:00.000Z')
})

test('workshops are made one by one', async () => {
  const workshop = (await makeSessionOffer(business, { kind: 'workshop' })).id
  const refused = await createSchedule({ offerId: workshop })
  expect([refused.status, refused.error!.code]).toEqual([400, 'NOT_REPEATING'])
})
