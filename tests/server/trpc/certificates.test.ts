import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { openOutbox } from '#tests/support/outbox.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, seatInput, type TestSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'

const DATES = ['2027-03-20T09:00:00Z', '2027-03-27T09:00:00Z']
const OVER = new Date('2027-03-27T12:00:00Z')

let now: Date
let house: TestHouse
let business: Business
let session: TestSession
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
beforeEach(async () => {
  now = OVER
  business = await signUpBusiness(house, { businessName: 'Aurora' })
  session = await makeCourse({ title: 'Breathing for speakers', minutes: null })
})
afterAll(() => house.stop())

function makeCourse(certificate: { title: string; minutes: number | null } | null, dates = DATES) {
  return makeSession(house, business, { kind: 'workshop', dates, minutes: 120, terms: { certificate } })
}

async function checkIn({ bookingId }: TakesPart, seat: number, positions = [0, 1]): Promise<void> {
  for (const position of positions) {
    const input = { bookingId, seat, position, present: true }
    expectData(await business.owner.mutate('checkIns.set', input))
  }
}

async function issue({ sessionId }: TestSession = session) {
  return expectData(await business.owner.mutate('certificates.issue', { sessionId }))
}

async function codesOf({ sessionId: id }: TestSession = session): Promise<{ id: string; code: string }[]> {
  const listed = expectData(await business.owner.query('sessions.participants', { id }))
  return listed.flatMap((each: { certificates: unknown[] }) => each.certificates)
}

async function onlyOne(of: TestSession = session): Promise<{ id: string; code: string }> {
  const [certificate, ...more] = await codesOf(of)
  expect(more).toEqual([])
  return certificate!
}

function events(name: string) {
  return inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('events').select(['subject', 'subject_id', 'data']).where('name', '=', name).execute(),
  )
}

