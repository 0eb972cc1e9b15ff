import type { Email } from '@rapport/sdk'
import ICAL from 'ical.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handlersOf } from '#server/jobs/handlers.ts'
import { addCoach, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { createSession, makeSessionOffer, newKey } from '#tests/support/managed-sessions.ts'
import { type Outbox, openOutbox } from '#tests/support/outbox.ts'
import { seatInput } from '#tests/support/sessions.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const DATES = ['2027-03-20T09:00:00Z', '2027-03-21T09:00:00Z']
const HOUR = 3_600_000

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
  business = await signUpBusiness(house, { ownerName: 'Ada Aurora' })
  outbox = openOutbox(house, business)
})

async function workshop(terms: Record<string, unknown> = {}, starts = DATES): Promise<string> {
  const { id } = await makeSessionOffer(business, {
    kind: 'workshop',
    title: 'Breathing',
    priceMinor: 20_000,
  })
  const made = expectData(await createSession(business, id, starts, { terms }))
  await outbox.dispatchAll()
  return made.id
}

async function book(sessionId: string, name: string, more: Record<string, unknown> = {}) {
  const booked = expectData(
    await business.visitor().mutate('bookings.book', seatInput(sessionId, name, more)),
  )
  await outbox.dispatchAll()
  return booked
}

function manage(procedure: string, input: Record<string, unknown>) {
  return business.owner.mutate(`sessions.manage.${procedure}`, input)
}

/** Sends what is due and returns the mails that were taken since, by recipient and subject. */
async function sent(): Promise<Email[]> {
  const before = new Set(outbox.taken.keys())
  await outbox.dispatchAll()
  await outbox.sendDue()
  return [...outbox.taken.values()].filter(({ messageId }) => !before.has(messageId))
}

const to = (mails: readonly Email[], name: string) =>
  mails.filter(mail => mail.to.address.startsWith(name.toLowerCase()))
const toCoach = (mails: readonly Email[]) => mails.filter(mail => mail.to.address === business.email)

function entries({ calendar }: Email) {
  const parsed = new ICAL.Component(ICAL.parse(calendar!.content))
  return parsed.getAllSubcomponents('vevent').map(event => ({
    uid: event.getFirstPropertyValue('uid') as string,
    status: event.getFirstPropertyValue('status') as string,
    start: (event.getFirstPropertyValue('dtstart') as ICAL.Time).toString(),
    attendees: event.getAllProperties('attendee').map(attendee => String(attendee.getFirstValue())),
  }))
}

