import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTenant } from '#server/db/in-tenant.ts'
import { makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import { signedIn } from '#tests/support/people.ts'

const NOW = new Date('2027-03-01T06:00:00Z')

let house: TestHouse
let business: Business
let coachId: string

beforeAll(async () => {
  house = await createHouse({ clock: () => NOW })
})
afterAll(() => house.stop())
beforeEach(async () => {
  business = await signUpBusiness(house)
  coachId = business.coachId
})

async function settings() {
  return expectData(await business.owner.query('coaches.settings', { coachId }))
}

describe('a coach’s settings', () => {
  it('are read with their sentences, and saved', async () => {
    const { settings: old, sentences, version } = await settings()
    expect(sentences.map((line: { about: string }) => line.about)).toContain('approval')
    const wanted = { ...old, allowFirmBooking: false, maxSessionsPerDay: 4, bufferMinutes: 20 }
    const saved = expectData(
      await business.owner.mutate('coaches.saveSettings', { coachId, settings: wanted }),
    )
    expect(saved.settings).toEqual(wanted)
    expect(saved.sentences.map((line: { sentence: string }) => line.sentence)).toContain(
      'You approve every booking.',
    )
    expect(saved.version).toBeGreaterThan(version)
    expect((await settings()).settings).toEqual(wanted)
  })

  it('are read out with what would be doubtful about them before they are saved', async () => {
    const { settings: old } = await settings()
    const wanted = { ...old, maxSessionsPerDay: 4, maxSessionsPerWeek: 2 }
    const { sentences, warnings } = expectData(
      await business.owner.query('coaches.previewSettings', { coachId, settings: wanted }),
    )
    expect(sentences.map((line: { sentence: string }) => line.sentence)).toContain(
      'At most 4 sessions a day and 2 sessions a week; beyond that no time is offered.',
    )
    expect(warnings.map((warning: { field: string }) => warning.field)).toEqual(['maxSessionsPerDay'])
    expect((await settings()).settings).toEqual(old)
  })

  it('show their effect on the next slot query (008)', async () => {
    const { slug } = await makeBookable(house, business)
    const firm = async () => {
      const window = { from: '2027-03-10T00:00:00Z', to: '2027-03-11T00:00:00Z', timeZone: 'Europe/Berlin' }
      const { slots } = expectData(await business.visitor().query('slots.list', { offer: slug, ...window }))
      return slots.map((slot: { allowsFirmBooking: boolean }) => slot.allowsFirmBooking)
    }
    expect(new Set(await firm())).toEqual(new Set([true]))
    const { settings: old } = await settings()
    await business.owner.mutate('coaches.saveSettings', {
      coachId,
      settings: { ...old, allowFirmBooking: false },
    })
    expect(new Set(await firm())).toEqual(new Set([false]))
  })

  it('keep who changed what from what; saving what stands leaves no trace (017)', async () => {
    const { settings: old } = await settings()
    const wanted = { ...old, firmBookingThresholdHours: 48, calendarVisibility: 'connected' }
    await business.owner.mutate('coaches.saveSettings', { coachId, settings: wanted })
    await business.owner.mutate('coaches.saveSettings', { coachId, settings: wanted })
    const events = await inTenant(house.house.db, business.tenantId, trx =>
      trx.selectFrom('events').selectAll().where('name', '=', 'coach.settings_changed').execute(),
    )
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ coach_id: coachId, actor: 'member', actor_id: business.personId })
    expect(events[0]!.data).toEqual({
      old: { firmBookingThresholdHours: old.firmBookingThresholdHours, calendarVisibility: 'public' },
      new: { firmBookingThresholdHours: 48, calendarVisibility: 'connected' },
    })
  })

  it('are refused by field where they make no sense', async () => {
    const { settings: old } = await settings()
    for (const [field, value] of [
      ['bufferMinutes', -5],
      ['maxSessionsPerDay', 0],
      ['firmBookingThresholdHours', 1.5],
      ['calendarVisibility', 'secret'],
    ]) {
      const input = { coachId, settings: { ...old, [field as string]: value } }
      const refused = await business.owner.mutate('coaches.saveSettings', input)
      expect([refused.status, refused.error!.field]).toEqual([400, `settings.${field}`])
    }
  })

  it('warn where nothing would be a request by time (C1)', async () => {
    await makeBookable(house, business, { offer: { notice: 3000 } })
    const { settings: old } = await settings()
    const input = { coachId, settings: { ...old, firmBookingThresholdHours: 24 } }
    const { warnings } = expectData(await business.owner.mutate('coaches.saveSettings', input))
    expect(warnings[0]).toMatchObject({ field: 'firmBookingThresholdHours' })
  })

  it('are a coach’s own and an owner’s matter; of another business they aren’t there', async () => {
    const colleague = await signedIn(house, business, { role: 'coach' })
    expectData(await colleague.api.query('coaches.settings', { coachId: colleague.coachId }))
    expect((await colleague.api.query('coaches.settings', { coachId })).status).toBe(403)
    expectData(await business.owner.query('coaches.settings', { coachId: colleague.coachId }))
    const other = await signUpBusiness(house)
    expect((await business.owner.query('coaches.settings', { coachId: other.coachId })).status).toBe(404)
    expect((await business.owner.query('coaches.settings', { coachId: uuidv7() })).status).toBe(404)
  })
})

it('lists the coaches who work here to members only', async () => {
  const colleague = await signedIn(house, business, { role: 'coach', name: 'Rui Lisboa' })
  const coaches = expectData(await colleague.api.query('coaches.list'))
  expect(coaches.map((coach: { id: string }) => coach.id)).toEqual([coachId, colleague.coachId])
  expect(coaches[1]).toMatchObject({ name: 'Rui Lisboa', timeZone: 'Europe/Lisbon' })
  expect((await business.visitor().query('coaches.list')).status).toBe(401)
})
