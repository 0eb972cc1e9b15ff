import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { checkInToken, holdToken, invitation } from '#server/domain/booking/manage-token.ts'
import { makeCode } from '#server/domain/certificates/code.ts'
import { loginToken } from '#server/domain/people/login-token.ts'
import type { Answer, Api } from '#tests/support/api.ts'
import { bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { allProcedures } from '#tests/support/procedures.ts'
import { makeSession } from '#tests/support/sessions.ts'
import { takePart } from '#tests/support/taking-part.ts'
import { keepFile, samples } from '#tests/support/uploads.ts'

/** Everything of a business that a procedure may be asked about. */
interface Ids {
  /** One that a plugin was told of. */
  event: string
  offer: string
  offerId: string
  coach: string
  client: string
  booking: string
  /** Another time suggested for a booking. */
  proposal: string
  timeOff: string
  groupOffer: string
  session: string
  /** Of sessions like it. */
  schedule: string
  /** Of a booking of the session. */
  seats: string
  seatsToken: string
  checkInToken: string
  certificate: string
  code: string
  post: string
  material: string
  file: string
  logo: string
  manageToken: string
  hold: string
  invite: string
  link: string
}

const NOW = new Date('2027-03-01T08:00:00Z')
const FROM = '2027-03-08T00:00:00Z'
const TO = '2027-03-15T00:00:00Z'
const NEXT = '2027-03-09T14:00:00Z'

const free = { startsAt: NEXT, endsAt: '2027-03-09T15:00:00Z' }
const client = { name: 'Carl', email: 'carl@client.example' }
const weekly = {
  pattern: 'FREQ=WEEKLY;COUNT=2',
  firstLocal: '2027-03-14T18:00',
  timeZone: 'Europe/Berlin',
  durationMinutes: 60,
  listing: 'private',
}
const newOffer = { title: 'More', kind: '1on1', durationMinutes: 30, stepMinutes: 30 }

/** An input for each procedure that names something by id, token or slug; a new procedure must be given one. Words after a name tell two inputs of it apart. */
const inputs: Record<string, (ids: Ids) => Record<string, unknown>> = {
  'auth.useLink': ({ link }) => ({ token: link }),
  'auth.resetPassword': ({ link }) => ({ token: link, password: 'a wholly new one' }),
  'bookings.book': ({ offer, coach }) => ({
    offer,
    coachId: coach,
    startsAt: '2027-03-10T14:00:00Z',
    client,
    idempotencyKey: randomBytes(12).toString('hex'),
  }),
  'bookings.bookFor': ({ offer, coach }) => ({
    offer,
    coachId: coach,
    startsAt: '2027-03-11T14:00:00Z',
    client,
    idempotencyKey: randomBytes(12).toString('hex'),
  }),
  'bookings.book (seats)': ({ session }) => ({
    sessionId: session,
    client,
    idempotencyKey: randomBytes(12).toString('hex'),
  }),
  'bookings.bookFor (seats)': ({ session }) => ({
    sessionId: session,
    client,
    idempotencyKey: randomBytes(12).toString('hex'),
  }),
  'bookings.reschedule (seats)': ({ seatsToken, session }) => ({ token: seatsToken, sessionId: session }),
  'holds.place (seats)': ({ session }) => ({ sessionId: session }),
  'bookings.get': ({ booking }) => ({ id: booking }),
  'bookings.list': ({ coach }) => ({ coachId: coach }),
  'bookings.requests': ({ coach }) => ({ coachId: coach }),
  'bookings.calendarFile': ({ manageToken }) => ({ token: manageToken }),
  'bookings.timeline': ({ booking }) => ({ id: booking }),
  'bookings.saveNotes': ({ booking }) => ({ id: booking, coachNotes: 'Noted' }),
  'bookings.approve': ({ booking }) => ({ id: booking }),
  'bookings.approve (another time)': ({ booking, proposal }) => ({ id: booking, proposalId: proposal }),
  'bookings.propose': ({ booking }) => ({ id: booking, times: ['2027-03-13T14:00:00Z'] }),
  'bookings.withdrawProposals': ({ booking }) => ({ id: booking }),
  'bookings.acceptProposal': ({ manageToken, proposal }) => ({ token: manageToken, proposalId: proposal }),
  'bookings.declineProposals': ({ manageToken }) => ({ token: manageToken }),
  'bookings.ask': ({ booking }) => ({ id: booking, question: 'Why?' }),
  'bookings.withdrawQuestion': ({ booking }) => ({ id: booking }),
  'bookings.answerQuestion': ({ manageToken }) => ({ token: manageToken, answer: 'Because' }),
  'bookings.previewAnswers': ({ booking }) => ({ ids: [booking], answer: 'approve' }),
  'bookings.answerMany': ({ booking }) => ({ ids: [booking], answer: 'decline', reason: 'No' }),
  'bookings.decline': ({ booking }) => ({ id: booking, reason: 'No' }),
  'bookings.withdrawMove': ({ manageToken }) => ({ token: manageToken }),
  'bookings.undo': ({ manageToken }) => ({ token: manageToken }),
  'bookings.giveFeedback': ({ manageToken }) => ({ token: manageToken, rating: 5 }),
  'bookings.markAttendance': ({ booking }) => ({ id: booking, attendance: 'attended' }),
  'bookings.reschedule': ({ booking, coach }) => ({ id: booking, coachId: coach, startsAt: NEXT }),
  'bookings.waiveFee': ({ booking }) => ({ id: booking, reason: 'Kindness' }),
  'bookings.cancel': ({ manageToken }) => ({ token: manageToken }),
  'calendar.week': ({ coach }) => ({ coachId: coach, from: FROM, to: TO }),
  'certificates.issue': ({ session }) => ({ sessionId: session }),
  'certificates.verify': ({ code }) => ({ code }),
  'certificates.revoke': ({ certificate }) => ({ id: certificate }),
  'checkIns.find': ({ checkInToken }) => ({ token: checkInToken }),
  'checkIns.set': ({ seats }) => ({ bookingId: seats, seat: 1, position: 0, present: true }),
  'clients.list': ({ client }) => ({ clientId: client }),
  'clients.setTags': ({ client }) => ({ clientId: client, tags: ['VIP'] }),
  'coaches.personalLink': ({ coach }) => ({ coachId: coach }),
  'coaches.settings': ({ coach }) => ({ coachId: coach }),
  'coaches.previewSettings': ({ coach }) => ({ coachId: coach, settings }),
  'coaches.saveSettings': ({ coach }) => ({ coachId: coach, settings }),
  'connections.request': ({ coach }) => ({ coachId: coach }),
  'connections.list': ({ coach }) => ({ coachId: coach }),
  'connections.invite': ({ coach }) => ({ coachId: coach, email: 'new@client.example', name: 'Nina New' }),
  'connections.answer': ({ coach, client }) => ({ coachId: coach, clientId: client, status: 'accepted' }),
  'holds.place': ({ offer, coach }) => ({
    offer,
    coachId: coach,
    startsAt: '2027-03-12T14:00:00Z',
  }),
  'holds.release': ({ hold }) => ({ hold }),
  'hours.get': ({ coach }) => ({ coachId: coach }),
  'hours.saveWeek': ({ coach }) => ({
    coachId: coach,
    hours: [{ weekday: 1, startMinute: 540, endMinute: 1020 }],
  }),
  'hours.saveOverride': ({ coach }) => ({ coachId: coach, date: '2027-04-01', ranges: null }),
  'hours.addTimeOff': ({ coach }) => ({ coachId: coach, ...free }),
  'hours.removeTimeOff': ({ coach, timeOff }) => ({ coachId: coach, id: timeOff }),
  'materials.list': ({ session }) => ({ sessionId: session }),
  'materials.add': ({ session, file }) => ({
    sessionId: session,
    phase: 'before',
    title: 'Plan',
    fileId: file,
  }),
  'materials.update': ({ material, file }) => ({ id: material, title: 'Changed', fileId: file }),
  'materials.remove': ({ material }) => ({ id: material }),
  'messages.replayFailed': ({ booking }) => ({ ids: [booking] }),
  'messages.stopQuestions': ({ manageToken }) => ({ token: manageToken }),
  'policies.simulate': ({ coach }) => ({ settings: { coachId: coach, settings } }),
  'policies.impact (settings)': ({ coach }) => ({ change: { of: 'settings', coachId: coach, settings } }),
  'policies.impact (week)': ({ coach }) => ({ change: { of: 'week', coachId: coach, hours: [] } }),
  'policies.impact (time off)': ({ coach }) => ({ change: { of: 'timeOff', coachId: coach, ...free } }),
  'policies.impact (offer)': ({ offerId }) => ({ change: { of: 'offer', id: offerId, bufferMinutes: 30 } }),
  'offers.get': ({ offer }) => ({ offer }),
  'offers.cancellation': ({ offer, invite }) => ({ offer, invite, startsAt: NEXT }),
  'offers.cancellation (seats)': ({ groupOffer, session }) => ({ offer: groupOffer, sessionId: session }),
  'offers.manage.update': ({ offerId, coach }) => ({ id: offerId, title: 'Changed', coachIds: [coach] }),
  'offers.manage.reorder': ({ offerId, groupOffer }) => ({ ids: [offerId, groupOffer] }),
  'offers.manage.create': ({ coach }) => ({ ...newOffer, coachIds: [coach] }),
  'plugins.save': () => ({
    pluginId: 'webhooks',
    config: { url: 'https://example.com/' },
    secrets: { secret: `whsec_${Buffer.alloc(32).toString('base64')}` },
  }),
  'plugins.enable': () => ({ pluginId: 'webhooks' }),
  'plugins.get': () => ({ pluginId: 'webhooks' }),
  'plugins.check': () => ({ pluginId: 'webhooks' }),
  'plugins.log': () => ({ pluginId: 'webhooks' }),
  'plugins.deliveries': () => ({ pluginId: 'webhooks' }),
  'plugins.replay': ({ event }) => ({ pluginId: 'webhooks', eventId: event }),
  'plugins.disable': () => ({ pluginId: 'webhooks' }),
  'policies.saveDraft': ({ offerId, coach, client, session }) => ({
    basedOn: 0,
    document: {
      rules: [
        { scope: 'offer', target: offerId },
        { scope: 'coach', target: coach },
        { scope: 'client', target: client },
        { scope: 'session', target: session },
      ].map((scope, at) => ({
        ...{ id: `rule${at}`, title: `Rule ${at}`, when: null, active: true, ...scope },
        does: { sets: { horizonDays: 30 } },
      })),
      cancellation: [],
    },
  }),
  'policies.readRule': ({ client }) => ({
    rule: {
      ...{ id: 'rule9', title: 'Rule 9', scope: 'client', target: client, when: null, active: true },
      does: { sets: { horizonDays: 30 } },
    },
  }),
  'policies.tryIt': ({ offerId, coach, client }) => ({
    ...{ what: 'slot', offerId, coachId: coach, startsAt: NEXT },
    client: { as: 'client', clientId: client },
  }),
  'policies.tryIt (seats)': ({ session, client }) => ({
    ...{ what: 'seats', sessionId: session },
    client: { as: 'client', clientId: client },
  }),
  'policies.effective': ({ offerId, coach, client }) => ({
    ...{ offerId, coachId: coach },
    client: { as: 'client', clientId: client },
  }),
  'posts.list': ({ seatsToken }) => ({ handle: { token: seatsToken } }),
  'posts.create': ({ session }) => ({ sessionId: session, text: 'Hello' }),
  'posts.remove': ({ post }) => ({ id: post }),
  'rooms.join': ({ seatsToken }) => ({ token: seatsToken }),
  'rooms.joinAsStaff': ({ session }) => ({ session }),
  'sessions.room': ({ seatsToken }) => ({ handle: { token: seatsToken } }),
  'sessions.showMe': ({ seatsToken }) => ({ handle: { token: seatsToken }, shownAs: 'Me' }),
  'sessions.manage.history': ({ session }) => ({ id: session }),
  'sessions.participants': ({ session }) => ({ id: session }),
  'sessions.feedback': ({ session }) => ({ id: session }),
  'sessions.list': ({ offer, invite }) => ({ offer, invite }),
  'sessions.get': ({ session, invite }) => ({ session, invite }),
  'sessions.quote': ({ session, invite }) => ({ session, invite, seats: 1 }),
  'sessions.manage.list': ({ groupOffer, coach }) => ({ offerId: groupOffer, coachId: coach }),
  'sessions.manage.get': ({ session }) => ({ id: session }),
  'sessions.manage.preview': ({ groupOffer, coach, session }) => ({
    offerId: groupOffer,
    coachIds: [coach],
    dates: [{ startsAt: '2027-03-13T14:00:00Z' }],
    sessionId: session,
  }),
  'sessions.manage.create': ({ groupOffer, coach }) => ({
    offerId: groupOffer,
    coachIds: [coach],
    dates: [{ startsAt: '2027-03-13T14:00:00Z' }],
    listing: 'public',
    idempotencyKey: randomBytes(12).toString('hex'),
  }),
  'sessions.manage.createSchedule': ({ groupOffer, coach }) => ({
    ...weekly,
    offerId: groupOffer,
    coachIds: [coach],
    idempotencyKey: randomBytes(12).toString('hex'),
  }),
  'sessions.manage.endSchedule': ({ schedule }) => ({ scheduleId: schedule }),
  'sessions.manage.update': ({ session, coach }) => ({ id: session, coachIds: [coach], listing: 'public' }),
  'sessions.manage.setCapacity': ({ session }) => ({ id: session, capacity: 12 }),
  'sessions.manage.decide': ({ session }) => ({ id: session, go: true }),
  'sessions.manage.cancel': ({ session }) => ({ id: session }),
  'tenants.update': ({ logo }) => ({ logo }),
  'slots.list': ({ offer, coach, invite }) => ({ offer, coachId: coach, invite, from: FROM, to: TO }),
}

/** On the apex host, for trials on this machine only. */
const beyondTenants = ['mailbox.get']

let house: TestHouse
let business: Business
let another: Business
let own: Ids
let settings: unknown
let foreign: Ids
let unknown: Ids
beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
  business = await signUpBusiness(house)
  own = await fill(business)
  settings = expectData(await business.owner.query('coaches.settings', { coachId: own.coach })).settings
  another = await signUpBusiness(house)
  foreign = await fill(another)
  unknown = likeButNowhere(foreign)
})
afterAll(() => house.stop())