describe('the one who leads a session', () => {
  it('gets one calendar entry of it, and a word of each booking without one', async () => {
    const id = await workshop()
    const [scheduled] = toCoach(await sent())
    expect(scheduled!.subject).toBe('Planned: Breathing, Sat 20 March, 10:00')
    const planned = entries(scheduled!)
    expect(planned.map(({ start }) => start)).toEqual(['2027-03-20T10:00:00', '2027-03-21T10:00:00'])
    expect(new Set(planned.map(({ uid }) => uid)).size).toBe(2)

    await book(id, 'Ann')
    await book(id, 'Ben')
    const mails = toCoach(await sent())
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'New booking: Ann, Breathing, Sat 20 March, 10:00',
      'New booking: Ben, Breathing, Sat 20 March, 10:00',
    ])
    expect(mails.every(({ calendar }) => calendar === undefined)).toBe(true)
    expect(JSON.stringify([scheduled!.calendar, ...mails.map(({ calendar }) => calendar)])).not.toContain(
      'client.example',
    )
  })

  it('keeps the entry when a client cancels, and loses it with the session', async () => {
    const id = await workshop()
    const { id: bookingId } = await book(id, 'Ann')
    await sent()
    expectData(await business.owner.mutate('bookings.cancel', { id: bookingId }))
    expect(toCoach(await sent()).every(({ calendar }) => calendar === undefined)).toBe(true)
    expectData(await manage('cancel', { id }))
    const [cancelled, ...more] = toCoach(await sent())
    expect([cancelled!.calendar!.method, more.length]).toEqual(['CANCEL', 0])
    expect(entries(cancelled!).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED'])
  })

  it('is reminded once of each date, however many take part, and not where nobody does', async () => {
    const id = await workshop()
    await sent()
    now = new Date(Date.parse(DATES[0]!) - 24 * HOUR)
    expect(toCoach(await sent())).toEqual([])
    await book(id, 'Ann')
    await book(id, 'Ben')
    await sent()
    now = new Date(Date.parse(DATES[0]!) - HOUR)
    expect(toCoach(await sent()).map(({ subject }) => subject)).toEqual([
      'Reminder: Breathing, Sat 20 March, 10:00',
    ])
  })

  it('is asked to decide, reminded, and told that it was cancelled where nobody did (314)', async () => {
    const minimum = { seats: 3, decidesDaysBefore: 7, otherwise: 'ask' }
    const id = await workshop({ minimum })
    await book(id, 'Ann')
    await sent()
    const decideBy = '2027-03-13T09:00:00.000Z'
    const ring = (step: 'decide' | 'remind' | 'lapse') =>
      handlersOf(house.house).minimum(
        { tenantId: business.tenantId, sessionId: id, step, decideBy },
        { last: false, signal: new AbortController().signal },
      )
    now = new Date(decideBy)
    await ring('decide')
    const [asked] = toCoach(await sent())
    expect(asked!.subject).toBe('Please decide: Breathing, Sat 20 March, 10:00')
    expect(asked!.text).toMatch(/cancelled by itself on Fri 19 March, 10:00 \(Berlin\) unless you decide/)
    now = new Date('2027-03-16T09:00:00Z')
    await ring('remind')
    expect(toCoach(await sent()).map(({ subject }) => subject)).toEqual([
      'Still to decide: Breathing, Sat 20 March, 10:00',
    ])
    now = new Date('2027-03-19T09:00:00Z')
    await ring('lapse')
    await ring('lapse')
    const mails = await sent()
    for (const told of [toCoach(mails), to(mails, 'ann')])
      expect(told.map(({ subject }) => subject)).toEqual(['Cancelled: Breathing, Sat 20 March, 10:00'])
  })

  it('hands it over with a cancelled entry, and the one who takes it gets a new one', async () => {
    const { offerId } = await makeBookable(house, business)
    const second = await addCoach(house, business, offerId)
    const id = await workshop()
    await book(id, 'Ann')
    await sent()
    expectData(await manage('update', { id, coachIds: [second] }))
    const mails = await sent()
    expect(toCoach(mails).map(({ calendar }) => calendar!.method)).toEqual(['CANCEL'])
    expect(mails.find(({ to }) => to.name === 'Second Coach')!.calendar!.method).toBe('REQUEST')
    expect(to(mails, 'ann')[0]!.subject).toBe('Changed: Breathing, Sat 20 March, 10:00')
  })
})

describe('the one who leads the sessions of a schedule', () => {
  const WEEK = 7 * 24 * HOUR

  async function schedule(): Promise<string> {
    const { id: offerId } = await makeSessionOffer(business, { title: 'Circle' })
    const { scheduleId } = expectData(
      await manage('createSchedule', {
        offerId,
        coachIds: [business.coachId],
        pattern: 'FREQ=WEEKLY;BYDAY=MO',
        firstLocal: '2027-03-08T18:00',
        timeZone: 'Europe/Berlin',
        durationMinutes: 60,
        listing: 'public',
        idempotencyKey: newKey(),
      }),
    )
    return scheduleId
  }

  it('gets one mail of a round, with an entry for each date, and names of dates left out', async () => {
    await workshop({}, ['2027-03-15T17:30:00Z'])
    await sent()
    await schedule()
    const [round, ...more] = toCoach(await sent())
    expect([round!.subject, more.length]).toEqual(['Planned: Circle, 10 sessions', 0])
    const planned = entries(round!)
    expect(planned).toHaveLength(10)
    expect(new Set(planned.map(({ uid }) => uid)).size).toBe(10)
    expect(planned[0]!.start).toBe('2027-03-08T18:00:00')
    expect(round!.text).toContain('When: Mon 8 March 2027, 18:00–19:00')
    expect(round!.text).toMatch(/Left out: Mon 15 March.*18:00.*Ada Aurora is taken/)
  })

  it('gets one of each further round, with its dates alone', async () => {
    const scheduleId = await schedule()
    await sent()
    now = new Date(MORNING.getTime() + 2 * WEEK)
    const attempt = { last: false, signal: new AbortController().signal }
    for (let time = 0; time < 2; time++)
      await handlersOf(house.house).schedule({ tenantId: business.tenantId, scheduleId }, attempt)
    const planned = toCoach(await sent()).filter(({ subject }) => subject.startsWith('Planned'))
    expect(planned.map(({ subject }) => subject)).toEqual(['Planned: Circle, 2 sessions'])
    expect(entries(planned[0]!).map(({ start }) => start)).toEqual([
      '2027-05-24T18:00:00',
      '2027-05-31T18:00:00',
    ])
  })
})

