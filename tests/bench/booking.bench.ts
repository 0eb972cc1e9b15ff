import { uuidv7 } from 'uuidv7'
import { inTenant } from '#server/db/in-tenant.ts'
import { type Bookable, bookingInput, makeBookable } from '#tests/support/bookable.ts'
import { type Business, expectData, signUpBusiness } from '#tests/support/builders.ts'
import { createHouse, type TestHouse } from '#tests/support/house.ts'
import type { Measured } from './run.ts'

const NOW = new Date('2027-03-01T06:00:00Z')
const BUSINESSES = 12
const ROUNDS = 40

/**
 * A booking through HTTP against the least a database could do for it (one claim and one event in a transaction),
 * twelve calendars at once; and a slot list from remembered facts against one whose calendar has just changed.
 */
export default async function measure(): Promise<Measured> {
  const house = await createHouse({ clock: () => NOW })
  try {
    const places = await Promise.all(
      Array.from({ length: BUSINESSES }, async () => {
        const business = await signUpBusiness(house)
        const offer = await makeBookable(house, business, {
          offer: { duration: 15, step: 15 },
          hours: [[0, 1440]],
        })
        return { business, offer }
      }),
    )
    const each = (work: (place: (typeof places)[number], round: number) => Promise<unknown>, from: number) =>
      Promise.all(
        places.map(async place => {
          for (let round = from; round < from + ROUNDS; round++) await work(place, round)
        }),
      )

    await each(({ business, offer }, round) => bookOne(business, offer, round), 0)
    const http = await timed(() =>
      each(({ business, offer }, round) => bookOne(business, offer, round), ROUNDS),
    )
    await each(({ business }, round) => bareTransaction(house, business, round), 4 * ROUNDS)
    const bare = await timed(() =>
      each(({ business }, round) => bareTransaction(house, business, round), 5 * ROUNDS),
    )

    const [{ business, offer }] = places as [(typeof places)[number]]
    await listOne(business, offer)
    const remembered = await timed(() => repeat(ROUNDS, () => listOne(business, offer)))
    const changed = await timed(() => repeat(ROUNDS, () => listAfterChange(house, business, offer)))
    return {
      name: 'booking',
      ratios: {
        'time of a booking through HTTP ÷ bare transaction': http / bare,
        'time of a month of slots, remembered ÷ calendar changed': remembered / changed,
      },
    }
  } finally {
    await house.stop()
  }
}

const startOf = (round: number) => new Date(Date.parse('2027-03-03T00:00:00Z') + round * 15 * 60_000)

async function bookOne({ visitor }: Business, { slug }: Bookable, round: number): Promise<void> {
  expectData(
    await visitor().mutate(
      'bookings.book',
      bookingInput(slug, startOf(round).toISOString(), `Client ${round}`),
    ),
  )
}

async function bareTransaction(
  { house }: TestHouse,
  { tenantId, coachId }: Business,
  round: number,
): Promise<void> {
  await inTenant(house.db, tenantId, async trx => {
    const session = await trx
      .selectFrom('sessions')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .limit(1)
      .executeTakeFirstOrThrow()
    const starts_at = startOf(round)
    const ends_at = startOf(round + 1)
    await trx
      .insertInto('claims')
      .values({
        tenant_id: tenantId,
        id: uuidv7(),
        coach_id: coachId,
        session_id: session.id,
        starts_at,
        ends_at,
        blocked_until: ends_at,
      })
      .execute()
    await trx
      .insertInto('events')
      .values({
        tenant_id: tenantId,
        id: uuidv7(),
        at: NOW,
        name: 'bench.written',
        subject: 'session',
        subject_id: session.id,
        actor: 'system',
        request_id: 'bench',
        data: '{}',
      })
      .execute()
  })
}

async function listOne({ visitor }: Business, { slug }: Bookable): Promise<void> {
  const window = { offer: slug, from: '2027-04-01T00:00:00Z', to: '2027-05-01T00:00:00Z' }
  expectData(await visitor().query('slots.list', window))
}

async function listAfterChange(house: TestHouse, business: Business, offer: Bookable): Promise<void> {
  await inTenant(house.house.db, business.tenantId, trx =>
    trx
      .updateTable('calendars')
      .set(eb => ({ version: eb('version', '+', 1) }))
      .where('coach_id', '=', business.coachId)
      .execute(),
  )
  await listOne(business, offer)
}

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time++) await work()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
