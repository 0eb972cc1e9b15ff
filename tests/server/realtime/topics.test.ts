import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Actor } from '#server/domain/command.ts'
import { grantTopics } from '#server/realtime/topics.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { makeSession, seatInput } from '#tests/support/sessions.ts'

const now = new Date('2027-03-01T06:00:00Z')
let house: TestHouse
let business: Business
let coachId: string

beforeAll(async () => {
  house = await createHouse({ clock: () => now })
  business = await signUpBusiness(house)
  coachId = business.coachId
})
afterAll(() => house.stop())

async function client({
  status,
  proven = true,
}: {
  status?: 'accepted' | 'requested' | 'blocked'
  proven?: boolean
}) {
  const personId = uuidv7()
  const { tenantId } = business
  await inTenant(house.house.db, tenantId, async trx => {
    await trx
      .insertInto('people')
      .values({
        tenant_id: tenantId,
        id: personId,
        email: `${personId}@client.example`,
        name: 'Clara Client',
        email_proven_at: proven ? now : null,
        created_at: now,
      })
      .execute()
    await trx
      .insertInto('clients')
      .values({ tenant_id: tenantId, person_id: personId, created_at: now })
      .execute()
    if (status) {
      await trx
        .insertInto('connections')
        .values({
          tenant_id: tenantId,
          coach_id: coachId,
          client_id: personId,
          status,
          created_at: now,
          changed_at: now,
        })
        .execute()
    }
  })
  return { as: 'client', personId, signedIn: true } as const
}

function colleague(of: string | null): Actor {
  return { as: 'member', personId: uuidv7(), role: 'coach', coachId: of }
}

async function mayFollow(actor: Actor, visibility: 'public' | 'connected' | 'private'): Promise<boolean> {
  const { tenantId } = business
  const topic = `calendar:${coachId}`
  const granted = await inTenant(house.house.db, tenantId, async trx => {
    await trx
      .updateTable('coaches')
      .set({ calendar_visibility: visibility })
      .where('id', '=', coachId)
      .execute()
    return grantTopics({ trx, tenantId, actor, now }, { topics: [topic], token: null }, house.house.secrets)
  })
  return granted.has(topic)
}

test('a public calendar is followed by anybody but a blocked client', async () => {
  expect(await mayFollow({ as: 'visitor' }, 'public')).toBe(true)
  expect(await mayFollow(await client({}), 'public')).toBe(true)
  expect(await mayFollow(await client({ status: 'blocked' }), 'public')).toBe(false)
})

test('a connected calendar is followed by connected clients who proved their address', async () => {
  expect(await mayFollow(await client({ status: 'accepted' }), 'connected')).toBe(true)
  expect(await mayFollow(await client({ status: 'accepted', proven: false }), 'connected')).toBe(false)
  expect(await mayFollow(await client({ status: 'requested' }), 'connected')).toBe(false)
  expect(await mayFollow({ as: 'visitor' }, 'connected')).toBe(false)
})

test('a private calendar is followed by the coach and by who sees all bookings', async () => {
  expect(await mayFollow(await client({ status: 'accepted' }), 'private')).toBe(false)
  expect(await mayFollow(colleague(coachId), 'private')).toBe(true)
  expect(await mayFollow(colleague(null), 'private')).toBe(false)
  expect(await mayFollow(colleague(uuidv7()), 'private')).toBe(false)
  expect(await mayFollow({ as: 'member', personId: uuidv7(), role: 'admin', coachId: null }, 'private')).toBe(
    true,
  )
})

test('a session is followed by its staff and whoever takes part, its seats by anybody', async () => {
  const { sessionId, offerId } = await makeSession(house, business)
  const topics = [`session:${sessionId}`, `sessions:${offerId}`]
  const { tenantId } = business
  const follow = (actor: Actor, token: string | null = null) =>
    inTenant(house.house.db, tenantId, trx =>
      grantTopics({ trx, tenantId, actor, now }, { topics, token }, house.house.secrets),
    )
  const visitor = { as: 'visitor' } as const
  const before = await follow(visitor)
  expect([...before.keys()]).toEqual([topics[1]])
  const { manageUrl } = expectData(await business.visitor().mutate('bookings.book', seatInput(sessionId)))
  const token = manageUrl.split('/').at(-1)
  const after = await follow(visitor, token)
  expect([...after.keys()].sort()).toEqual(topics)
  expect(after.get(topics[1]!)).not.toBe(before.get(topics[1]!))

  const row = await inTenant(house.house.db, tenantId, trx =>
    trx
      .selectFrom('bookings')
      .select('client_id')
      .where('session_id', '=', sessionId)
      .executeTakeFirstOrThrow(),
  )
  const participant = { as: 'client', personId: row.client_id, signedIn: true } as const
  expect((await follow(participant)).has(topics[0]!)).toBe(true)
  expect((await follow({ ...participant, signedIn: false })).has(topics[0]!)).toBe(false)
  expect((await follow(await client({ status: 'accepted' }))).has(topics[0]!)).toBe(false)
  expect((await follow(colleague(coachId))).has(topics[0]!)).toBe(true)
  expect((await follow(colleague(uuidv7()))).has(topics[0]!)).toBe(false)

  expectData(await business.visitor().mutate('bookings.cancel', { token }))
  expect((await follow(visitor, token)).has(topics[0]!)).toBe(false)
})
