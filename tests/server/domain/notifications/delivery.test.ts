import ICAL from 'ical.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type MailServer, startMailServer } from '#tests/support/mail-server.ts'

const START = '2027-03-10T09:00:00.000Z'

let now = new Date('2027-03-01T06:00:00Z')
let mails: MailServer
let house: TestHouse
let business: Business
let offer: Bookable
let client: string
let count = 0

beforeAll(async () => {
  mails = await startMailServer()
  house = await createHouse({ clock: () => now, env: { ROLE: 'all', SMTP_URL: mails.url } })
})
afterAll(async () => {
  await house.stop()
  await mails.stop()
})

beforeEach(async () => {
  now = new Date('2027-03-01T06:00:00Z')
  business = await signUpBusiness(house, { businessName: 'Aurora Coaching' })
  offer = await makeBookable(house, business, { coach: { approval_hours: 48 } })
  client = `clara.${++count}@client.example`
})

async function book(startsAt = START, name = 'Clara Client') {
  const input = bookingInput(offer.slug, startsAt, name)
  return expectData(
    await business
      .visitor()
      .mutate('bookings.book', { ...input, client: { ...input.client, email: client } }),
  )
}

/** The calendar entry, read by a library that shares no code with what wrote it. */
function readEntry(ics: string | null) {
  const calendar = new ICAL.Component(ICAL.parse(ics!))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  }
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    startsAt: event.startDate.toJSDate().toISOString(),
    endsAt: event.endDate.toJSDate().toISOString(),
    zone: event.component.getFirstProperty('dtstart')!.getParameter('tzid'),
    status: event.component.getFirstPropertyValue('status'),
    attendees: event.attendees.map(({ jCal }) => String(jCal[3]).toLowerCase()).sort(),
  }
}

describe('a firm booking', () => {
  it('is confirmed to both by mail within seconds, with the same calendar entry', async () => {
    const { booking, manageUrl } = await book()
    const [toClient] = await mails.mailsTo(client, 1)
    const [toCoach] = await mails.mailsTo(business.email, 1)
    expect(toClient).toMatchObject({
      subject: 'Confirmed: Coaching, Wed 10 March, 04:00',
      from: { name: 'Aurora Coaching', address: 'hello@rapport.localhost' },
      replyTo: [{ address: business.email }],
      to: [{ name: 'Clara Client', address: client }],
    })
    expect(toCoach).toMatchObject({
      subject: 'New booking: Clara Client, Coaching, Wed 10 March, 10:00',
      replyTo: [{ name: 'Clara Client', address: client }],
    })
    for (const body of [toClient!.html, toClient!.text]) {
      expect(body).toContain('Wed 10 March 2027, 04:00–05:00 (New York, GMT−5)')
      expect(body).toContain('Wed 10 March 2027, 10:00–11:00 (Berlin, GMT+1)')
      expect(body).toContain(manageUrl)
    }
    expect(toCoach!.text).not.toContain('/b/')
    expect(toCoach!.text).toContain(`/admin/bookings/${booking.id}`)

    const entry = readEntry(toClient!.ics)
    expect(entry).toEqual({
      method: 'REQUEST',
      uid: booking.calendar.uid,
      sequence: 0,
      startsAt: START,
      endsAt: '2027-03-10T10:00:00.000Z',
      zone: 'Europe/Berlin',
      status: 'CONFIRMED',
      attendees: [`mailto:${business.email}`, `mailto:${client}`].sort(),
    })
    expect(readEntry(toCoach!.ics)).toEqual(entry)
    expect(toClient!.attachments.map(({ mimeType, method }) => [mimeType, method])).toContainEqual([
      'text/calendar',
      'REQUEST',
    ])
  })

  it('that is moved keeps its UID with the next sequence, and cancelled takes the entry back from both', async () => {
    const { booking, id } = await book()
    await mails.mailsTo(client, 1)
    expectData(await business.owner.mutate('bookings.reschedule', { id, startsAt: '2027-03-11T09:00:00Z' }))
    const moved = (await mails.mailsTo(client, 2))[1]!
    expect(moved.subject).toBe('Moved: Coaching, now Thu 11 March, 04:00')
    expect(moved.text).toContain('Before: Wed 10 March, 04:00 (New York)')
    expect(readEntry(moved.ics)).toMatchObject({
      method: 'REQUEST',
      uid: booking.calendar.uid,
      sequence: 1,
      startsAt: '2027-03-11T09:00:00.000Z',
    })

    expectData(await business.owner.mutate('bookings.cancel', { id, reason: 'I am ill, sorry' }))
    const cancelled = (await mails.mailsTo(client, 3))[2]!
    expect(cancelled.subject).toBe('Cancelled: Coaching, Thu 11 March, 04:00')
    expect(cancelled.text).toContain('> I am ill, sorry')
    const entry = { method: 'CANCEL', uid: booking.calendar.uid, sequence: 2, status: 'CANCELLED' }
    expect(readEntry(cancelled.ics)).toMatchObject(entry)
    const receipt = (await mails.mailsTo(business.email, 3))[2]!
    expect(readEntry(receipt.ics)).toMatchObject(entry)
  })
})

