import { Client } from 'pg'
import { expectData } from './builders.ts'
import type { Desk } from './desk.ts'

// What can be booked by seats, on the desk of a browser test, made as staff make it.

interface Offered {
  kind?: 'group' | 'workshop'
  slug?: string
  title?: string
  priceMinor?: number
  /** Over the kind's own. */
  terms?: Record<string, unknown>
}

/** An offer whose clients book sessions; returns its id. */
export async function openOffer(desk: Desk, given: Offered = {}): Promise<string> {
  const offer = {
    ...{ kind: 'group', slug: 'circle', title: 'Peer circle', priceMinor: 3500, ...given },
    ...{ durationMinutes: 60, stepMinutes: 60, coachIds: [desk.coachId] },
  }
  return expectData(await desk.owner.mutate('offers.manage.create', offer)).id
}

/** A session on dates so many days ahead (or a part of one), an hour each; returns its id. */
export async function openSession(
  desk: Desk,
  offerId: string,
  days: number[] = [10],
  { listing = 'public' }: { listing?: 'public' | 'unlisted' | 'connected' | 'private' } = {},
): Promise<string> {
  const session = {
    ...{ offerId, listing, coachIds: [desk.coachId], idempotencyKey: crypto.randomUUID() },
    dates: days.map(day => ({ startsAt: inDays(day) })),
  }
  return expectData(await desk.owner.mutate('sessions.manage.create', session)).id
}

/** The full hour that comes so many days from now. */
function inDays(days: number): string {
  const hour = 3_600_000
  return new Date((Math.floor(Date.now() / hour) + Math.round(days * 24)) * hour).toISOString()
}

/** An offer with one session of it, on dates so many days ahead. */
export async function hold(desk: Desk, { days = [3], ...offered }: Offered & { days?: number[] } = {}) {
  const offerId = await openOffer(desk, offered)
  return { offerId, sessionId: await openSession(desk, offerId, days) }
}

/** Books seats as a client of this name; the answer has the booking and its manage address. */
export async function bookSeats(desk: Desk, sessionId: string, name: string, more: object = {}) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@client.example`
  const booking = { sessionId, client: { name, email }, idempotencyKey: crypto.randomUUID(), ...more }
  return expectData(await desk.visitor.mutate('bookings.book', booking))
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
