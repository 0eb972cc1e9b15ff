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
let colleague: SignedIn

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
})
afterAll(() => house.stop())
beforeEach(async () => {
  business = await signUpBusiness(house)
  colleague = await signedIn(house, business, { role: 'coach', name: 'Rui Lisboa' })
})

function offer(more: Record<string, unknown> = {}) {
  return {
    title: 'Intro call',
    kind: '1on1',
    durationMinutes: 30,
    stepMinutes: 15,
    coachIds: [business.coachId],
    ...more,
  }
}

function create(more: Record<string, unknown> = {}) {
  return business.owner.mutate('offers.manage.create', offer(more))
}

async function listed() {
  return expectData(await business.visitor().query('offers.list')).offers
}

async function versionOf(coachId: string): Promise<number> {
  return expectData(await business.owner.query('coaches.settings', { coachId })).version
}

describe('a new offer', () => {
  it('is listed for everybody with its coaches, in their order, in the business’s currency', async () => {
    const coachIds = [colleague.coachId, business.coachId]
    const made = expectData(await create({ priceMinor: 4900, coachIds, description: 'Get to know me' }))
    expect(made).toMatchObject({
      slug: 'intro-call',
      currency: 'EUR',
      active: true,
      listing: 'public',
      coachIds,
    })
    const [shown] = await listed()
    expect(shown).toEqual({
      id: made.id,
      slug: 'intro-call',
      title: 'Intro call',
      description: 'Get to know me',
      location: '',
      kind: '1on1',
      kindLabel: 'One-on-one session',
      bookedBy: 'slot',
      format: 'online',
      durationMinutes: 30,
      priceMinor: 4900,
      currency: 'EUR',
      coaches: [
        { id: colleague.coachId, name: 'Rui Lisboa', slug: expect.any(String), bio: '' },
        { id: business.coachId, name: expect.any(String), slug: expect.any(String), bio: '' },
      ],
    })
  })

  it('gets an address from its title that is free and no page’s', async () => {
    const slug = async (title: string) => expectData(await create({ title })).slug
    expect(await slug('Führung & Wandel')).toBe('fuhrung-wandel')
    expect(await slug('Führung & Wandel')).toBe('fuhrung-wandel-2')
    expect(await slug('Führung & Wandel')).toBe('fuhrung-wandel-3')
    expect(await slug('Admin')).toBe('admin-2')
    expect(await slug('日本語')).toBe('offer')
    expect(await slug('日本語')).toBe('offer-2')
  })

  it('refuses an address that was asked for and is taken, a page’s, or looks like an id', async () => {
    expectData(await create({ slug: 'deep' }))
    expect(await create({ slug: 'deep' })).toMatchObject({
      status: 409,
      error: { code: 'SLUG_TAKEN', field: 'slug' },
    })
    for (const slug of ['admin', 'b', uuidv7()]) {
      expect(await create({ slug })).toMatchObject({
        status: 400,
        error: { code: 'SLUG_RESERVED', field: 'slug' },
      })
    }
  })

  it('refuses kinds that no plugin provides, unknown coaches and what nobody could book', async () => {
    const other = await signUpBusiness(house)
    const refusals: [Record<string, unknown>, string, string][] = [
      [{ kind: 'seance' }, 'KIND_UNKNOWN', 'kind'],
      [{ coachIds: [] }, 'COACH_MISSING', 'coachIds'],
      [{ coachIds: [other.coachId] }, 'COACH_UNKNOWN', 'coachIds'],
      [{ coachIds: [business.coachId, business.coachId] }, 'COACH_UNKNOWN', 'coachIds'],
      [{ noticeMinutes: 2880, horizonDays: 2 }, 'NEVER_BOOKABLE', 'horizonDays'],
      [{ durationMinutes: 4 }, 'BAD_INPUT', 'durationMinutes'],
      [{ title: '  ' }, 'BAD_INPUT', 'title'],
      [{ priceMinor: 1.5 }, 'BAD_INPUT', 'priceMinor'],
    ]
    for (const [more, code, field] of refusals) {
      expect(await create(more)).toMatchObject({ status: 400, error: { code, field } })
    }
    expect(await listed()).toEqual([])
  })

  it('of two made at once with one address one wins and the other is refused', async () => {
    const answers = await Promise.all([
      create({ slug: 'same' }),
      create({ slug: 'same' }),
      create({ slug: 'same' }),
    ])
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409, 409])
  })
})

