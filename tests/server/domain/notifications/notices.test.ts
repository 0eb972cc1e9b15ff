import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type Outbox, openOutbox } from '#tests/support/outbox.ts'
import { rule, standRules } from '#tests/support/policy.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const firm = { firm_booking_threshold_hours: 0 }

let now = MORNING
let house: TestHouse
let business: Business
let outbox: Outbox

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())

beforeEach(async () => {
  now = MORNING
  business = await signUpBusiness(house, { timeZone: 'Europe/Berlin' })
  outbox = openOutbox(house, business)
})

type By = 'client' | 'staff'

async function book({ slug }: Bookable, startsAt: string, by: By = 'client', name = 'Clara Client') {
  const input = bookingInput(slug, startsAt, name)
  const answer =
    by === 'client'
      ? await business.visitor().mutate('bookings.book', input)
      : await business.owner.mutate('bookings.bookFor', input)
  return expectData(answer)
}

/** The notices that what happened brings; all that happened before is handed on once more. */
async function told(): Promise<string[]> {
  const before = new Set(outbox.taken.keys())
  await outbox.dispatchAll()
  await outbox.sendDue()
  return notices(id => !before.has(id)).map(({ subject }) => subject)
}

function notices(which: (messageId: string) => boolean = () => true) {
  return [...outbox.taken.values()].filter(
    ({ messageId, headers }) => which(messageId) && headers?.['List-Unsubscribe']?.includes('/admin/mails'),
  )
}

const reasonsOf = async (type: 'limit_warning' | 'break_cut_short') =>
  (await outbox.messages({ type, channel: 'email' })).map(({ state, last_error }) => [state, last_error])

describe('of a day that fills up a coach is told', () => {
  it('at 80 % of the limit, when it is full and when it goes over, each once', async () => {
    const offer = await makeBookable(house, business, { coach: { ...firm, max_sessions_per_day: 5 } })
    const at = (hour: number) => `2027-03-10T${String(hour).padStart(2, '0')}:00:00Z`
    for (const hour of [8, 9, 10]) await book(offer, at(hour))
    expect(await told()).toEqual([])
    await book(offer, at(11))
    expect(await told()).toEqual(['Nearly full: Wed 10 March, 4 of 5 sessions'])
    await book(offer, at(12))
    expect(await told()).toEqual(['Full: Wed 10 March, 5 of 5 sessions'])
    const { id } = await book(offer, at(13), 'staff')
    expect(await told()).toEqual(['Over your limit: Wed 10 March, 6 sessions instead of 5'])
    await book(offer, at(14), 'staff')
    expectData(await business.owner.mutate('bookings.cancel', { id }))
    expect(await told()).toEqual([])

    const [near, full] = notices()
    expect(near!.to.address).toBe(business.email)
    expect(near!.text).toContain(
      '4 sessions are booked; your limit is 5 a day.\n\nOne more, and the day is full.',
    )
    expect(full!.text).toContain(`/admin?date=2027-03-10&view=day&coach=${business.coachId}`)
    expect(full!.html).toContain('Clients see no more free times there')
  })

  it('only when it is full where 80 % is the same, by the days and weeks of the own clock', async () => {
    const offer = await makeBookable(house, business, {
      coach: { ...firm, max_sessions_per_day: 2, max_sessions_per_week: 5 },
      hours: [[0, 1440]],
    })
    // 22:00 is 23:00 in Berlin; an hour later it is the next day there.
    for (const start of ['2027-03-09T22:00:00Z', '2027-03-09T23:00:00Z']) await book(offer, start)
    expect(await told()).toEqual([])
    await book(offer, '2027-03-10T22:00:00Z')
    expect(await told()).toEqual(['Full: Wed 10 March, 2 of 2 sessions'])
    await book(offer, '2027-03-14T23:00:00Z')
    expect(await told()).toEqual([])
    await book(offer, '2027-03-14T22:00:00Z')
    expect(await told()).toEqual(['Nearly full: the week of Mon 8 March, 4 of 5 sessions'])
  })

  it('of a request that went over it once it is approved, and of a move that came to it', async () => {
    const offer = await makeBookable(house, business, {
      coach: { ...firm, max_sessions_per_day: 1, limit_outcome: 'request' },
    })
    await book(offer, '2027-03-10T09:00:00Z')
    expect(await told()).toEqual(['Full: Wed 10 March, 1 of 1 session'])
    const { id } = await book(offer, '2027-03-10T11:00:00Z')
    expect(await told()).toEqual([])
    expectData(await business.owner.mutate('bookings.approve', { id }))
    expect(await told()).toEqual(['Over your limit: Wed 10 March, 2 sessions instead of 1'])
    expectData(await business.owner.mutate('bookings.reschedule', { id, startsAt: '2027-03-11T11:00:00Z' }))
    expect(await told()).toEqual(['Full: Thu 11 March, 1 of 1 session'])
  })

  it('with the requests that keep time of it, which alone never take it over', async () => {
    const offer = await makeBookable(house, business, {
      coach: { ...firm, max_sessions_per_day: 2, limit_outcome: 'request' },
    })
    const { id } = await book(offer, '2027-03-11T09:00:00Z')
    for (const hour of ['09', '10']) await book(offer, `2027-03-10T${hour}:00:00Z`)
    await book(offer, '2027-03-10T11:00:00Z')
    expect(await told()).toEqual(['Full: Wed 10 March, 2 of 2 sessions and 1 request'])
    expect(notices()[0]!.text).toContain(
      '2 sessions are booked, beside 1 request that waits for you; your limit is 2 a day.',
    )
    expectData(await business.owner.mutate('bookings.reschedule', { id, startsAt: '2027-03-10T12:00:00Z' }))
    expect(await told()).toEqual(['Over your limit: Wed 10 March, 3 sessions instead of 2'])
  })

  it('by the limit of a rule where one sets it', async () => {
    const offer = await makeBookable(house, business, { coach: firm })
    await standRules(house, business, [
      rule({ sets: { maxSessionsPerDay: 2 } }, { scope: 'coach', target: business.coachId }),
    ])
    await book(offer, '2027-03-10T09:00:00Z')
    expect(await told()).toEqual([])
    await book(offer, '2027-03-10T10:00:00Z')
    expect(await told()).toEqual(['Full: Wed 10 March, 2 of 2 sessions'])
    expect(notices()[0]!.text).toContain('2 sessions are booked; the limit your rules set is 2 a day.')
  })

  it('no more where the count fell before the mail was due, or such notices were switched off', async () => {
    const offer = await makeBookable(house, business, { coach: { ...firm, max_sessions_per_day: 1 } })
    const { id } = await book(offer, '2027-03-10T09:00:00Z')
    await outbox.dispatchAll()
    expectData(await business.owner.mutate('bookings.cancel', { id }))
    expect(await told()).toEqual([])
    expect(await reasonsOf('limit_warning')).toEqual([['skipped', 'overtaken']])

    expect((await business.visitor().mutate('messages.stopNotices')).status).toBe(401)
    expectData(await business.owner.mutate('messages.stopNotices'))
    await book(offer, '2027-03-11T09:00:00Z')
    expect(await told()).toEqual([])
    expect((await reasonsOf('limit_warning'))[1]).toEqual(['skipped', 'switched off'])
    expect([...outbox.taken.values()].some(({ subject }) => subject.startsWith('New booking'))).toBe(true)
  })
})

