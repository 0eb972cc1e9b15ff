import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type SignedIn, signedIn } from '#tests/support/people.ts'

const NOW = new Date('2027-03-01T06:00:00Z')

let house: TestHouse
let business: Business
let client: SignedIn
let coachId: string

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
})
afterAll(() => house.stop())
beforeEach(async () => {
  business = await signUpBusiness(house)
  coachId = business.coachId
  client = await signedIn(house, business)
})

const ask = (by = client) => by.api.mutate('connections.request', { coachId })
const answer = (status: string, clientId = client.personId) =>
  business.owner.mutate('connections.answer', { coachId, clientId, status })
const invite = (email: string, name = 'New Name') =>
  business.owner.mutate('connections.invite', { coachId, email, name })
const versionOf = () =>
  inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('calendars').select('version').where('coach_id', '=', coachId).executeTakeFirstOrThrow(),
  ).then(({ version }) => Number(version))
const mine = async (by = client) => expectData(await by.api.query('connections.mine')).connections
const list = async () => expectData(await business.owner.query('connections.list')).connections

describe('a client who asks to connect', () => {
  it('waits for the coach, who accepts; then sees a calendar for connected clients (014)', async () => {
    const { slug } = await makeBookable(house, business, { coach: { calendar_visibility: 'connected' } })
    const window = { from: '2027-03-08T00:00:00Z', to: '2027-03-09T00:00:00Z', timeZone: 'Europe/Berlin' }
    const slots = async () =>
      expectData(await client.api.query('slots.list', { offer: slug, ...window })).slots

    expect(expectData(await ask())).toEqual({ status: 'requested' })
    expect(expectData(await ask())).toEqual({ status: 'requested' })
    expect(await slots()).toEqual([])
    expect(await list()).toMatchObject([{ coachId, clientId: client.personId, status: 'requested' }])

    expectData(await answer('accepted'))
    expect(await mine()).toMatchObject([{ coachId, status: 'accepted' }])
    expect(await slots()).toHaveLength(8)
  })

  it('is a new version of the coach’s calendar, so that a page which was away looks again', async () => {
    let before = await versionOf()
    for (const change of [ask, () => answer('accepted'), () => answer('blocked'), () => answer('accepted')]) {
      expectData(await change())
      const version = await versionOf()
      expect(version).toBeGreaterThan(before)
      before = version
    }
    expectData(await invite('new@people.example'))
    expect(await versionOf()).toBeGreaterThan(before)
  })

  it('must have proven the address, and be signed in as a client', async () => {
    const unproven = await signedIn(house, business, { proven: false })
    expect((await ask(unproven)).error).toMatchObject({ code: 'PROVE_ADDRESS' })
    expect((await business.visitor().mutate('connections.request', { coachId })).status).toBe(401)
    expect((await business.owner.mutate('connections.request', { coachId })).error!.code).toBe('CLIENTS_ONLY')
    expect(await list()).toEqual([])
  })

  it('who is blocked can’t tell it from a request that nobody answers', async () => {
    await ask()
    expectData(await answer('blocked'))
    expect(expectData(await ask())).toEqual({ status: 'requested' })
    expect(await mine()).toMatchObject([{ status: 'requested' }])
    expect(await list()).toMatchObject([{ status: 'blocked' }])
    expectData(await answer('accepted'))
    expect(await mine()).toMatchObject([{ status: 'accepted' }])
  })

  it('several times at once is one request with one event', async () => {
    const answers = await Promise.all([ask(), ask(), ask(), ask()])
    expect(answers.map(one => one.status)).toEqual([200, 200, 200, 200])
    const events = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('events').selectAll().where('name', '=', 'connection.requested').execute(),
    )
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ coach_id: coachId, subject_id: client.personId, actor: 'client' })
  })
})

describe('a coach who invites', () => {
  it('makes somebody new a client, who accepts by asking to connect', async () => {
    const { clientId, status } = expectData(await invite('new@people.example'))
    expect(status).toBe('invited')
    expect(await list()).toMatchObject([
      { clientId, clientName: 'New Name', clientEmail: 'new@people.example' },
    ])
    expectData(await invite(client.email, 'Somebody Else'))
    expect(expectData(await ask())).toEqual({ status: 'accepted' })
  })

  it('never changes the name of somebody who is known', async () => {
    expectData(await invite(client.email.toUpperCase(), 'Somebody Else'))
    const [connection] = await list()
    expect(connection).toMatchObject({ clientId: client.personId, clientName: 'Clara Client' })
  })

  it('accepts one who had asked, and must first accept one who is blocked', async () => {
    await ask()
    expect(expectData(await invite(client.email))).toMatchObject({ status: 'accepted' })
    expectData(await answer('blocked'))
    expect(await invite(client.email)).toMatchObject({ status: 409, error: { code: 'CONNECTION_BLOCKED' } })
  })

  it('can’t accept in the client’s place', async () => {
    const { clientId } = expectData(await invite('new@people.example'))
    expect(await answer('accepted', clientId)).toMatchObject({
      status: 409,
      error: { code: 'CONNECTION_STATUS' },
    })
    expectData(await answer('blocked', clientId))
  })
})

describe('whose connections', () => {
  it('a coach sees and answers the own ones only', async () => {
    const colleague = await signedIn(house, business, { role: 'coach' })
    await ask()
    expect(expectData(await colleague.api.query('connections.list')).connections).toEqual([])
    expect((await colleague.api.query('connections.list', { coachId })).error!.code).toBe('ROLE')
    const foreign = { coachId, clientId: client.personId, status: 'accepted' }
    expect((await colleague.api.mutate('connections.answer', foreign)).error!.code).toBe('ROLE')
    expectData(await client.api.mutate('connections.request', { coachId: colleague.coachId }))
    expect(expectData(await colleague.api.query('connections.list')).connections).toHaveLength(1)
    expect(await list()).toHaveLength(2)
  })

  it('another business’s coaches and clients are answered as ones who aren’t there', async () => {
    const other = await signUpBusiness(house)
    const stranger = await signedIn(house, other)
    expect((await client.api.mutate('connections.request', { coachId: other.coachId })).status).toBe(404)
    expect((await answer('accepted', stranger.personId)).status).toBe(404)
    expect((await answer('accepted', uuidv7())).status).toBe(404)
    const elsewhere = { coachId: other.coachId, email: 'a@people.example', name: 'A' }
    expect((await business.owner.mutate('connections.invite', elsewhere)).status).toBe(404)
  })
})