async function fill(of: Business): Promise<Ids> {
  const { secrets } = house.house
  const { offerId, slug } = await makeBookable(house, of)
  const session = await makeSession(house, of)
  const { sessionId } = session
  const booked = expectData(
    await of.visitor().mutate('bookings.book', bookingInput(slug, '2027-03-09T09:00:00Z')),
  )
  const other = expectData(
    await of.visitor().mutate('bookings.book', bookingInput(slug, '2027-03-09T11:00:00Z', 'Pia Proposed')),
  )
  const { booking: proposing } = expectData(
    await of.owner.mutate('bookings.propose', { id: other.id, times: ['2027-03-09T13:00:00Z'] }),
  )
  const held = expectData(
    await of.visitor().mutate('holds.place', { offer: slug, startsAt: '2027-03-10T09:00:00Z' }),
  )
  const timeOff = { coachId: of.coachId, startsAt: '2027-05-01T00:00:00Z', endsAt: '2027-05-08T00:00:00Z' }
  const { id: timeOffId } = expectData(await of.owner.mutate('hours.addTimeOff', timeOff))
  const invited = { coachId: of.coachId, email: 'clara.client@client.example', name: 'Clara Client' }
  expectData(await of.owner.mutate('connections.invite', invited))
  await of.visitor().mutate('auth.requestPasswordReset', { email: of.email })
  const [linkId, clientId] = await inTenant(house.house.db, of.tenantId, async trx => [
    (
      await trx
        .selectFrom('login_links')
        .select('id')
        .where('purpose', '=', 'password_reset')
        .executeTakeFirstOrThrow()
    ).id,
    (await trx.selectFrom('clients').select('person_id').executeTakeFirstOrThrow()).person_id,
  ])
  const seats = await takePart(house, of, session)
  const { scheduleId } = expectData(
    await of.owner.mutate('sessions.manage.createSchedule', {
      ...weekly,
      ...{ offerId: session.offerId, coachIds: [of.coachId], firstLocal: '2027-04-14T18:00' },
      idempotencyKey: randomBytes(12).toString('hex'),
    }),
  )
  const { id: postId } = expectData(
    await of.owner.mutate('posts.create', { sessionId, text: 'Bring a towel', isUpdate: true }),
  )
  const fileId = await keepFile(of.owner, samples.pdf)
  const { id: materialId } = expectData(
    await of.owner.mutate('materials.add', { sessionId, phase: 'before', title: 'Plan', fileId }),
  )
  const certificate = { id: uuidv7(), code: makeCode() }
  await inTenant(house.house.db, of.tenantId, trx =>
    trx
      .insertInto('certificates')
      .values({
        ...{ ...certificate, tenant_id: of.tenantId, booking_id: seats.bookingId, seat: 1, name: 'Clara' },
        ...{ title: 'Meeting', minutes: 60, held_on: ['2027-03-20'], coaches: ['Olivia'], issued_at: NOW },
      })
      .execute(),
  )
  const event = uuidv7()
  await inTenant(house.house.db, of.tenantId, trx =>
    trx
      .insertInto('plugin_deliveries')
      .values({
        ...{ tenant_id: of.tenantId, plugin_id: 'webhooks', event_id: event, event: 'booking.moved' },
        ...{ state: 'done', created_at: NOW, changed_at: NOW },
      })
      .execute(),
  )
  return {
    event,
    offer: slug,
    offerId,
    coach: of.coachId,
    client: clientId,
    booking: booked.id,
    proposal: proposing.proposals[0].id,
    timeOff: timeOffId,
    groupOffer: session.offerId,
    session: sessionId,
    schedule: scheduleId,
    seats: seats.bookingId,
    seatsToken: seats.handle.token,
    checkInToken: seats.seatToken(),
    certificate: certificate.id,
    code: certificate.code,
    post: postId,
    material: materialId,
    file: fileId,
    logo: await keepFile(of.owner, samples.png, { purpose: 'logo', name: 'logo.png' }),
    manageToken: booked.manageUrl.split('/').at(-1),
    hold: held.hold,
    invite: invitation(secrets, of.tenantId, of.coachId),
    link: loginToken(secrets, of.tenantId, linkId),
  }
}

