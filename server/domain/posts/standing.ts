import type { Query } from '../command.ts'
import { findSessionForStaff, type HeldSession } from '../participation/held-session.ts'
import { findParticipant } from '../participation/participant.ts'
import { notFound, Refusal } from '../refusal.ts'

/** Where something is read or posted: by a participant's booking, or by staff in a session. */
export type Place = { bookingId: string } | { sessionId: string }

/** Who stands there. */
export interface Standing {
  as: 'participant' | 'staff'
  personId: string
  session: HeldSession
}

/** Finds the session of a place and how the actor stands to it; 404 and 403 for who doesn't belong there. */
export async function findStanding(
  query: Query,
  place: Place,
  permission: 'bookings.see' | 'bookings.answer',
): Promise<Standing> {
  if ('bookingId' in place) {
    const { personId, session } = await findParticipant(query, place.bookingId)
    return { as: 'participant', personId, session }
  }
  if (query.actor.as !== 'member') throw notFound('session')
  const session = await findSessionForStaff(query, place.sessionId, permission)
  return { as: 'staff', personId: query.actor.personId, session }
}

/**
 * Refuses a post that its place doesn't take: 403 `STAFF_ONLY` an update by a participant, 409 `NO_CHAT` and
 * `SESSION_CANCELLED`.
 */
export function requireMayPost({ as, session }: Standing, isUpdate: boolean): void {
  if (isUpdate && as !== 'staff') {
    throw new Refusal('forbidden', 'STAFF_ONLY', 'Only those who lead the session write to all.', {
      field: 'isUpdate',
    })
  }
  if (session.state === 'CANCELLED') {
    throw new Refusal('conflict', 'SESSION_CANCELLED', 'This session was cancelled, and its chat has ended.')
  }
  if (!isUpdate && !session.terms.chat) {
    throw new Refusal('conflict', 'NO_CHAT', 'This session has no chat.')
  }
}

export function mayChat({ state, terms }: HeldSession): boolean {
  return terms.chat && state !== 'CANCELLED'
}