describe('a changed offer', () => {
  it('keeps what wasn’t given, and moves the versions of the calendars it had and has', async () => {
    const { id } = expectData(await create({ description: 'Stays', noticeMinutes: 120 }))
    const before = [await versionOf(business.coachId), await versionOf(colleague.coachId!)]
    const changed = expectData(
      await business.owner.mutate('offers.manage.update', {
        id,
        durationMinutes: 45,
        coachIds: [colleague.coachId],
      }),
    )
    expect(changed).toMatchObject({
      description: 'Stays',
      noticeMinutes: 120,
      durationMinutes: 45,
      slug: 'intro-call',
      coachIds: [colleague.coachId],
    })
    const after = [await versionOf(business.coachId), await versionOf(colleague.coachId!)]
    expect(after[0]).toBeGreaterThan(before[0]!)
    expect(after[1]).toBeGreaterThan(before[1]!)
  })

  it('changes the slots at once', async () => {
    const { slug, offerId } = await makeBookable(house, business)
    const window = { from: '2027-03-08T00:00:00Z', to: '2027-03-09T00:00:00Z', timeZone: 'Europe/Berlin' }
    const count = async () =>
      expectData(await business.visitor().query('slots.list', { offer: slug, ...window })).slots.length
    expect(await count()).toBe(8)
    expectData(await business.owner.mutate('offers.manage.update', { id: offerId, stepMinutes: 30 }))
    expect(await count()).toBe(15)
  })

  it('that is unlisted is found by its address only, one that is inactive not at all', async () => {
    const { id, slug } = expectData(await create())
    const set = (more: object) =>
      business.owner.mutate('offers.manage.update', { id, ...more }).then(expectData)
    await set({ listing: 'unlisted' })
    expect(await listed()).toEqual([])
    const shown = expectData(await business.visitor().query('offers.get', { offer: slug }))
    expect(shown).toMatchObject({ id, stepMinutes: 15, noticeMinutes: 0, horizonDays: null })
    expectData(await business.visitor().query('offers.get', { offer: id }))
    await set({ active: false })
    expect((await business.visitor().query('offers.get', { offer: slug })).status).toBe(404)
    const { offers } = expectData(await business.owner.query('offers.manage.list'))
    expect(offers).toMatchObject([{ id, active: false }])
  })

  it('can’t take another’s address or another kind', async () => {
    expectData(await create({ slug: 'first' }))
    const { id } = expectData(await create({ slug: 'second' }))
    const update = (more: object) => business.owner.mutate('offers.manage.update', { id, ...more })
    expect(await update({ slug: 'first' })).toMatchObject({ status: 409, error: { code: 'SLUG_TAKEN' } })
    expect(await update({ kind: 'group' })).toMatchObject({ status: 400, error: { code: 'KIND_FIXED' } })
    expectData(await update({ slug: 'second' }))
  })

  it('leaves an event with old and new numbers, of text only that it changed', async () => {
    const { id } = expectData(await create({ description: 'For Anna Schmidt' }))
    const change = { id, priceMinor: 5000, description: 'For Ben Meyer' }
    expectData(await business.owner.mutate('offers.manage.update', change))
    const events = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('events').select(['name', 'data']).where('subject_id', '=', id).orderBy('seq').execute(),
    )
    expect(events).toEqual([
      { name: 'offer.created', data: { kind: '1on1' } },
      { name: 'offer.changed', data: { priceMinor: { old: 0, new: 5000 }, description: 'changed' } },
    ])
  })
})

describe('the order of offers', () => {
  it('is the one staff give them', async () => {
    const ids: string[] = []
    for (const title of ['A', 'B', 'C']) ids.push(expectData(await create({ title })).id)
    const order = [ids[2], ids[0], ids[1]]
    expectData(await business.owner.mutate('offers.manage.reorder', { ids: order }))
    expect((await listed()).map((shown: { id: string }) => shown.id)).toEqual(order)
    for (const wrong of [[ids[0]], [ids[0], ids[0], ids[1]], [...order, uuidv7()]]) {
      const refused = await business.owner.mutate('offers.manage.reorder', { ids: wrong })
      expect(refused).toMatchObject({ status: 400, error: { code: 'OFFERS_DIFFER' } })
    }
  })
})

describe('who may', () => {
  it('a coach sees the offers and changes none; clients and visitors neither', async () => {
    const { id } = expectData(await create())
    expectData(await colleague.api.query('offers.manage.list'))
    expect((await colleague.api.mutate('offers.manage.update', { id, title: 'Mine' })).error!.code).toBe(
      'ROLE',
    )
    const client = await signedIn(house, business)
    expect((await client.api.query('offers.manage.list')).status).toBe(403)
    expect((await business.visitor().mutate('offers.manage.create', offer())).status).toBe(401)
  })

  it('another business’s offer is answered as one that isn’t there', async () => {
    const { id, slug } = expectData(await create())
    const other = await signUpBusiness(house)
    expect((await other.owner.mutate('offers.manage.update', { id, title: 'Mine' })).status).toBe(404)
    expect((await other.visitor().query('offers.get', { offer: slug })).status).toBe(404)
    expect((await other.visitor().query('offers.get', { offer: id })).status).toBe(404)
    expect((await other.visitor().query('offers.get', { offer: uuidv7() })).status).toBe(404)
  })
})