describe('a certificate', () => {
  test('is for each seat that was checked in on all dates, by the name of who sat there', async () => {
    const clara = await takePart(house, business, session, { seats: 3, guests: ['Łukasz Żółć', 'Zoë'] })
    const carl = await takePart(house, business, session, { name: 'Carl Client' })
    await checkIn(clara, 1)
    await checkIn(clara, 2)
    await checkIn(clara, 3, [1])
    await checkIn(carl, 1, [0])
    expect(await issue()).toEqual({ issued: 2, unnamed: [] })
    const room = expectData(await business.visitor().query('sessions.room', { handle: clara.handle }))
    expect(room.seats.map((seat: { certificate: unknown }) => seat.certificate !== null)).toEqual([
      true,
      true,
      false,
    ])
    const { code } = room.seats[1].certificate
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{12}$/)
    expect(room.seats[1].certificate).toMatchObject({
      url: `/certificates/${code}`,
      pdfUrl: `/certificates/${code}.pdf`,
      isRevoked: false,
    })
    expect(expectData(await business.visitor().query('certificates.verify', { code }))).toEqual({
      code,
      name: 'Łukasz Żółć',
      title: 'Breathing for speakers',
      minutes: 240,
      heldOn: ['2027-03-20', '2027-03-27'],
      coaches: [expect.stringMatching(/^Olivia Owner/)],
      issuedAt: OVER.toISOString(),
      revokedAt: null,
      isValid: true,
      business: 'Aurora',
      pdfUrl: `/certificates/${code}.pdf`,
    })
  })

  test('is issued once: a repeat adds what was earned since, and changes nothing else', async () => {
    const clara = await takePart(house, business, session, { seats: 2, guests: ['Zoë'] })
    await checkIn(clara, 1)
    expect(await issue()).toEqual({ issued: 1, unnamed: [] })
    const before = await codesOf()
    expect(await issue()).toEqual({ issued: 0, unnamed: [] })
    expect(await codesOf()).toEqual(before)
    await checkIn(clara, 2)
    expect(await issue()).toEqual({ issued: 1, unnamed: [] })
    expect(await codesOf()).toMatchObject([before[0], { seat: 2 }])
    expect(await events('certificate.issued')).toMatchObject([
      { subject: 'booking', subject_id: clara.bookingId, data: { certificateIds: [before[0]!.id] } },
      { subject: 'booking', subject_id: clara.bookingId },
    ])
  })

  test('is told to its client by one mail, with the address of the booking’s page', async () => {
    const clara = await takePart(house, business, session, { seats: 2, guests: ['Zoë'] })
    await checkIn(clara, 1)
    await checkIn(clara, 2)
    const outbox = openOutbox(house, business)
    for (let time = 0; time < 2; time++) {
      await issue()
      await outbox.dispatchAll()
      await outbox.sendDue()
    }
    expect([...outbox.taken.values()]).toMatchObject([
      {
        subject: 'Your certificate: Meeting of many',
        to: { address: `${clara.personId}@client.example` },
        text: expect.stringContaining(`/b/${clara.handle.token}`),
      },
    ])
  })

  test('is issued once by several who ask at the same time', async () => {
    const clara = await takePart(house, business, session)
    await checkIn(clara, 1)
    const issued = await Promise.all(Array.from({ length: 6 }, () => issue()))
    expect(issued.reduce((sum, each) => sum + each.issued, 0)).toBe(1)
  })

  test('needs a name: a guest without one is named to the staff instead', async () => {
    const clara = await takePart(house, business, session, { seats: 2 })
    await checkIn(clara, 1)
    await checkIn(clara, 2)
    expect(await issue()).toEqual({ issued: 1, unnamed: [{ bookingId: clara.bookingId, seat: 2 }] })
  })

  test('vouches for the minutes that the terms say, under the offer’s title where they have none', async () => {
    const course = await makeCourse({ title: '', minutes: 90 }, ['2027-03-26T23:30:00Z'])
    const clara = await takePart(house, business, course)
    await checkIn(clara, 1, [0])
    await issue(course)
    const { code } = await onlyOne(course)
    const verified = expectData(await business.visitor().query('certificates.verify', { code }))
    expect(verified).toMatchObject({ title: 'Meeting of many', minutes: 90, heldOn: ['2027-03-27'] })
  })

  test('comes once the last date has ended, of sessions that give any and took place', async () => {
    const ask = async ({ sessionId }: TestSession) =>
      (await business.owner.mutate('certificates.issue', { sessionId })).error!.code
    now = new Date('2027-03-27T10:59:59Z')
    expect(await ask(session)).toBe('SESSION_AHEAD')
    now = OVER
    expect(await ask(await makeCourse(null, ['2027-03-21T09:00:00Z']))).toBe('NO_CERTIFICATE')
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('sessions').set({ state: 'CANCELLED', state_reason: 'coach' }).execute(),
    )
    expect(await ask(session)).toBe('SESSION_CANCELLED')
  })

  test('is issued and revoked by staff of the session alone', async () => {
    const clara = await takePart(house, business, session)
    await checkIn(clara, 1)
    await issue()
    const { id } = await onlyOne()
    const other = await signedIn(house, business, { role: 'coach' })
    const { sessionId } = session
    expect((await other.api.mutate('certificates.issue', { sessionId })).status).toBe(404)
    expect((await other.api.mutate('certificates.revoke', { id })).status).toBe(404)
  })

  test('keeps the check-in it rests on from being taken back', async () => {
    const clara = await takePart(house, business, session)
    await checkIn(clara, 1)
    await issue()
    const undo = { bookingId: clara.bookingId, seat: 1, position: 0, present: false }
    expect((await business.owner.mutate('checkIns.set', undo)).error!.code).toBe('CERTIFICATE_ISSUED')
    const { id } = await onlyOne()
    expectData(await business.owner.mutate('certificates.revoke', { id }))
    expect((await business.owner.mutate('checkIns.set', undo)).status).toBe(200)
  })
})

test('a client books two seats, both come, and each can show what for', async () => {
  now = new Date('2027-03-19T08:00:00Z')
  const course = await makeSession(house, business, {
    dates: ['2027-03-20T13:00:00Z'],
    terms: { maxSeatsPerBooking: 2, certificate: { title: 'Breathing', minutes: null } },
  })
  const client = business.visitor()
  const booked = expectData(
    await client.mutate(
      'bookings.book',
      seatInput(course.sessionId, 'Zoë Müller', { seats: 2, guests: ['Ďuriš Novák'] }),
    ),
  )
  const handle = { token: booked.manageUrl.split('/').at(-1) }
  const room = expectData(await client.query('sessions.room', { handle }))
  now = new Date('2027-03-20T12:55:00Z')
  for (const { checkInUrl } of room.seats) {
    const token = checkInUrl.split('/').at(-1)
    const { bookingId, seat, today } = expectData(await business.owner.query('checkIns.find', { token }))
    const there = { bookingId, seat, position: today, present: true }
    expectData(await business.owner.mutate('checkIns.set', there))
  }
  now = new Date('2027-03-20T15:00:00Z')
  expect(await issue(course)).toEqual({ issued: 2, unnamed: [] })
  const { seats } = expectData(await client.query('sessions.room', { handle }))
  for (const [at, name] of ['Zoë Müller', 'Ďuriš Novák'].entries()) {
    const { code, pdfUrl } = seats[at].certificate
    expect(expectData(await client.query('certificates.verify', { code }))).toMatchObject({
      name,
      isValid: true,
    })
    expect((await client.send('GET', pdfUrl)).status).toBe(200)
  }
  expect(expectData(await client.query('bookings.get', handle)).attendance).toBe('attended')
})

