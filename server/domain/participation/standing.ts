import type { Query } from '../command.ts'
import { notFound } from '../refusal.ts'
import { findSessionForStaff, type HeldSession } from './held-session.ts'
import { findParticipant } from './participant.ts'

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
