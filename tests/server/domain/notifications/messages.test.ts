import { Undeliverable } from '@rapport/sdk'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { timers } from '#server/domain/booking/ring-timers.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type MessageRow, type Outbox, openOutbox } from '#tests/support/outbox.ts'
import { signedIn } from '#tests/support/people.ts'

const MORNING = new Date('2027-03-01T06:00:00Z')
const START = '2027-03-10T09:00:00Z'
const HOUR = 3_600_000
const coachName = 'Ada Aurora'

let now = MORNING
let house: TestHouse
let business: Business
let offer: Bookable
let outbox: Outbox

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
afterAll(() => house.stop())

beforeEach(async () => {
  now = MORNING
  business = await signUpBusiness(house, { ownerName: coachName })
  offer = await makeBookable(house, business, { coach: { firm_booking_threshold_hours: 0 } })
  outbox = openOutbox(house, business)
})

async function book(startsAt = START) {
  const booked = expectData(
    await business.visitor().mutate('bookings.book', bookingInput(offer.slug, startsAt)),
  )
  await outbox.dispatchAll()
  return booked
}

/** Works on all messages up to an instant, each when it is due. */
async function sendUntil(end: string) {
  for (const { due_at } of await outbox.messages({ state: 'queued' })) {
    if (due_at > new Date(end)) break
    if (due_at > now) now = due_at
    await outbox.sendDue()
  }
  now = new Date(end)
  await outbox.sendDue()
}

/** Lets another coach take the offer, at the same hours. */
function letLead(coachId: string) {
  const of = { tenant_id: business.tenantId, coach_id: coachId }
  return inTenant(house.house.db, business.tenantId, async trx => {
    await trx
      .insertInto('offer_coaches')
      .values({ ...of, offer_id: offer.offerId, position: 1 })
      .execute()
    const wednesday = { id: uuidv7(), weekday: 3, start_minute: 480, end_minute: 1080 }
    await trx
      .insertInto('hours')
      .values({ ...of, ...wednesday })
      .execute()
  })
}

const typesOf = (rows: readonly MessageRow[]) => rows.map(({ type }) => type)
const mailTypes = async (state: MessageRow['state']) =>
  typesOf(await outbox.messages({ channel: 'email', state }))
const subjects = () => [...outbox.taken.values()].map(({ subject }) => subject)

describe('planning', () => {
  it('logs mail, in-app and push for both, and says why push is not sent', async () => {
    await book()
    const atOnce = (await outbox.messages()).filter(({ due_at }) => due_at <= now)
    expect(
      atOnce.map(({ type, channel, state, last_error }) => [type, channel, state, last_error]).sort(),
    ).toEqual(
      [
        ['booking_confirmed', 'email', 'queued', null],
        ['booking_confirmed', 'in_app', 'sent', null],
        ['booking_confirmed', 'push', 'skipped', 'no subscription'],
        ['new_booking', 'email', 'queued', null],
        ['new_booking', 'in_app', 'sent', null],
        ['new_booking', 'push', 'skipped', 'no subscription'],
      ].sort(),
    )
  })

  it('happens once, however often an event is dispatched', async () => {
    await book()
    const planned = await outbox.messages()
    await outbox.dispatchAll()
    await outbox.dispatchAll()
    expect(await outbox.messages()).toEqual(planned)
    expect(new Set(planned.map(({ message_id }) => message_id)).size).toBe(planned.length)
  })

  it('of a booking three hours ahead has the one hour reminder alone', async () => {
    now = new Date('2027-03-10T08:00:00Z')
    await book('2027-03-10T11:00:00Z')
    expect(await mailTypes('queued')).toEqual([
      'booking_confirmed',
      'new_booking',
      'reminder_1h',
      'reminder_1h',
      'feedback_request',
    ])
  })

  it('of a request has no reminders; they come with the approval', async () => {
    await makeBookable(house, business, { coach: { allow_firm_booking: false } })
    const { id } = await book()
    expect(await mailTypes('queued')).toEqual(['request_received', 'approval_required'])
    expectData(await business.owner.mutate('bookings.approve', { id }))
    await outbox.dispatchAll()
    expect((await mailTypes('queued')).filter(type => type.startsWith('reminder'))).toHaveLength(4)
  })
})

