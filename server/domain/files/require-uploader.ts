import type { Query } from '../command.ts'
import { findParticipant } from '../participation/participant.ts'
import { permits } from '../people/roles.ts'
import { Refusal } from '../refusal.ts'
import type { FilePurpose } from './purposes.ts'

interface Upload {
  purpose: FilePurpose
  /** Of a participant, the booking by which the file is added. */
  bookingId: string | null
}

/**
 * Who adds a file: staff, for the logo those who may change the business; or a participant, to a session that shares
 * resources (293). Returns the person's id. Refuses with 401, 403 or 404 all others.
 */
export async function requireUploader(query: Query, { purpose, bookingId }: Upload): Promise<string> {
  if (bookingId !== null) {
    const { personId, session } = await findParticipant(query, bookingId)
    requireShares(session.terms)
    if (purpose !== 'material') {
      throw new Refusal('forbidden', 'STAFF_ONLY', 'Only people who work here can do this.')
    }
    return personId
  }
  const { actor } = query
  if (actor.as === 'visitor') throw new Refusal('unauthorized', 'SIGN_IN', 'Please sign in first.')
  if (actor.as !== 'member') {
    throw new Refusal('forbidden', 'STAFF_ONLY', 'Only people who work here can do this.')
  }
  if (!permits(actor.role, purpose === 'logo' ? 'business.edit' : 'bookings.answerOwn')) {
    throw new Refusal(
      'forbidden',
      'ROLE',
      `Your role here (${actor.role}) doesn’t include this. Ask an owner.`,
    )
  }
  return actor.personId
}

/** Refuses with 409 `NOT_SHARED` where participants of a session add nothing to its materials. */
export function requireShares({ sharedResources }: { sharedResources: boolean }): void {
  if (sharedResources) return
  throw new Refusal('conflict', 'NOT_SHARED', 'Participants of this session don’t share files or links.')
}
