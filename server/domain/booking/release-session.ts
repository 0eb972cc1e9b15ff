import { sql } from 'kysely'
import { actorKey, type Command } from '../command.ts'
import { giveBackSeats } from '../sessions/seats.ts'
import { endConversation } from './end-conversation.ts'
import { endMove } from './end-move.ts'
import type { LockedBooking } from './lock-booking.ts'
import { LIVE_STATUSES } from './transitions.ts'
import { coachAnswersBy } from './turns.ts'

/**
 * Gives back what an ended booking took: its seats, the coach's time where its session was made by booking a slot, and
 * the time that a pending move or suggested times hold; what was asked is asked no more. Calendar entries of such a session get a new sequence; a session with dates of its
 * own goes on without the seats.
 */
export async function releaseSession(command: Command, booking: LockedBooking): Promise<void> {
  const { trx, tenantId, now } = command
  await endConversation(command, booking)
  if (booking.move) await endMove(command, booking, booking.move, 'withdrawn', null)
  await giveBackSeats(command, booking)
  if (command.kind(booking.kind).bookedBy !== 'slot') return
  await sql`
    WITH freed AS (UPDATE claims SET released_at = ${now}
      WHERE tenant_id = ${tenantId} AND session_id = ${booking.sessionId} AND released_at IS NULL)
    UPDATE sessions SET state = 'CANCELLED', sequence = sequence + 1
    WHERE tenant_id = ${tenantId} AND id = ${booking.sessionId}`.execute(trx)
}

/**
 * What remembers who ended a booking and what it was before, so that the same one can undo it: then it is the coach's
 * turn, with what is left of the time.
 */
export function endedBy(command: Command, booking: LockedBooking) {
  return {
    ended_at: command.now,
    ended_by: actorKey(command.actor),
    ended_from: LIVE_STATUSES.find(status => status === booking.status)!,
    ...(booking.awaiting === 'client' && { answer_by: coachAnswersBy(command.now, booking) }),
  }
}