describe('of what lies in the break of a session a coach is told', () => {
  const buffered = { offer: { buffer: 30, step: 15 }, coach: firm }

  it('where staff booked against it, once and with both by name', async () => {
    const offer = await makeBookable(house, business, buffered)
    await book(offer, '2027-03-10T09:00:00Z')
    await book(offer, '2027-03-10T10:30:00Z', 'client', 'Nora Next')
    expect(await told()).toEqual([])
    await book(offer, '2027-03-10T11:45:00Z', 'staff', 'Otto Other')
    expect(await told()).toEqual(['Too short a break: Nora Next, Wed 10 March, 11:30'])
    const [mail] = notices()
    expect(mail!.text).toContain('Between them 30 minutes should be kept free, and 15 minutes are left.')
    expect(mail!.text).toContain(
      'Coaching, Nora Next: Wed 10 March 2027, 11:30–12:30 (Berlin, GMT+1)\n' +
        'Coaching, Otto Other: Wed 10 March 2027, 12:45–13:45 (Berlin, GMT+1)',
    )
    expect(mail!.html).toContain('Open Otto Other')
  })

  it('where a session is moved or time off is taken into it, but not of time off over the session itself', async () => {
    const offer = await makeBookable(house, business, buffered)
    const { id } = await book(offer, '2027-03-10T09:00:00Z')
    await book(offer, '2027-03-10T13:00:00Z', 'client', 'Nora Next')
    expect(await told()).toEqual([])
    const { coachId } = business
    const takeOff = async (from: string, to: string) =>
      expectData(
        await business.owner.mutate('hours.addTimeOff', {
          ...{ coachId, note: 'Dentist' },
          ...{ startsAt: `2027-03-10T${from}:00Z`, endsAt: `2027-03-10T${to}:00Z` },
        }),
      )
    await takeOff('10:10', '11:00')
    expect(await told()).toEqual(['Too short a break: Clara Client, Wed 10 March, 10:00'])
    expect(notices()[0]!.text).toContain(
      '30 minutes should be kept free after the session with Clara Client. Your time off leaves 10 minutes of them.',
    )
    await takeOff('10:30', '12:30')
    await takeOff('13:10', '13:40')
    expect(await told()).toEqual([])
    const { id: timeOff } = await takeOff('12:00', '13:00')
    await outbox.dispatchAll()
    expectData(await business.owner.mutate('hours.removeTimeOff', { coachId, id: timeOff }))
    expect(await told()).toEqual([])
    expect(await reasonsOf('break_cut_short')).toContainEqual(['skipped', 'overtaken'])
    expectData(await business.owner.mutate('bookings.reschedule', { id, startsAt: '2027-03-10T14:15:00Z' }))
    expect(await told()).toEqual(['Too short a break: Nora Next, Wed 10 March, 14:00'])
  })

  it('where a day is closed inside it, but not where it is closed when the session ends', async () => {
    const offer = await makeBookable(house, business, buffered)
    await book(offer, '2027-03-10T13:00:00Z')
    await book(offer, '2027-03-11T13:00:00Z')
    const { coachId } = business
    const close = async (date: string, endMinute: number) =>
      expectData(
        await business.owner.mutate('hours.saveOverride', {
          ...{ coachId, date, ranges: [{ startMinute: 540, endMinute }] },
        }),
      )
    await close('2027-03-10', 15 * 60)
    expect(await told()).toEqual([])
    await close('2027-03-11', 15 * 60 + 20)
    expect(await told()).toEqual(['Too short a break: Clara Client, Thu 11 March, 14:00'])
    expect(notices()[0]!.text).toContain('Closed: Thu 11 March 2027, 15:20–17:00 (Berlin, GMT+1)')
  })
})