/** Ids of the same form that nobody has. */
function likeButNowhere(ids: Ids): Ids {
  return {
    ...ids,
    event: uuidv7(),
    offer: `coaching-${randomBytes(3).toString('hex')}`,
    offerId: uuidv7(),
    coach: uuidv7(),
    client: uuidv7(),
    booking: uuidv7(),
    proposal: uuidv7(),
    timeOff: uuidv7(),
    groupOffer: uuidv7(),
    session: uuidv7(),
    schedule: uuidv7(),
    seats: uuidv7(),
    seatsToken: randomBytes(34).toString('base64url').slice(0, ids.seatsToken.length),
    checkInToken: checkInToken(house.house.secrets, uuidv7(), { bookingId: uuidv7(), seat: 1 }),
    certificate: uuidv7(),
    code: makeCode(),
    post: uuidv7(),
    material: uuidv7(),
    file: uuidv7(),
    logo: uuidv7(),
    manageToken: randomBytes(34).toString('base64url').slice(0, ids.manageToken.length),
    hold: holdToken(house.house.secrets, uuidv7(), uuidv7()),
    invite: invitation(house.house.secrets, uuidv7(), uuidv7()),
    link: loginToken(house.house.secrets, uuidv7(), uuidv7()),
  }
}

const typeOf = new Map(allProcedures().map(({ name, type }) => [name, type]))

