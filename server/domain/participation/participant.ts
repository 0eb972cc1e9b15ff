import type { SeatMode } from '@rapport/sdk'
import { sql } from 'kysely'
import type { BookingStatus } from '#server/db/tables.ts'
import { isConfirmed } from '../booking/transitions.ts'
import type { Query } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { findHeldSession, type HeldSession } from './held-session.ts'

/** A client with a confirmed booking of a session. */
export interface Participant {
  bookingId: string
  personId: string
  /** As typed when booking. */
  name: string
  /** The name others see; null for one who didn't opt in. */
  shownAs: string | null
  seats: number
  mode: SeatMode
  guests: string[]
  session: HeldSession
}

interface Row extends Omit<Participant, 'session'> {
  sessionId: string
  status: BookingStatus
}

/**
 * Who takes part by this booking: its client alone, also one who works here. 404 for everybody else, for a slot's
 * booking and for who was erased; 403 `NOT_TAKING_PART` where the booking isn't confirmed, or not any more.
 */
export async function findParticipant(query: Query, bookingId: string): Promise<Participant> {
  const { trx, tenantId, actor } = query
  const { rows } = await sql<Row>`
    SELECT b.id AS "bookingId", b.client_id AS "personId", b.client_name AS name, b.shown_as AS "shownAs",
      b.seats, b.mode, b.guests, b.session_id AS "sessionId", b.status
    FROM bookings b
    JOIN people p ON p.tenant_id = b.tenant_id AND p.id = b.client_id
    WHERE b.tenant_id = ${tenantId} AND b.id = ${bookingId} AND p.erased_at IS NULL`.execute(trx)
  const [row] = rows
  if (!row || !('personId' in actor) || actor.personId !== row.personId) throw notFound('booking')
  const { sessionId, status, ...participant } = row
  const session = await findHeldSession(query, sessionId)
  if (!isConfirmed(status)) {
    throw new Refusal(
      'forbidden',
      'NOT_TAKING_PART',
      status === 'REQUESTED'
        ? 'This opens once the coach has confirmed your booking.'
        : 'This booking has ended, so it doesn’t open this any more.',
      { data: { status } },
    )
  }
  return { ...participant, session }
}

/** The name other participants see of somebody who takes part: the one chosen, else the first name alone (C45). */
export function nameForOthers({ shownAs, name }: { shownAs: string | null; name: string }): string {
  return shownAs ?? name.trim().split(/\s+/)[0]!
}

/** Who sits in a seat: the client in the first, guests in the further ones; null where no name was given. */
export function seatName({ name, guests }: { name: string; guests: string[] }, seat: number): string | null {
  return (seat === 1 ? name : guests[seat - 2]?.trim()) || null
}