describe('an offer of sessions with dates of their own', () => {
  const group = (more: Record<string, unknown> = {}) =>
    create({ kind: 'group', title: 'Circle', priceMinor: 2000, ...more })
  const minimum = { seats: 4, decidesDaysBefore: 7, otherwise: 'ask' }

  it('starts out with the terms of its kind, and what is given on top', async () => {
    const made = expectData(await group({ terms: { maxSeatsPerBooking: 3, chat: true } }))
    expect(made).toMatchObject({
      bookedBy: 'session',
      kindLabel: 'Group session',
      terms: { capacity: 10, maxSeatsPerBooking: 3, chat: true, format: 'online', deposit: null },
    })
    const venue = { address: 'Lindenstr. 5', mapUrl: null, travelNote: '' }
    const terms = { format: 'in_person', venue }
    const changed = expectData(await business.owner.mutate('offers.manage.update', { id: made.id, terms }))
    expect(changed).toMatchObject({ format: 'in_person', terms: { venue, chat: true } })
    const [shown] = await listed()
    expect(shown).toMatchObject({ kindLabel: 'Group session', bookedBy: 'session', format: 'in_person' })
    expect(shown).not.toHaveProperty('terms')
  })

  it('says which fields of its terms are at fault, and what to do about each', async () => {
    const phases = [
      { name: 'early_bird', priceMinor: 1500, endsDaysBefore: null, seats: null },
      { name: 'regular', priceMinor: 2000, endsDaysBefore: 3, seats: null },
    ]
    const refusals: [Record<string, unknown>, string][] = [
      [{ capacity: 'many' }, 'terms.capacity'],
      [{ phases: [{ name: 'early_bird' }] }, 'terms.phases.0.priceMinor'],
      [{ minimum }, 'terms.minimum'],
      [{ format: 'in_person' }, 'terms.venue.address'],
      [{ rate: 1 }, 'terms'],
    ]
    for (const [terms, field] of refusals)
      expect(await group({ terms })).toMatchObject({ status: 400, error: { code: 'TERMS_INVALID', field } })
    const { error } = await group({ terms: { phases } })
    expect(error!.fields).toEqual([
      { field: 'terms.phases.0.endsDaysBefore', message: expect.stringContaining('when this price ends') },
      { field: 'terms.phases.1.endsDaysBefore', message: expect.stringContaining('Leave its end open') },
    ])
  })

  it('keeps a price that its deposit fits', async () => {
    const deposit = { amountMinor: 1500, balanceDaysBefore: 7 }
    const { id } = expectData(await group({ kind: 'workshop', terms: { deposit, minimum } }))
    expect(await business.owner.mutate('offers.manage.update', { id, priceMinor: 1000 })).toMatchObject({
      status: 400,
      error: { code: 'TERMS_INVALID', field: 'terms.deposit.amountMinor' },
    })
  })

  it('isn’t one whose clients pick a slot: that has settings of its kind, and no terms', async () => {
    expect(await create({ terms: { capacity: 5 } })).toMatchObject({
      status: 400,
      error: { code: 'TERMS_UNKNOWN', field: 'terms' },
    })
    const made = expectData(await create({ kindSettings: { meets: 'in_person' } }))
    expect(made).toMatchObject({ terms: null, format: 'in_person', kindSettings: { meets: 'in_person' } })
    expect(await create({ kindSettings: { meets: 'by letter' } })).toMatchObject({
      status: 400,
      error: { code: 'KIND_SETTINGS_INVALID', field: 'kindSettings.meets' },
    })
  })

  it('is of a kind that tells the form what to ask', async () => {
    const { kinds } = expectData(await business.owner.query('offers.kinds'))
    const kind = (id: string) => kinds.find((kind: { id: string }) => kind.id === id)
    expect(kind('1on1')).toMatchObject({
      bookedBy: 'slot',
      sessions: null,
      settings: [{ name: 'meets', label: 'Where you meet', type: 'choice', default: 'online' }],
    })
    expect(kind('group').sessions).toMatchObject({ dates: 'one', repeats: true, defaults: { capacity: 10 } })
    expect(kind('group').sessions.sections).not.toContain('deposit')
    expect(kind('workshop').sessions).toMatchObject({ dates: 'several', repeats: false })
  })
})