describe('when they are due', () => {
  it('reminders and the question go out, each at its time and once', async () => {
    await book()
    for (const [at, types] of [
      [MORNING, ['booking_confirmed', 'new_booking']],
      [new Date(Date.parse(START) - 24 * HOUR), ['reminder_24h', 'reminder_24h']],
      [new Date(Date.parse(START) - HOUR), ['reminder_1h', 'reminder_1h']],
      [new Date(Date.parse(START) + 2 * HOUR), ['feedback_request']],
    ] as const) {
      now = at
      const before = typesOf(await outbox.messages({ channel: 'email', state: 'sent' }))
      await outbox.sendDue()
      await outbox.sendDue()
      const after = typesOf(await outbox.messages({ channel: 'email', state: 'sent' }))
      expect(after.slice(before.length)).toEqual(types)
    }
    expect(outbox.taken.size).toBe(7)
    const question = [...outbox.taken.values()].at(-1)!
    expect(question.headers?.['List-Unsubscribe']).toMatch(/^<http:\/\/.*\/b\/[\w-]+\/mails>$/)
  })

  it('none goes out after cancelling, neither by mail nor in the app', async () => {
    const { id } = await book()
    await outbox.sendDue()
    expectData(await business.owner.mutate('bookings.cancel', { id }))
    await outbox.dispatchAll()
    now = new Date('2027-03-12T09:00:00Z')
    await outbox.sendDue()
    expect(subjects().filter(subject => !/Cancelled|Confirmed|New booking/.test(subject))).toEqual([])
    const reminders = (await outbox.messages()).filter(({ type }) => /reminder|feedback/.test(type))
    expect(new Set(reminders.map(({ state }) => state))).toEqual(new Set(['skipped']))
  })

  it('a moved session brings the new reminders alone', async () => {
    const { id } = await book()
    await outbox.sendDue()
    expectData(await business.owner.mutate('bookings.reschedule', { id, startsAt: '2027-03-12T09:00:00Z' }))
    await outbox.dispatchAll()
    outbox.taken.clear()
    now = new Date('2027-03-10T12:00:00Z')
    await outbox.sendDue()
    expect(subjects().sort()).toEqual([
      'Moved: Clara Client, Coaching, now Fri 12 March, 10:00',
      'Moved: Coaching, now Fri 12 March, 04:00',
    ])
    outbox.taken.clear()
    await sendUntil('2027-03-12T12:00:00Z')
    expect(subjects().sort()).toEqual([
      `How was your session with ${coachName}?`,
      'Reminder: Clara Client, Coaching, Fri 12 March, 10:00',
      'Reminder: Clara Client, Coaching, Fri 12 March, 10:00',
      'Reminder: Coaching, Fri 12 March, 04:00',
      'Reminder: Coaching, Fri 12 March, 04:00',
    ])
  })

  it('a cancellation taken back brings the reminders again, once', async () => {
    const { id } = await book()
    expectData(await business.owner.mutate('bookings.cancel', { id }))
    await outbox.dispatchAll()
    expectData(await business.owner.mutate('bookings.undo', { id }))
    await outbox.dispatchAll()
    await sendUntil('2027-03-10T12:00:00Z')
    expect(subjects().filter(subject => subject.startsWith('Reminder'))).toHaveLength(4)
    expect(subjects().filter(subject => subject.startsWith('Back again'))).toHaveLength(2)
  })

  it('nobody who did not come is asked how it was', async () => {
    const { id } = await book()
    now = new Date('2027-03-10T10:30:00Z')
    expectData(await business.owner.mutate('bookings.markAttendance', { id, attendance: 'no_show' }))
    now = new Date('2027-03-10T12:00:00Z')
    await outbox.sendDue()
    expect(subjects().filter(subject => subject.startsWith('How was'))).toEqual([])
  })

  it('who switched questions off gets none, but the essential mails all the same', async () => {
    const { manageUrl } = await book()
    const token = manageUrl.split('/b/')[1]
    expectData(await business.visitor().mutate('messages.stopQuestions', { token }))
    await sendUntil('2027-03-10T12:00:00Z')
    expect(subjects().filter(subject => subject.startsWith('How was'))).toEqual([])
    expect(subjects().filter(subject => subject.startsWith('Reminder: Coaching'))).toHaveLength(2)
    const refused = await business.visitor().mutate('messages.stopQuestions', { token: `${token}x` })
    expect(refused.status).toBe(404)
  })

  it('a session that goes to another coach is told to both of them', async () => {
    const other = await signedIn(house, business, { role: 'coach', name: 'Otto Other' })
    const { id } = await book()
    await letLead(other.coachId!)
    await outbox.sendDue()
    outbox.taken.clear()
    expectData(
      await business.owner.mutate('bookings.reschedule', { id, startsAt: START, coachId: other.coachId }),
    )
    await outbox.dispatchAll()
    await outbox.sendDue()
    const to = Object.fromEntries([...outbox.taken.values()].map(mail => [mail.to.address, mail]))
    expect(to[other.email]).toMatchObject({ calendar: { method: 'REQUEST' } })
    expect(to[business.email]!.subject).toMatch(/^Taken over: /)
    expect(to[business.email]).toMatchObject({ calendar: { method: 'CANCEL' } })
  })
})