it('a coach whose session seats moved away from hears how many there are to give', async () => {
  await makeBookable(house, business)
  const { id: offer } = await makeSessionOffer(business, { kind: 'workshop', title: 'Breathing' })
  const other = await addCoach(house, business, offer)
  const terms = { maxSeatsPerBooking: 2 }
  const from = expectData(await createSession(business, offer, [DATES[0]!], { terms })).id
  const more = { terms, coachIds: [other] }
  const { id: sessionId } = expectData(await createSession(business, offer, [DATES[1]!], more))
  const { id } = await book(from, 'Ann', { seats: 2 })
  await sent()
  expectData(await business.owner.mutate('bookings.reschedule', { id, sessionId }))
  expect(toCoach(await sent()).map(({ text }) => text)).toEqual([
    expect.stringContaining('Your session stays as it is, with 2 seats more to give.'),
  ])
})

describe('somebody who books', () => {
  const minimum = { seats: 3, decidesDaysBefore: 7, otherwise: 'cancel' }

  it('reads that the seat is reserved, whether it is certain and until when that is decided (C12, 313)', async () => {
    await book(await workshop({ minimum }), 'Ann')
    const [mail] = to(await sent(), 'ann')
    expect(mail!.subject).toContain('Your seat: Breathing')
    expect(mail!.text).toContain('It isn’t certain yet that it takes place.')
    expect(mail!.text).toContain('At least 3 seats have to be taken, 1 are so far.')
    expect(mail!.text).toMatch(/decided by Sat 13 March, 10:00 \(Berlin\)/)
  })

  it('reads all dates, the price in its lines, the deposit and when the rest is due (304)', async () => {
    const phases = [
      { name: 'early_bird', priceMinor: 15_000, endsDaysBefore: 10, seats: null },
      { name: 'regular', priceMinor: 20_000, endsDaysBefore: null, seats: null },
    ]
    const id = await workshop({
      phases,
      maxSeatsPerBooking: 3,
      groupDiscount: { seats: 2, percent: 10 },
      deposit: { amountMinor: 5000, balanceDaysBefore: 14 },
    })
    await book(id, 'Ann', { seats: 2 })
    const [mail] = to(await sent(), 'ann')
    expect(mail!.text).toContain('It is certain to take place.')
    for (const line of [
      'Date 1: Sat 20 March 2027, 10:00–11:00',
      'Date 2: Sun 21 March 2027, 10:00–11:00',
      'Seats: 2 seats',
      '2 × Early bird: €300.00',
      'Group of 2 or more, 10 % off: −€30.00',
      'Price: €270.00',
      'Deposit: €100.00',
      'Balance: €170.00, due by Sat 6 March, 10:00',
    ])
      expect(mail!.text).toContain(line)
    expect(entries(mail!).map(({ start }) => start)).toEqual(['2027-03-20T10:00:00', '2027-03-21T10:00:00'])
  })

  it('finds the way: into the room online, to the venue in person (298–300)', async () => {
    const venue = { address: 'Lindenstr. 5, Berlin', mapUrl: 'https://maps.example/x', travelNote: 'Tram M8' }
    const id = await workshop({ format: 'hybrid', venue, onlineCapacity: 5 })
    const online = await book(id, 'Ann', { mode: 'online' })
    await book(id, 'Ben', { mode: 'in_person' })
    const mails = await sent()
    const [ann] = to(mails, 'ann')
    const [ben] = to(mails, 'ben')
    expect(ann!.text).toContain(`Join: ${online.manageUrl}/join`)
    expect(ann!.text).not.toContain('Lindenstr.')
    expect(ben!.text).toContain(
      'Where: Lindenstr. 5, Berlin\nMap: https://maps.example/x\nGetting there: Tram M8',
    )
    expect(ben!.text).not.toContain('/join')
  })

  it('is reminded on the days of the terms and before each date, each once (319)', async () => {
    await book(await workshop({ reminderDaysBefore: [7, 3] }), 'Ann')
    await sent()
    const reminded: string[] = []
    for (let hours = 0; hours < 22 * 24; hours++) {
      now = new Date(MORNING.getTime() + hours * HOUR)
      for (const mail of to(await sentQuickly(), 'ann')) reminded.push(`${now.toISOString()} ${mail.subject}`)
    }
    expect(reminded.map(line => line.slice(0, 13))).toEqual([
      '2027-03-13T09',
      '2027-03-17T09',
      '2027-03-19T09',
      '2027-03-20T08',
      '2027-03-20T09',
      '2027-03-21T08',
      '2027-03-21T11',
    ])
    expect(reminded.at(-1)).toContain('How was Breathing?')
  }, 60_000)

  it('is not reminded on a day that the terms no longer name', async () => {
    const id = await workshop({ reminderDaysBefore: [7, 3] })
    await book(id, 'Ann')
    await sent()
    expectData(await manage('update', { id, terms: { reminderDaysBefore: [3] } }))
    await sent()
    now = new Date('2027-03-13T09:00:00Z')
    expect(to(await sent(), 'ann')).toEqual([])
    now = new Date('2027-03-17T09:00:00Z')
    expect(to(await sent(), 'ann')).toHaveLength(1)
  })

  it('twice has both entries of the calendar moved, and reads what is posted once (294)', async () => {
    const id = await workshop()
    const bookings = [await book(id, 'Ann'), await book(id, 'Ann')]
    await sent()
    expectData(await manage('update', { id, dates: [{ startsAt: '2027-03-27T09:00:00Z' }] }))
    const moved = to(await sent(), 'ann').map(mail => entries(mail)[0]!)
    expect(moved.map(({ uid }) => uid).sort()).toEqual(
      bookings.map(booking => `${booking.id}@rapport`).sort(),
    )
    expect(moved.map(({ start }) => start)).toEqual(['2027-03-27T10:00:00', '2027-03-27T10:00:00'])
    const post = { sessionId: id, text: 'Bring a mat', isUpdate: true }
    expectData(await business.owner.mutate('posts.create', post))
    expect(to(await sent(), 'ann')).toHaveLength(1)
  })

  it('hears of a move, of the decision and of a cancellation once, and nothing after it', async () => {
    const id = await workshop({ minimum: { ...minimum, seats: 1 }, reminderDaysBefore: [] })
    await book(id, 'Ann')
    await sent()
    const dates = [{ startsAt: '2027-03-27T09:00:00Z' }]
    expectData(await manage('update', { id, dates }))
    const [moved, ...none] = to(await sent(), 'ann')
    expect([moved!.subject, none.length]).toEqual(['Moved: Breathing, now Sat 27 March, 10:00', 0])
    expect(entries(moved!).map(({ status }) => status)).toEqual(['CONFIRMED', 'CANCELLED'])

    now = new Date('2027-03-20T09:00:00Z')
    const decideBy = now.toISOString()
    const payload = { tenantId: business.tenantId, sessionId: id, step: 'decide' as const, decideBy }
    const attempt = { last: false, signal: new AbortController().signal }
    await handlersOf(house.house).minimum(payload, attempt)
    await handlersOf(house.house).minimum(payload, attempt)
    const go = await sent()
    expect([to(go, 'ann').map(({ subject }) => subject), toCoach(go).length]).toEqual([
      ['It takes place: Breathing, Sat 27 March, 10:00'],
      1,
    ])

    expectData(await manage('cancel', { id, reason: 'I am ill' }))
    const [cancelled, ...more] = to(await sent(), 'ann')
    expect([cancelled!.subject, cancelled!.calendar!.method, more.length]).toEqual([
      'Cancelled: Breathing, Sat 27 March, 10:00',
      'CANCEL',
      0,
    ])
    expect(cancelled!.text).toContain('I am ill')
    now = new Date('2027-04-10T09:00:00Z')
    expect(await sent()).toEqual([])
  })

  it('isn’t told that enough have booked where the coach holds it with fewer (315)', async () => {
    const id = await workshop({ minimum })
    await book(id, 'Ann')
    await sent()
    expectData(await manage('decide', { id, go: true }))
    const [mail] = to(await sent(), 'ann')
    expect(mail!.subject).toContain('It takes place')
    expect(mail!.text).toContain('holds it with those who have booked.')
    expect(mail!.text).not.toContain('Enough')
  })

  it('gets news of the session and word of material once', async () => {
    const id = await workshop()
    await book(id, 'Ann')
    await sent()
    expectData(
      await business.owner.mutate('posts.create', { sessionId: id, text: 'Bring a mat', isUpdate: true }),
    )
    const material = { sessionId: id, phase: 'before', title: 'Reading list', url: 'https://files.example/a' }
    expectData(await business.owner.mutate('materials.add', material))
    await outbox.dispatchAll()
    const mails = to(await sent(), 'ann')
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'News of Breathing, Sat 20 March, 10:00',
      'Ready for you: Reading list',
    ])
    expect(mails.some(({ text }) => text.includes('Bring a mat'))).toBe(true)
  })
})

/** The same without handing events on, which there are none of. */
async function sentQuickly(): Promise<Email[]> {
  const before = new Set(outbox.taken.keys())
  const due = (await outbox.messages({ state: 'queued' })).some(({ due_at }) => due_at <= now)
  if (due) await outbox.sendDue()
  return [...outbox.taken.values()].filter(({ messageId }) => !before.has(messageId))
}