describe('a revoked certificate', () => {
  test('says so at its address, for good', async () => {
    const clara = await takePart(house, business, session)
    await checkIn(clara, 1)
    await issue()
    const { id, code } = await onlyOne()
    for (let time = 0; time < 2; time++)
      expectData(await business.owner.mutate('certificates.revoke', { id }))
    expect(await issue()).toEqual({ issued: 0, unnamed: [] })
    expect(expectData(await business.visitor().query('certificates.verify', { code }))).toMatchObject({
      isValid: false,
      revokedAt: OVER.toISOString(),
    })
    expect((await business.visitor().send('GET', `/certificates/${code}.pdf`)).status).toBe(410)
    expect(await events('certificate.revoked')).toHaveLength(1)
  })
})

describe('a code', () => {
  test('is read in lower case and in groups, as people type it', async () => {
    await checkIn(await takePart(house, business, session), 1)
    await issue()
    const { code } = await onlyOne()
    const typed = code.toLowerCase().replace(/(.{4})(.{4})/, ' $1 $2-')
    expect(expectData(await business.visitor().query('certificates.verify', { code: typed })).code).toBe(code)
  })

  test.each(['ABCDEFGHJKMN', 'O0I1L', '', 'x'.repeat(200), "' OR 1=1 --", '\0'])(
    '%j is no certificate’s',
    async code => {
      const { status, error } = await business.visitor().query('certificates.verify', { code })
      expect([status, error!.message]).toEqual([404, 'There is no such certificate here.'])
    },
  )

  test('of somebody who was erased is nobody’s any more', async () => {
    const clara = await takePart(house, business, session)
    await checkIn(clara, 1)
    await issue()
    const { code } = await onlyOne()
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('people').set({ erased_at: now }).where('id', '=', clara.personId).execute(),
    )
    expect((await business.visitor().query('certificates.verify', { code })).status).toBe(404)
    expect((await business.visitor().send('GET', `/certificates/${code}.pdf`)).status).toBe(404)
  })

  test('is not for guessing: whoever tries too many has to wait', async () => {
    const limited = await createHouse({ clock: () => now, env: { RATE_LIMITS: 'on' }, database: house })
    try {
      const api = limited.api(business.host)
      const tries = Array.from({ length: 121 }, () =>
        api.query('certificates.verify', { code: 'ABCDEFGHJKMN' }),
      )
      const statuses = (await Promise.all(tries)).map(({ status }) => status)
      expect(statuses.filter(status => status === 404)).toHaveLength(120)
      expect(statuses.filter(status => status === 429)).toHaveLength(1)
      expect((await api.send('GET', '/certificates/ABCDEFGHJKMN.pdf')).status).toBe(429)
    } finally {
      await limited.stop()
    }
  })
})

describe('the PDF', () => {
  test('is had by anybody with the code, at its address', async () => {
    await checkIn(await takePart(house, business, session), 1)
    await issue()
    const { code } = await onlyOne()
    const { status, headers, body } = await business.visitor().send('GET', `/certificates/${code}.pdf`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="certificate-${code}.pdf"`,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    })
    expect(body).toMatch(/^%PDF-/)
  })

  test('isn’t there for codes that nobody has, nor on another business’s address', async () => {
    await checkIn(await takePart(house, business, session), 1)
    await issue()
    const { code } = await onlyOne()
    const other = (await signUpBusiness(house)).visitor()
    expect((await other.send('GET', `/certificates/${code}.pdf`)).status).toBe(404)
    for (const path of ['ABCDEFGHJKMN.pdf', '.pdf', `${code}`, `${code}.pdf.pdf`, '%2e%2e.pdf']) {
      expect((await business.visitor().send('GET', `/certificates/${path}`)).status).toBe(404)
    }
  })
})