describe('sent late, by a worker that was down', () => {
  const sentAt = async (instant: string) => {
    now = new Date(instant)
    outbox.taken.clear()
    const before = (await outbox.messages({ channel: 'email', state: 'sent' })).length
    await outbox.sendDue()
    return typesOf((await outbox.messages({ channel: 'email', state: 'sent' })).slice(before)).sort()
  }

  it.each([
    [
      'four hours before: the reminder of the day before',
      '2027-03-10T05:00:00Z',
      ['reminder_24h', 'reminder_24h'],
    ],
    ['two hours before: none, as the one of the last hour comes yet', '2027-03-10T07:00:00Z', []],
    ['half an hour before: that of the last hour', '2027-03-10T08:30:00Z', ['reminder_1h', 'reminder_1h']],
    ['at the start: none', '2027-03-10T09:00:00Z', []],
    ['two days after: the question alone', '2027-03-12T09:00:00Z', ['feedback_request']],
    ['a week and a day after: nothing', '2027-03-18T10:00:00Z', []],
  ])('%s', async (_, instant, types) => {
    await book()
    await outbox.sendDue()
    expect(await sentAt(instant)).toEqual(types)
  })

  it.each([
    ['2027-03-09T09:00:00Z', 'tomorrow', 'tomorrow'],
    ['2027-03-10T00:00:00Z', 'tomorrow', 'today'],
    ['2027-03-10T08:00:00Z', 'in an hour', 'in an hour'],
    ['2027-03-10T08:30:00Z', 'soon', 'soon'],
  ])(
    'at %s it begins %s for a client in New York, %s for a coach in Berlin',
    async (instant, client, coach) => {
      await book()
      await outbox.sendDue()
      await sentAt(instant)
      const titles = [...outbox.taken.values()].map(({ text }) => text.trim().split('\n')[0])
      expect(titles.sort()).toEqual([
        `Your session begins ${client}`,
        `Your session with Clara Client begins ${coach}`,
      ])
    },
  )

  it('nobody is asked to decide on a request whose time to answer is over', async () => {
    await makeBookable(house, business, { coach: { allow_firm_booking: false, approval_hours: 10 } })
    const { id, booking } = await book()
    const { answerBy } = booking
    await timers.approval(
      house.house,
      { tenantId: business.tenantId, bookingId: id, step: 'remind', answerBy },
      now,
    )
    await outbox.dispatchAll()
    expect(await mailTypes('queued')).toEqual(['request_received', 'approval_required', 'approval_reminder'])
    expect(await sentAt(answerBy)).toEqual(['request_received'])
  })

  it('nor on a wish to move', async () => {
    const { id, manageUrl } = await book()
    await outbox.sendDue()
    await makeBookable(house, business, { coach: { allow_firm_booking: false, approval_hours: 10 } })
    const wish = { token: manageUrl.split('/b/')[1], startsAt: '2027-03-11T09:00:00Z' }
    expectData(await business.visitor().mutate('bookings.reschedule', wish))
    const move = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('moves').select(['id', 'answer_by']).executeTakeFirstOrThrow(),
    )
    await timers.move(
      house.house,
      { tenantId: business.tenantId, bookingId: id, moveId: move.id, step: 'remind' },
      now,
    )
    await outbox.dispatchAll()
    const waiting = await outbox.messages({ channel: 'email', state: 'queued' })
    expect(typesOf(waiting.filter(({ due_at }) => due_at <= now))).toEqual([
      'move_requested',
      'approval_reminder',
    ])
    expect(await sentAt(move.answer_by!.toISOString())).toEqual([])
  })
})

