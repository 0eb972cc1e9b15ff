import { uuidv7 } from 'uuidv7'
import { inTenant } from '#server/db/in-tenant.ts'
import type { Business } from './builders.ts'
import type { TestHouse } from './house.ts'

interface Settings {
  /** Minutes: see the columns of `offers`. */
  offer?: Partial<{
    duration: number
    step: number
    buffer: number
    notice: number
    horizon: number | null
    price: number
  }>
  /** Columns of `coaches` to set. */
  coach?: Record<string, unknown>
  /** Ranges of every weekday, in minutes of the coach's wall clock. */
  hours?: [start: number, end: number][]
}

export interface Bookable {
  offerId: string
  slug: string
}

/**
 * Gives a business's coach an offer and hours, 09:00–17:00 on every day unless told otherwise, at once confirmed
 * when more than 24 hours ahead.
 */
export async function makeBookable(
  house: TestHouse,
  { tenantId, coachId }: Pick<Business, 'tenantId' | 'coachId'>,
  { offer = {}, coach = {}, hours = [[540, 1020]] }: Settings = {},
): Promise<Bookable> {
  const offerId = uuidv7()
  const slug = `coaching-${offerId.slice(-6)}`
  await inTenant(house.house.db, tenantId, async trx => {
    await trx
      .insertInto('offers')
      .values({
        tenant_id: tenantId,
        id: offerId,
        slug,
        title: 'Coaching',
        kind: '1on1',
        duration_minutes: offer.duration ?? 60,
        step_minutes: offer.step ?? 60,
        buffer_minutes: offer.buffer ?? 0,
        notice_minutes: offer.notice ?? 0,
        horizon_days: offer.horizon ?? null,
        price_minor: offer.price ?? 0,
        currency: 'EUR',
        created_at: house.house.clock(),
      })
      .execute()
    await trx
      .insertInto('offer_coaches')
      .values({ tenant_id: tenantId, offer_id: offerId, coach_id: coachId, position: 0 })
      .execute()
    await trx.deleteFrom('hours').where('coach_id', '=', coachId).execute()
    const ranges = [1, 2, 3, 4, 5, 6, 7].flatMap(weekday =>
      hours.map(([start_minute, end_minute]) => ({
        tenant_id: tenantId,
        id: uuidv7(),
        coach_id: coachId,
        weekday,
        start_minute,
        end_minute,
      })),
    )
    await trx.insertInto('hours').values(ranges).execute()
    if (Object.keys(coach).length > 0)
      await trx.updateTable('coaches').set(coach).where('id', '=', coachId).execute()
    await trx
      .updateTable('calendars')
      .set(eb => ({ version: eb('version', '+', 1) }))
      .where('coach_id', '=', coachId)
      .execute()
  })
  return { offerId, slug }
}

let keys = 0

/** The input of `bookings.book` for a client of this name. */
export function bookingInput(offer: string, startsAt: string, name = 'Clara Client') {
  return {
    offer,
    startsAt,
    client: {
      name,
      email: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@client.example`,
      timeZone: 'America/New_York',
    },
    idempotencyKey: `key-for-a-test-${++keys}-${process.pid}`,
  }
}

/** Adds a second coach to a business and to an offer of its, with the same hours; `settings` are columns of `coaches`. Returns the coach's id. */
export async function addCoach(
  house: TestHouse,
  { tenantId, coachId }: Pick<Business, 'tenantId' | 'coachId'>,
  offerId: string,
  settings: Record<string, unknown> = {},
): Promise<string> {
  const id = uuidv7()
  const tenant_id = tenantId
  const created_at = house.house.clock()
  await inTenant(house.house.db, tenantId, async trx => {
    await trx
      .insertInto('people')
      .values({ tenant_id, id, email: `${id}@example.com`, name: 'Second Coach', created_at })
      .execute()
    await trx.insertInto('members').values({ tenant_id, person_id: id, role: 'coach', created_at }).execute()
    await trx
      .insertInto('coaches')
      .values({
        tenant_id,
        id,
        person_id: id,
        slug: `coach-${id.slice(-6)}`,
        time_zone: 'Europe/Berlin',
        created_at,
        ...settings,
      })
      .execute()
    await trx.insertInto('calendars').values({ tenant_id, coach_id: id }).execute()
    await trx
      .insertInto('offer_coaches')
      .values({ tenant_id, offer_id: offerId, coach_id: id, position: 1 })
      .execute()
    const hours = await trx.selectFrom('hours').selectAll().where('coach_id', '=', coachId).execute()
    await trx
      .insertInto('hours')
      .values(hours.map(range => ({ ...range, id: uuidv7(), coach_id: id })))
      .execute()
  })
  return id
}
