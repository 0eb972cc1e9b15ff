import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Api } from '#tests/support/api.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'
import { makeSession, type TestSession } from '#tests/support/sessions.ts'
import { type TakesPart, takePart } from '#tests/support/taking-part.ts'

let now: Date
let house: TestHouse
let business: Business
let visitor: Api
let session: TestSession
let clara: TakesPart
beforeAll(async () => {
  house = await createHouse({ clock: () => now })
})
beforeEach(async () => {
  now = new Date('2027-03-01T08:00:00Z')
  business = await signUpBusiness(house)
  visitor = business.visitor()
  session = await makeSession(house, business, { terms: { chat: true, participantList: true } })
  clara = await takePart(house, business, session)
})
afterAll(() => house.stop())

async function post({ handle }: TakesPart, text: string): Promise<string> {
  now = new Date(now.getTime() + 1000)
  return expectData(await visitor.mutate('posts.create', { handle, text })).id
}

async function seenBy({ handle }: TakesPart, before?: string) {
  return expectData(await visitor.query('posts.list', { handle, before }))
}

function events(name: string) {
  return inTenant(house.house.db, business.tenantId, trx =>
    trx
      .selectFrom('events')
      .select(['subject', 'subject_id', 'data', 'actor', 'actor_id'])
      .where('name', '=', name)
      .execute(),
  )
}