describe('whatever dies', () => {
  it('before delivery: the mail goes out on the next try', async () => {
    await book()
    outbox.beforeTaking = () => {
      throw new Error('connection refused')
    }
    const [first] = await outbox.messages({ channel: 'email', state: 'queued' })
    await expect(outbox.send(first!.id)).rejects.toThrow('connection refused')
    expect((await outbox.messages({ channel: 'email' }))[0]).toMatchObject({
      state: 'queued',
      attempts: 1,
      last_error: 'connection refused',
    })
    outbox.beforeTaking = () => {}
    await outbox.sendDue()
    expect(outbox.taken.size).toBe(2)
    expect((await outbox.messages({ channel: 'email' }))[0]).toMatchObject({
      state: 'sent',
      attempts: 2,
      last_error: null,
    })
  })

  it('between delivery and its note: the next try carries the same Message-ID, so nothing is there twice', async () => {
    await book()
    const deaths: string[] = []
    outbox.afterTaking = ({ messageId }) => {
      if (deaths.includes(messageId)) return
      deaths.push(messageId)
      throw new Error('killed')
    }
    const due = (await outbox.messages({ channel: 'email', state: 'queued' })).filter(
      row => row.due_at <= now,
    )
    for (const { id } of due) await outbox.send(id).catch(() => {})
    await outbox.sendDue()
    await outbox.sendDue()
    expect(deaths).toHaveLength(2)
    expect(outbox.taken.size).toBe(2)
  })

  it('a message that was noted as sent is not sent again, by two workers neither', async () => {
    await book()
    let deliveries = 0
    outbox.afterTaking = () => {
      deliveries++
    }
    const [first] = await outbox.messages({ channel: 'email', state: 'queued' })
    await outbox.send(first!.id)
    await Promise.all([outbox.send(first!.id), outbox.send(first!.id)])
    expect(deliveries).toBe(1)
  })

  it('a refused address fails at once and for good; replayed it is sent, and the timeline tells', async () => {
    const { id } = await book()
    outbox.beforeTaking = () => {
      throw new Undeliverable('no such mailbox')
    }
    const [first] = await outbox.messages({ channel: 'email', state: 'queued' })
    await expect(outbox.send(first!.id)).rejects.toThrow('no such mailbox')
    const failed = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(failed.workflow).toMatchObject({
      status: 'failed',
      completedAt: null,
      errors: [{ code: 'NOT_DELIVERED', message: 'no such mailbox', severity: 'critical', attempt: 1 }],
    })
    expect(failed.steps).toContainEqual({ step: 'confirmationSent', state: 'failed', done: false, at: null })
    expect(failed.events.at(-1)).toMatchObject({ name: 'message.failed', actor: 'Rapport' })

    outbox.beforeTaking = () => {}
    await outbox.send(first!.id)
    const { workflow, messages } = expectData(await business.owner.query('bookings.timeline', { id }))
    expect(workflow).toMatchObject({ status: 'completed', errors: [], completedAt: now.toISOString() })
    expect(messages[0]).toMatchObject({
      type: 'booking_confirmed',
      seedName: 'BOOKING_CONFIRMED',
      to: 'client',
      recipient: 'Clara Client',
      state: 'sent',
      sentAt: now.toISOString(),
    })
  })

  it('what a cancelled booking had planned is told as overtaken at once, and as planned again after an undo', async () => {
    const { id } = await book()
    const remindersOf = async () => {
      const { messages, workflow } = expectData(await business.owner.query('bookings.timeline', { id }))
      const ahead = messages.filter((each: { type: string }) => each.type === 'reminder_24h')
      return { states: new Set(ahead.map((each: { state: string }) => each.state)), workflow }
    }
    await business.owner.mutate('bookings.cancel', { id })
    expect(await remindersOf()).toMatchObject({
      states: new Set(['skipped']),
      workflow: { status: 'completed' },
    })
    await business.owner.mutate('bookings.undo', { id })
    await outbox.dispatchAll()
    expect((await remindersOf()).states).toContain('queued')
  })

  it('the last try of many fails for good, too', async () => {
    await book()
    outbox.beforeTaking = () => {
      throw new Error('greylisted')
    }
    const [first] = await outbox.messages({ channel: 'email', state: 'queued' })
    await expect(outbox.send(first!.id, { last: false })).rejects.toThrow('greylisted')
    expect((await outbox.messages({ state: 'failed' })).length).toBe(0)
    await expect(outbox.send(first!.id, { last: true })).rejects.toThrow('greylisted')
    expect(await outbox.messages({ state: 'failed' })).toMatchObject([{ id: first!.id, attempts: 2 }])
  })
})

