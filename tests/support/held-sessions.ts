import { Client } from 'pg'
import { expectData } from './builders.ts'
import type { Desk } from './desk.ts'

// Sessions with seats on the desk of a browser test, made as staff make them.

const HOUR = 3_600_000

interface Held {
  kind?: 'group' | 'workshop'
  title?: string
  /** Over the kind's own. */
  terms?: Record<string, unknown>
  /** Hours from now to each date's start, rounded to full hours; each lasts an hour. */
  startsIn?: number[]
}

export interface HeldSession {
  offerId: string
  slug: string
  sessionId: string
}

/** An offer with one session of it. */
export async function hold(desk: Desk, given: Held = {}): Promise<HeldSession> {
  const { kind = 'group', title = 'Evening circle', terms = {}, startsIn = [72] } = given
  const { id: offerId, slug } = expectData(
    await desk.owner.mutate('offers.manage.create', {
      ...{ title, kind, terms, coachIds: [desk.coachId] },
      ...{ durationMinutes: 60, stepMinutes: 60, priceMinor: 10_000 },
    }),
  )
  const { id: sessionId } = expectData(
    await desk.owner.mutate('sessions.manage.create', {
      ...{ offerId, coachIds: [desk.coachId], listing: 'public', idempotencyKey: crypto.randomUUID() },
      dates: startsIn.map(hours => ({ startsAt: inHours(hours) })),
    }),
  )
  return { offerId, slug, sessionId }
}

/** The full hour that comes so many hours from now. */
export function inHours(hours: number): string {
  return new Date((Math.floor(Date.now() / HOUR) + hours) * HOUR).toISOString()
}

/** Books seats as a client of this name; the answer has the booking and its manage address. */
export async function bookSeats(desk: Desk, sessionId: string, name: string, more: object = {}) {
  return expectData(
    await desk.visitor.mutate('bookings.book', {
      ...{ sessionId, idempotencyKey: crypto.randomUUID(), ...more },
      client: { name, email: `${name.toLowerCase().replaceAll(' ', '.')}@client.example` },
    }),
  )
}

/** The token of a booking's manage address. */
export function tokenOf({ manageUrl }: { manageUrl: string }): string {
  return manageUrl.split('/b/')[1]!
}

/** Moves a session so many hours into the past, as only time itself can do. */
export async function letPass(sessionId: string, hours: number): Promise<void> {
  const client = new Client(process.env.RAPPORT_TEST_DATABASE)
  await client.connect()
  await client.query(
    `UPDATE session_dates SET starts_at = starts_at - make_interval(hours => $2),
       ends_at = ends_at - make_interval(hours => $2) WHERE session_id = $1`,
    [sessionId, hours],
  )
  await client.end()
}