function ask(api: Api, name: string, input: unknown): Promise<Answer> {
  const [procedure] = name.split(' ') as [string]
  return typeOf.get(procedure) === 'query' ? api.query(procedure, input) : api.mutate(procedure, input)
}

/** What a caller can see of an answer, without what differs each time. */
async function seen(api: Api, name: string, input: unknown, hidden: Ids): Promise<string> {
  const { status, data, error } = await ask(api, name, input)
  const text = JSON.stringify({ status, data, error: error && { ...error, requestId: '' } })
  return Object.values(hidden).reduce((shown, value) => shown.replaceAll(value, '…'), text)
}

/** Which ids an input is made of. */
function used(make: (ids: Ids) => unknown): (keyof Ids)[] {
  const names = new Set<keyof Ids>()
  make(
    new Proxy(own, {
      get(ids, name: keyof Ids) {
        names.add(name)
        return ids[name]
      },
    }),
  )
  return [...names]
}

test('every procedure that names something is covered here', () => {
  const naming = /^(id|ids|token|offer|session|handle|code|hold|invite|.*Ids?)$/
  const needed = allProcedures()
    .filter(({ input }) => Object.keys(input.properties ?? {}).some(field => naming.test(field)))
    .map(({ name }) => name)
  expect(needed.filter(name => !inputs[name] && !beyondTenants.includes(name))).toEqual([])
})