describe('a session’s chat', () => {
  test('is read by participants and staff, newest first, under the names that were chosen', async () => {
    const carl = await takePart(house, business, session, { name: 'Carl Client' })
    expectData(await visitor.mutate('sessions.showMe', { handle: carl.handle, shownAs: 'Captain' }))
    await post(clara, 'Shall we share a ride? https://rides.example <b>now</b>')
    await post(carl, 'Yes')
    now = new Date(now.getTime() + 1000)
    const { sessionId } = session
    expectData(await business.owner.mutate('posts.create', { sessionId, text: 'There are trains, too' }))

    const { posts, nextBefore } = await seenBy(clara)
    expect(nextBefore).toBeNull()
    expect(posts).toMatchObject([
      {
        text: 'There are trains, too',
        author: { name: expect.stringMatching(/^Olivia Owner/), isStaff: true },
      },
      { text: 'Yes', author: { name: 'Captain', isStaff: false }, mine: false },
      {
        text: 'Shall we share a ride? https://rides.example <b>now</b>',
        author: { name: 'Clara', isStaff: false },
        mine: true,
        isUpdate: false,
        removedBy: null,
        at: '2027-03-01T08:00:01.000Z',
      },
    ])
    const forStaff = expectData(await business.owner.query('posts.list', { sessionId }))
    expect(forStaff.posts.map((each: { mine: boolean }) => each.mine)).toEqual([true, false, false])
    const room = expectData(await visitor.query('sessions.room', { handle: clara.handle }))
    expect(room.posts).toEqual(posts)
  })

  test('comes in pages', async () => {
    for (let number = 0; number < 60; number++) await post(clara, `Post ${number}`)
    const first = await seenBy(clara)
    expect(first.posts).toHaveLength(50)
    expect(first.nextBefore).toBe(first.posts.at(-1).id)
    const second = await seenBy(clara, first.nextBefore)
    expect(second.posts.map((each: { text: string }) => each.text)).toEqual(
      Array.from({ length: 10 }, (_, number) => `Post ${9 - number}`),
    )
    expect(second.nextBefore).toBeNull()
  })

  test('is for nobody but participants and staff of the session', async () => {
    const coach = await signedIn(house, business, { role: 'coach' })
    const client = await signedIn(house, business)
    const { sessionId } = session
    for (const api of [visitor, client.api, coach.api]) {
      expect((await api.query('posts.list', { sessionId })).status).toBe(404)
      expect((await api.mutate('posts.create', { sessionId, text: 'Hello' })).status).toBe(404)
      expect((await api.query('posts.list', { handle: { id: clara.bookingId } })).status).toBe(404)
    }
  })

  test('is closed to somebody who cancelled or was erased, whose words stay under no full name', async () => {
    const carl = await takePart(house, business, session, { name: 'Carl Client' })
    await post(clara, 'I can’t come after all')
    expectData(await visitor.mutate('bookings.cancel', clara.handle))
    expect((await visitor.query('posts.list', { handle: clara.handle })).error!.code).toBe('NOT_TAKING_PART')
    expect((await seenBy(carl)).posts[0].author.name).toBe('Clara')

    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('people').set({ erased_at: now }).where('id', '=', clara.personId).execute(),
    )
    expect((await visitor.query('posts.list', { handle: clara.handle })).status).toBe(404)
    expect((await seenBy(carl)).posts[0].author.name).toBe('Former participant')
  })

  test('takes texts of 1 to 4000 characters', async () => {
    const send = (text: string) => visitor.mutate('posts.create', { handle: clara.handle, text })
    expect((await send(' ')).status).toBe(400)
    expect((await send('x'.repeat(4001))).status).toBe(400)
    expect((await send('x'.repeat(4000))).status).toBe(200)
  })

  test('isn’t there where the session has none: updates alone are', async () => {
    const quiet = await makeSession(house, business, { dates: ['2027-03-21T10:00:00Z'] })
    const { sessionId } = quiet
    const carl = await takePart(house, business, quiet, { name: 'Carl Client' })
    const answers = await Promise.all([
      visitor.mutate('posts.create', { handle: carl.handle, text: 'Hello?' }),
      business.owner.mutate('posts.create', { sessionId, text: 'Hello?' }),
      business.owner.mutate('posts.create', { sessionId, text: 'Bring a towel', isUpdate: true }),
    ])
    expect(answers.map(({ status, error }) => error?.code ?? status)).toEqual(['NO_CHAT', 'NO_CHAT', 200])
    expect((await seenBy(carl)).posts).toMatchObject([{ text: 'Bring a towel', isUpdate: true }])
    expect(expectData(await visitor.query('sessions.room', { handle: carl.handle })).canPost).toBe(false)
  })

  test('ends with a session that is cancelled', async () => {
    await inTenant(house.house.db, business.tenantId, trx =>
      trx.updateTable('sessions').set({ state: 'CANCELLED', state_reason: 'coach' }).execute(),
    )
    const { error } = await visitor.mutate('posts.create', { handle: clara.handle, text: 'Why?' })
    expect(error!.code).toBe('SESSION_CANCELLED')
  })

  test('posts once for a key, however often it is sent', async () => {
    const input = { handle: clara.handle, text: 'Once', idempotencyKey: 'a-key-of-a-test-0001' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => business.visitor().mutate('posts.create', input)),
    )
    expect(new Set(answers.map(answer => expectData(answer).id)).size).toBe(1)
    expect((await seenBy(clara)).posts).toHaveLength(1)
    const other = await visitor.mutate('posts.create', { ...input, text: 'Twice' })
    expect(other.error!.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  test('tells open pages of the session to fetch again', async () => {
    const topics: string[] = []
    const leave = house.house.live.subscribe(business.tenantId, topic => topics.push(topic))
    await post(clara, 'Hello')
    await expect.poll(() => topics).toContain(`session:${session.sessionId}`)
    leave()
  })
})

describe('an update', () => {
  test('is written by staff who answer for the session, and told by an event of its own', async () => {
    const { sessionId } = session
    const { id } = expectData(
      await business.owner.mutate('posts.create', { sessionId, text: 'Another room', isUpdate: true }),
    )
    expect(await events('session.update_posted')).toMatchObject([
      { subject: 'session', subject_id: sessionId, data: { postId: id } },
    ])
    const { error } = await visitor.mutate('posts.create', {
      handle: clara.handle,
      text: 'To all of you',
      isUpdate: true,
    })
    expect(error!.code).toBe('STAFF_ONLY')
  })
})

describe('a post is removed', () => {
  test('by its author, also after leaving; nothing of its text stays anywhere', async () => {
    const id = await post(clara, 'My number is 0171 555')
    expectData(await visitor.mutate('bookings.cancel', clara.handle))
    expectData(await visitor.mutate('posts.remove', { id, handle: clara.handle }))
    const { sessionId } = session
    const { posts } = expectData(await business.owner.query('posts.list', { sessionId }))
    expect(posts).toMatchObject([{ id, text: null, removedBy: 'author' }])
    const rows = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('posts').select('text').execute(),
    )
    expect(rows).toEqual([{ text: 'removed' }])
    const told = await events('post.removed')
    expect(told).toMatchObject([{ data: { postId: id, by: 'author' }, actor_id: clara.personId }])
    expect(JSON.stringify(told)).not.toContain('0171')
  })

  test('by staff of the session, who are named in the event', async () => {
    const id = await post(clara, 'Something rude')
    const { owner, personId } = business
    for (let time = 0; time < 2; time++) expectData(await owner.mutate('posts.remove', { id }))
    expect((await seenBy(clara)).posts).toMatchObject([{ text: null, removedBy: 'staff' }])
    expect(await events('post.removed')).toMatchObject([{ data: { by: 'staff' }, actor_id: personId }])
  })

  test('by nobody else', async () => {
    const id = await post(clara, 'Mine')
    const carl = await takePart(house, business, session, { name: 'Carl Client' })
    const coach = await signedIn(house, business, { role: 'coach' })
    const answers = await Promise.all([
      visitor.mutate('posts.remove', { id }),
      visitor.mutate('posts.remove', { id, handle: carl.handle }),
      coach.api.mutate('posts.remove', { id }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await seenBy(clara)).posts[0].text).toBe('Mine')
  })
})

test('somebody who posts too fast is told to wait; the others aren’t', async () => {
  const limited = await createHouse({ clock: () => now, env: { RATE_LIMITS: 'on' }, database: house })
  try {
    const api = limited.api(business.host)
    const send = ({ handle }: TakesPart) => api.mutate('posts.create', { handle, text: 'And another thing' })
    for (let number = 0; number < 20; number++) expectData(await send(clara))
    const { status, error } = await send(clara)
    expect([status, error!.code]).toEqual([429, 'TOO_MANY'])
    const carl = await takePart(house, business, session, { name: 'Carl Client' })
    expect((await send(carl)).status).toBe(200)
  } finally {
    await limited.stop()
  }
})