describe('a request', () => {
  it('brings the client a receipt and the coach a link to decide, and neither an entry; approved, both get one', async () => {
    now = new Date('2027-03-09T20:00:00Z')
    const { id, status, decision } = await book()
    expect(status).toBe('REQUESTED')
    const [received] = await mails.mailsTo(client, 1)
    const [asked] = await mails.mailsTo(business.email, 1)
    expect(received).toMatchObject({ subject: 'Request received: Coaching, Wed 10 March, 04:00', ics: null })
    expect(received!.text).toContain(decision.sentence)
    expect(asked).toMatchObject({
      subject: 'Please decide: Clara Client asks for Coaching, Wed 10 March, 10:00',
      ics: null,
    })
    expect(asked!.html).toContain(`/admin/bookings/${id}`)

    expectData(await business.owner.mutate('bookings.approve', { id }))
    expect((await mails.mailsTo(client, 2))[1]).toMatchObject({
      subject: 'Confirmed: Coaching, Wed 10 March, 04:00',
    })
    expect(readEntry((await mails.mailsTo(business.email, 2))[1]!.ics)).toMatchObject({ sequence: 0 })
  })

  it('declined gives the reason and leads to other times; withdrawn is told to the coach', async () => {
    now = new Date('2027-03-09T20:00:00Z')
    const first = await book()
    await mails.mailsTo(client, 1)
    expectData(await business.owner.mutate('bookings.decline', { id: first.id, reason: 'Away that day' }))
    const declined = (await mails.mailsTo(client, 2))[1]!
    expect(declined).toMatchObject({ subject: 'Not possible: Coaching, Wed 10 March, 04:00', ics: null })
    expect(declined.text).toContain('> Away that day')
    expect(declined.text).toContain(`${business.host}:${house.port}/${offer.slug}`)

    const second = await book('2027-03-10T11:00:00Z')
    await mails.mailsTo(business.email, 2)
    const token = second.manageUrl.split('/b/')[1]
    expectData(await business.visitor().mutate('bookings.cancel', { token }))
    expect((await mails.mailsTo(business.email, 3))[2]).toMatchObject({
      subject: 'Withdrawn: Clara Client, Coaching, Wed 10 March, 12:00',
      ics: null,
    })
  })
})

describe('what people type', () => {
  it('can neither run script in a mail nor add a header to it', async () => {
    const name = 'Eve <script>alert(1)</script>"\r\nBcc: all@victims.example'
    await book(START, name)
    const [mail] = await mails.mailsTo(business.email, 1)
    expect(mail!.html).not.toContain('<script>')
    expect(mail!.html).toContain('Eve &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(mail!.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(mail!.subject).toContain('Eve <script>alert(1)</script>" Bcc: all@victims.example')
    expect(readEntry(mail!.ics).attendees).toHaveLength(2)
    expect(mails.received.filter(({ recipient }) => recipient === 'all@victims.example')).toEqual([])
  })
})

describe('a mail server in trouble', () => {
  afterEach(() => {
    mails.refuseWith = null
  })

  it('that refuses for now gets the mail again a little later', async () => {
    mails.refuseWith = 451
    const { id } = await book()
    await vi.waitFor(async () => {
      const { messages } = expectData(await business.owner.query('bookings.timeline', { id }))
      expect(messages[0]).toMatchObject({
        state: 'queued',
        attempts: 1,
        reason: expect.stringContaining('451'),
      })
    })
    mails.refuseWith = null
    expect(await mails.mailsTo(client, 1)).toHaveLength(1)
    expect(await mails.mailsTo(business.email, 1)).toHaveLength(1)
  })

  it('that refuses for good is shown to the owner, who can have it tried again', async () => {
    mails.refuseWith = 550
    await book()
    const failed = await vi.waitFor(async () => {
      const listed = expectData(await business.owner.query('messages.listFailed')).failed
      expect(listed).toHaveLength(2)
      return listed
    })
    expect(failed[0]).toMatchObject({ queue: 'message', tries: 1, error: expect.stringContaining('550') })
    const others = await signUpBusiness(house)
    expect(expectData(await others.owner.query('messages.listFailed')).failed).toEqual([])
    expect(expectData(await others.owner.mutate('messages.replayFailed')).replayed).toBe(0)

    mails.refuseWith = null
    expect(expectData(await business.owner.mutate('messages.replayFailed')).replayed).toBe(2)
    await mails.mailsTo(client, 1)
    await mails.mailsTo(business.email, 1)
    expect(expectData(await business.owner.query('messages.listFailed')).failed).toEqual([])
    expect((await business.visitor().query('messages.listFailed')).status).toBe(401)
  })
})

describe('mail about access', () => {
  it('carries a link that signs in, once', async () => {
    expectData(await business.visitor().mutate('auth.requestLink', { email: business.email }))
    const [mail] = await mails.mailsTo(business.email, 1)
    expect(mail!.subject).toBe('Sign in to Aurora Coaching')
    const token = /\/link\/([\w-]+)/.exec(mail!.text!)![1]
    const browser = business.visitor()
    expect(expectData(await browser.mutate('auth.useLink', { token })).viewer.email).toBe(business.email)
    expect((await business.visitor().mutate('auth.useLink', { token })).status).toBe(404)
  })

  it('goes to nobody who isn’t known, and tells a member which businesses are theirs', async () => {
    const before = mails.received.length
    expectData(await house.api().mutate('tenants.findMine', { email: 'nobody@example.com' }))
    expectData(await business.visitor().mutate('auth.requestLink', { email: 'nobody@example.com' }))
    expectData(await house.api().mutate('tenants.findMine', { email: business.email }))
    const [mail] = await mails.mailsTo(business.email, 1)
    expect(mail!.subject).toBe('Your business on Rapport: Aurora Coaching')
    expect(mail!.text).toContain(`http://${business.host}:${house.port}/admin`)
    expect(mails.received.length).toBe(before + 1)
  })
})