describe('what belongs to another business is answered as what doesn’t exist', () => {
  test.each(Object.keys(inputs))('%s', async name => {
    const make = inputs[name]!
    const somebody = (await signedIn(house, business)).api
    for (const api of [business.owner, somebody, business.visitor()]) {
      for (const key of used(make)) {
        const theirs = await seen(api, name, make({ ...own, [key]: foreign[key] }), foreign)
        const nobodys = await seen(api, name, make({ ...own, [key]: unknown[key] }), unknown)
        expect(theirs).toBe(nobodys)
      }
    }
  })

  test('a hold and an invitation of another business count for nothing', async () => {
    const book = (more: Partial<Ids>, startsAt: string) => {
      const input = { ...bookingInput(own.offer, startsAt, `Carl ${startsAt}`), ...more }
      return business.visitor().mutate('bookings.book', input)
    }
    const held = '2027-03-10T09:00:00Z'
    for (const { hold, invite } of [foreign, unknown]) {
      expect((await book({ hold, invite }, held)).error!.code).toBe('SLOT_TAKEN')
    }
    expect((await book({ hold: own.hold }, held)).status).toBe(200)
  })

  test('and nothing of it has changed', async () => {
    const left = await inTenant(house.house.db, another.tenantId, async trx => ({
      bookings: await trx
        .selectFrom('bookings')
        .select(['status', 'coach_notes', 'attendance', 'shown_as'])
        .where('id', 'in', [foreign.booking, foreign.seats])
        .orderBy('status', 'desc')
        .execute(),
      posts: await trx.selectFrom('posts').select('text').execute(),
      materials: await trx.selectFrom('materials').select(['title', 'removed_at']).execute(),
      checkIns: await trx.selectFrom('check_ins').select('seat').execute(),
      certificates: await trx.selectFrom('certificates').select('revoked_at').execute(),
      timeOff: await trx.selectFrom('time_off').select('id').execute(),
      offers: await trx.selectFrom('offers').select('title').orderBy('title').execute(),
      held: await trx
        .selectFrom('holds')
        .select('purpose')
        .where('released_at', 'is', null)
        .orderBy('purpose')
        .execute(),
      connections: await trx.selectFrom('connections').select('status').execute(),
    }))
    expect(left).toMatchObject({
      bookings: [
        { status: 'FIRM_BOOKED', coach_notes: '', attendance: null, shown_as: null },
        { status: 'CONFIRMED', coach_notes: '', attendance: null, shown_as: null },
      ],
      posts: [{ text: 'Bring a towel' }],
      materials: [{ title: 'Plan', removed_at: null }],
      checkIns: [],
      certificates: [{ revoked_at: null }],
      timeOff: [{ id: foreign.timeOff }],
      offers: [{ title: 'Coaching' }, { title: 'Meeting of many' }],
      connections: [{ status: 'invited' }],
      held: [{ purpose: 'checkout' }, { purpose: 'proposal' }],
    })
  })
})

describe('a business’s own ids', () => {
  test.each(Object.keys(inputs).filter(name => !name.startsWith('auth.')))(
    'get an answer from %s',
    async name => {
      const { owner } = business
      const api = name === 'connections.request' ? (await signedIn(house, business)).api : owner
      const answer = await ask(api, name, inputs[name]!(own))
      expect([200, 409]).toContain(answer.status)
    },
  )
})