describe('the workflow of a booking', () => {
  it('of a request waits for the answer; declined it is complete without a confirmation', async () => {
    await makeBookable(house, business, { coach: { allow_firm_booking: false } })
    const { id } = await book()
    const states = async () => {
      const { steps, workflow } = expectData(await business.owner.query('bookings.timeline', { id }))
      return [workflow.status, ...steps.map(({ state }: { state: string }) => state)]
    }
    expect(await states()).toEqual(['pending', 'done', 'done', 'skipped', 'pending', 'skipped', 'pending'])
    expectData(await business.owner.mutate('bookings.decline', { id, reason: 'Away' }))
    await outbox.dispatchAll()
    expect(await states()).toEqual(['completed', 'done', 'done', 'skipped', 'skipped', 'skipped', 'skipped'])
  })
})

describe('a connection', () => {
  it('is told to the one who didn’t make it: asked for to the coach, accepted to the client, invited to the client', async () => {
    const client = await signedIn(house, business)
    const { coachId } = business
    const subjectsTo = async (address: string) => {
      await outbox.dispatchAll()
      await outbox.sendDue()
      return [...outbox.taken.values()]
        .filter(({ to }) => to.address === address)
        .map(({ subject }) => subject)
    }
    expectData(await client.api.mutate('connections.request', { coachId }))
    expect(await subjectsTo(business.email)).toEqual(['Clara Client asks to connect with you'])
    expectData(
      await business.owner.mutate('connections.answer', {
        coachId,
        clientId: client.personId,
        status: 'accepted',
      }),
    )
    expect(await subjectsTo(client.email)).toEqual([`Connected: ${coachName} and Clara Client`])

    const invited = { coachId, email: 'ivy@client.example', name: 'Ivy' }
    expectData(await business.owner.mutate('connections.invite', invited))
    expect(await subjectsTo('ivy@client.example')).toMatchObject([
      expect.stringMatching(/^Ada Aurora invites you to Business \d+$/),
    ])
  })
})
