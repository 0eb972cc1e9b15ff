import { sql } from 'kysely'
import { actorKey, type Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { takeSeats } from '../sessions/seats.ts'
import { releaseExpired } from './attempts.ts'
import { partyOf } from './authority.ts'
import { changeBooking } from './change-booking.ts'
import { declineCompetitors } from './competing.ts'
import { NOT_WAIVED, standingFee } from './fees.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { requireRoom } from './recheck.ts'
import { answerBy, scheduleApproval } from './time-to-answer.ts'
import { takeClaim } from './write-booking.ts'

const MINUTE = 60_000
export const UNDO_MINUTES = 10
/** A request that is restored leaves its coach at least this long to answer, where its start allows it. */
const LEAST_HOURS_TO_ANSWER = 1

/**
 * Takes back a decline or cancellation: the former status, within ten minutes, by the one who did it, if the time can
 * be had again (part D). Refuses with 409 `UNDO_OVER`, `SLOT_TAKEN`, `SESSION_FULL` or `BOOKING_STATUS`.
 */
export async function undo(command: Command, { id }: { id: string }): Promise<void> {
  const booking = await lockBooking(command, id)
  partyOf(command.actor, booking)
  requireUndoable(command, booking)
  await takeBack(command, booking)

  const status = booking.endedFrom!
  const until = status === 'REQUESTED' ? timeToAnswer(command, booking) : booking.answerBy
  await offerChoicesAgain(command, booking)
  await changeBooking(
    command,
    booking,
    {
      status,
      awaiting: status === 'REQUESTED' ? 'coach' : null,
      answer_by: until,
      decline_code: null,
      decline_reason: null,
      cancelled_by: null,
      cancel_reason: null,
      fee_minor: standingFee(booking),
      ...NOT_WAIVED,
      ended_at: null,
      ended_by: null,
      ended_from: null,
    },
    { name: 'booking.restored', data: { status, from: booking.status } },
  )
  if (status === 'REQUESTED' && until) await scheduleApproval(command, booking.id, until)
}

/** Until when this actor could undo, or null when not at all. */
export function undoUntil(
  booking: { endedAt: Date | null; endedBy: string | null; startsAt: Date },
  actor: string,
  now: Date,
): Date | null {
  if (booking.endedAt === null || booking.endedBy !== actor || actor === 'system' || actor === 'visitor')
    return null
  const until = new Date(booking.endedAt.getTime() + UNDO_MINUTES * MINUTE)
  return until > now && booking.startsAt > now ? until : null
}

function requireUndoable(command: Command, booking: LockedBooking): void {
  if (booking.endedAt === null) {
    throw new Refusal('conflict', 'BOOKING_STATUS', 'There is nothing to undo: this booking stands.')
  }
  if (!undoUntil(booking, actorKey(command.actor), command.now)) {
    throw new Refusal(
      'conflict',
      'UNDO_OVER',
      'This can be undone only within 10 minutes and by the one who did it. Please book again.',
    )
  }
}

async function takeBack(command: Command, booking: LockedBooking): Promise<void> {
  const { trx, tenantId } = command
  if (command.kind(booking.kind).bookedBy !== 'slot') return takeSeatsBack(command, booking)

  const blockedUntil = new Date(booking.endsAt.getTime() + booking.bufferMinutes * MINUTE)
  await requireRoom(command, booking)
  await releaseExpired(command, booking.coachId, booking.startsAt, blockedUntil)
  await takeSeats(command, booking)
  const isExclusive = booking.endedFrom !== 'REQUESTED' || !booking.competingRequests
  if (booking.endedFrom !== 'REQUESTED') await declineCompetitors(command, { ...booking, blockedUntil })
  const { rows } = await takeClaim(command, { ...booking, blockedUntil, isExclusive }).execute(trx)
  if (rows.length === 0) {
    throw new Refusal(
      'conflict',
      'SLOT_TAKEN',
      'Somebody else has taken this time meanwhile, so it can’t be undone.',
    )
  }
  await sql`
    UPDATE sessions SET state = 'SCHEDULED', sequence = sequence + 1
    WHERE tenant_id = ${tenantId} AND id = ${booking.sessionId}`.execute(trx)
}

async function takeSeatsBack(command: Command, booking: LockedBooking): Promise<void> {
  if (booking.sessionState === 'CANCELLED') {
    throw new Refusal(
      'conflict',
      'SESSION_CANCELLED',
      'The session itself is cancelled, so this can’t be undone.',
    )
  }
  await takeSeats(command, booking)
}

/** The client's second and third choice, which ended with the request. What the coach said isn't said again. */
async function offerChoicesAgain({ trx, tenantId }: Command, booking: LockedBooking): Promise<void> {
  await trx
    .updateTable('proposals')
    .set({ status: 'open', answered_at: null })
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', booking.id)
    .where('proposed_by', '=', 'client')
    .where('status', '=', 'withdrawn')
    .where('answered_at', '=', booking.endedAt)
    .execute()
}

function timeToAnswer({ now }: Command, booking: LockedBooking): Date {
  const least = answerBy(now, { approvalHours: LEAST_HOURS_TO_ANSWER }, booking.startsAt)
  return booking.answerBy && booking.answerBy > least ? booking.answerBy : least
}
