import { sql } from 'kysely'
import type { Query } from '../command.ts'
import { listPosts, type PostsPage } from '../posts/list-posts.ts'
import { findParticipant, type Participant, seatName } from './participant.ts'

/** One of a booking's seats, as its client sees it. */
export interface RoomSeat {
  seat: number
  /** Null for a guest whose name wasn't given. */
  name: string | null
  /** Positions of the dates it was checked in on. */
  checkedIn: number[]
  certificate: { code: string; issuedAt: Date; revokedAt: Date | null } | null
}

export interface Room {
  participant: Participant
  /** Those who opted in, by the name they chose; null where the session has no such list (292). */
  participants: { name: string }[] | null
  posts: PostsPage
  seats: RoomSeat[]
}

/** What a participant sees of a session (289–293): see `findParticipant` for who that is. */
export async function showRoom(query: Query, bookingId: string): Promise<Room> {
  const participant = await findParticipant(query, bookingId)
  const { session, personId } = participant
  return {
    participant,
    participants: session.terms.participantList ? await listShown(query, session.id) : null,
    posts: await listPosts(query, { session, personId }),
    seats: await readSeats(query, participant),
  }
}

async function listShown({ trx, tenantId }: Query, sessionId: string): Promise<{ name: string }[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT b.shown_as AS name FROM bookings b
    JOIN people p ON p.tenant_id = b.tenant_id AND p.id = b.client_id
    WHERE b.tenant_id = ${tenantId} AND b.session_id = ${sessionId} AND b.shown_as IS NOT NULL
      AND b.status IN ('FIRM_BOOKED', 'CONFIRMED') AND p.erased_at IS NULL
    ORDER BY lower(b.shown_as), b.id`.execute(trx)
  return rows
}

async function readSeats({ trx, tenantId }: Query, participant: Participant): Promise<RoomSeat[]> {
  const of = { tenant_id: tenantId, booking_id: participant.bookingId }
  const checkIns = await trx
    .selectFrom('check_ins')
    .select(['seat', 'position'])
    .where(where => where.and(of))
    .orderBy('position')
    .execute()
  const certificates = await trx
    .selectFrom('certificates')
    .select(['seat', 'code', 'issued_at as issuedAt', 'revoked_at as revokedAt'])
    .where(where => where.and(of))
    .execute()
  return Array.from({ length: participant.seats }, (_, index) => {
    const seat = index + 1
    const { seat: _seat, ...certificate } = certificates.find(each => each.seat === seat) ?? {}
    return {
      seat,
      name: seatName(participant, seat),
      checkedIn: checkIns.filter(each => each.seat === seat).map(({ position }) => position),
      certificate: 'code' in certificate ? certificate : null,
    }
  })
}
