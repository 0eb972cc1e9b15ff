import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { type SignedIn, signedIn } from '#tests/support/people.ts'

const NOW = new Date('2027-03-01T06:00:00Z')
const MONDAY = { from: '2027-03-08T00:00:00Z', to: '2027-03-09T00:00:00Z', timeZone: 'Europe/Berlin' }

let house: TestHouse
let business: Business
let coachId: string
let colleague: SignedIn

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
})
afterAll(() => house.stop())
beforeEach(async () => {
  business = await signUpBusiness(house)
  coachId = business.coachId
  colleague = await signedIn(house, business, { role: 'coach' })
})

function events(name: string) {
  return inTenant(house.house.db, business.tenantId, trx =>
    trx.selectFrom('events').selectAll().where('name', '=', name).orderBy('seq').execute(),
  )
}

async function version() {
  return expectData(await business.owner.query('coaches.settings', { coachId })).version
}

describe('weekly hours', () => {
  it('are saved with several ranges a day and the zone they are meant in, and read again', async () => {
    const hours = [
      { weekday: 1, startMinute: 540, endMinute: 720 },
      { weekday: 1, startMinute: 780, endMinute: 1020 },
      { weekday: 5, startMinute: 1320, endMinute: 1560 },
    ]
    expectData(await business.owner.mutate('hours.saveWeek', { coachId, timeZone: 'Asia/Tokyo', hours }))
    const saved = expectData(await business.owner.query('hours.get', { coachId }))
    expect(saved).toEqual({ timeZone: 'Asia/Tokyo', hours, overrides: [], timeOff: [] })
  })

  it('change the slots at once, raise the calendar’s version and leave an event with what was before', async () => {
    const { slug } = await makeBookable(house, business)
    const before = await version()
    const hours = [{ weekday: 1, startMinute: 600, endMinute: 720 }]
    expectData(await business.owner.mutate('hours.saveWeek', { coachId, hours }))

    const { slots } = expectData(await business.visitor().query('slots.list', { offer: slug, ...MONDAY }))
    expect(slots.map((slot: { startsAt: string }) => slot.startsAt)).toEqual([
      '2027-03-08T09:00:00.000Z',
      '2027-03-08T10:00:00.000Z',
    ])
    expect(await version()).toBeGreaterThan(before)
    const [event] = await events('hours.changed')
    expect(event).toMatchObject({ subject: 'coach', subject_id: coachId, coach_id: coachId, actor: 'member' })
    expect(event!.data).toMatchObject({ part: 'week', new: hours })
    expect(event!.data.old).toHaveLength(7)
  })

  it('are refused in one sentence where two ranges overlap, and stay as they were', async () => {
    const hours = [
      { weekday: 2, startMinute: 540, endMinute: 720 },
      { weekday: 2, startMinute: 660, endMinute: 800 },
    ]
    const refused = await business.owner.mutate('hours.saveWeek', { coachId, hours })
    expect(refused.status).toBe(400)
    expect(refused.error).toMatchObject({
      code: 'HOURS_OVERLAP',
      field: 'hours',
      message: 'Tuesday 09:00–12:00 and Tuesday 11:00–13:20 overlap. Change or remove one of them.',
    })
    expect(await events('hours.changed')).toEqual([])
  })

  it('name the field of a range that makes no sense', async () => {
    const hours = [{ weekday: 2, startMinute: 540, endMinute: 540 }]
    const refused = await business.owner.mutate('hours.saveWeek', { coachId, hours })
    expect(refused.status).toBe(400)
    expect(refused.error!.field).toBe('hours.0.endMinute')
  })
})

describe('one date', () => {
  it('can have other hours, be closed, and be as every week again', async () => {
    const { slug } = await makeBookable(house, business)
    const starts = async () => {
      const { slots } = expectData(await business.visitor().query('slots.list', { offer: slug, ...MONDAY }))
      return slots.length
    }
    const save = (ranges: unknown) =>
      business.owner.mutate('hours.saveOverride', { coachId, date: '2027-03-08', ranges }).then(expectData)

    expect(await starts()).toBe(8)
    await save([{ startMinute: 600, endMinute: 660 }])
    expect(await starts()).toBe(1)
    await save([])
    expect(await starts()).toBe(0)
    const { overrides } = expectData(await business.owner.query('hours.get', { coachId }))
    expect(overrides).toEqual([{ date: '2027-03-08', ranges: [] }])
    await save(null)
    expect(await starts()).toBe(8)
    expect(await events('hours.changed')).toHaveLength(3)
  })
})

describe('time off', () => {
  it('takes time out of the hours until it is removed', async () => {
    const { slug } = await makeBookable(house, business)
    const off = { coachId, startsAt: '2027-03-08T08:00:00Z', endsAt: '2027-03-08T12:00:00Z', note: 'Dentist' }
    const { id } = expectData(await business.owner.mutate('hours.addTimeOff', off))
    const slots = async () =>
      expectData(await business.visitor().query('slots.list', { offer: slug, ...MONDAY })).slots
    expect(await slots()).toHaveLength(4)
    const { timeOff } = expectData(await business.owner.query('hours.get', { coachId }))
    expect(timeOff).toEqual([
      { id, startsAt: '2027-03-08T08:00:00.000Z', endsAt: '2027-03-08T12:00:00.000Z', note: 'Dentist' },
    ])
    expectData(await business.owner.mutate('hours.removeTimeOff', { coachId, id }))
    expect(await slots()).toHaveLength(8)
    expect((await business.owner.mutate('hours.removeTimeOff', { coachId, id })).status).toBe(404)
    const told = await events('hours.changed')
    expect(told.map(event => event.data.part)).toEqual(['time_off_added', 'time_off_removed'])
    expect(JSON.stringify(told)).not.toContain('Dentist')
  })

  it('is refused where it ends before it begins, or is past', async () => {
    const add = (startsAt: string, endsAt: string) =>
      business.owner.mutate('hours.addTimeOff', { coachId, startsAt, endsAt })
    for (const refused of [
      await add('2027-03-08T12:00:00Z', '2027-03-08T12:00:00Z'),
      await add('2027-02-01T12:00:00Z', '2027-02-02T12:00:00Z'),
      await add('2027-03-01T12:00:00Z', '2031-02-02T12:00:00Z'),
    ]) {
      expect(refused.error).toMatchObject({ code: 'TIME_OFF', field: 'endsAt' })
    }
  })
})

describe('whose hours', () => {
  it('a coach keeps the own hours, not a colleague’s; visitors and clients keep none', async () => {
    const own = { coachId: colleague.coachId!, hours: [] }
    expectData(await colleague.api.mutate('hours.saveWeek', own))
    const refused = await colleague.api.mutate('hours.saveWeek', { coachId, hours: [] })
    expect([refused.status, refused.error!.code]).toEqual([403, 'ROLE'])
    expect((await business.visitor().query('hours.get', { coachId })).status).toBe(401)
    const client = await signedIn(house, business)
    expect((await client.api.query('hours.get', { coachId })).status).toBe(403)
  })

  it('another business’s coach is answered as one who isn’t there', async () => {
    const other = await signUpBusiness(house)
    for (const of of [other.coachId, uuidv7()]) {
      const refused = await business.owner.mutate('hours.saveWeek', { coachId: of, hours: [] })
      expect([refused.status, refused.error!.code, refused.error!.message]).toEqual([
        404,
        'NOT_FOUND',
        'There is no such coach here.',
      ])
    }
  })
})
