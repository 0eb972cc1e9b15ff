import type { Party } from '#server/db/tables.ts'
import type { Actor } from '../command.ts'
import { permitsFor } from '../people/roles.ts'
import { notFound, Refusal } from '../refusal.ts'

/** Signed in with an address that was proven by mail: only then does what favours a client count. */
export function isProven(actor: Actor): actor is Actor & { as: 'client' } {
  return actor.as === 'client' && actor.signedIn
}

interface Concerned {
  clientId: string
  /** The coach who leads it. */
  coachId: string
  /** All who give it, where there may be several: each of them may see and answer its bookings. */
  coachIds?: readonly string[]
}

/** Whether this actor may see a booking: its client, or staff whose role covers its coach. */
export function maySee(actor: Actor, booking: Concerned): boolean {
  if (actor.as === 'system') return true
  if (actor.as === 'visitor') return false
  return (
    isClientOf(actor, booking) ||
    (actor.as === 'member' && coachesOf(booking).some(coachId => permitsFor(actor, 'bookings.see', coachId)))
  )
}

/** On whose behalf the actor may change this booking: `coach` for staff who may answer for its coach, `client` for its client, null for all others. */
export function sideOf(actor: Actor, booking: Concerned): Party | null {
  if (actor.as === 'system') return 'system'
  if (
    actor.as === 'member' &&
    coachesOf(booking).some(coachId => permitsFor(actor, 'bookings.answer', coachId))
  )
    return 'coach'
  return isClientOf(actor, booking) ? 'client' : null
}

/** The same for commands: others get the 404 of a booking that doesn't exist (111). */
export function partyOf(actor: Actor, booking: Concerned): Party {
  const side = sideOf(actor, booking)
  if (!side) throw notFound('booking')
  return side
}

/** For what only the coach's side may do. */
export function requireCoachSide(actor: Actor, booking: Concerned): void {
  if (partyOf(actor, booking) === 'client') {
    throw new Refusal('forbidden', 'COACH_ONLY', 'Only the coach can do this.')
  }
}

/** For what only the client may do. */
export function requireClientSide(actor: Actor, booking: Concerned): void {
  if (partyOf(actor, booking) !== 'client') {
    throw new Refusal('forbidden', 'CLIENT_ONLY', 'Only the client can do this.')
  }
}

function coachesOf({ coachId, coachIds }: Concerned): readonly string[] {
  return coachIds ?? [coachId]
}

function isClientOf(actor: Actor, { clientId }: Concerned): boolean {
  return 'personId' in actor && actor.personId === clientId
}
