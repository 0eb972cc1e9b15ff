import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { scheduleApproval } from './approval-timer.ts'
import { judge, loadForAttempt, refusalOf, requireBookedBySlot, requireCoaches } from './attempts.ts'
import { partyOf, requireCoachSide } from './authority.ts'
import { answerBy } from './book.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { endMove, moveSession } from './moves.ts'
import { requireAhead } from './recheck.ts'
import { requestMove } from './request-move.ts'
import { isLive } from './transitions.ts'

export interface Reschedule {
  id: string
  startsAt: Date
  coachId?: string | undefined
}

/**
 * Moves a booking to another time by the same rules as a new one: at once where they allow it, for staff, and for a
 * request that waits anyway; otherwise the new time is held and the old one stays until the coach approves.
 * Refuses with 409 and the rule's code.
 */
export async function reschedule(
  command: Command,
  { id, startsAt, coachId }: Reschedule,
): Promise<{ outcome: 'moved' | 'awaiting_approval' }> {
  const booking = await lockBooking(command, id)
  const by = partyOf(command.actor, booking)
  requireBookedBySlot(command.kind(booking.kind))
  if (!isLive(booking.status) || booking.startsAt <= command.now) {
    throw new Refusal(
      'conflict',
      'BOOKING_STATUS',
      'This booking is over, so it can’t be moved. Please book a new time.',
      {
        data: { status: booking.status },
      },
    )
  }
  requireAhead(command, startsAt)
  const target = coachId ?? booking.coachId
  if (by === 'coach') requireCoachSide(command.actor, { clientId: booking.clientId, coachId: target })
  if (startsAt.getTime() === booking.startsAt.getTime() && target === booking.coachId) {
    throw new Refusal('conflict', 'SAME_TIME', 'The booking is at this time already.', { field: 'startsAt' })
  }

  const proven = command.actor.as === 'client' && command.actor.signedIn
  const loaded = await loadForAttempt(
    command,
    { offer: booking.offerId, coachId: target, startsAt },
    { personId: booking.clientId },
  )
  requireCoaches(loaded, target)
  const length = booking.endsAt.getTime() - booking.startsAt.getTime()
  // A session keeps the length it was booked with, whatever its offer has since.
  const offer = { ...loaded, durationMinutes: length / 60_000 }
  const asker = {
    by: by === 'client' ? ('client' as const) : ('staff' as const),
    // A client who was connected when booking stays so for a move by the manage link.
    proven: proven || booking.connectionStatus === 'connected',
    invited: target === booking.coachId,
    ownHoldId: booking.move?.holdId ?? null,
    movingSessionId: booking.sessionId,
  }
  const { attempt, decision } = await judge(command, offer, offer.coaches[0]!, asker, startsAt)
  if (decision.outcome === 'refuse') throw refusalOf(decision)

  const endsAt = new Date(startsAt.getTime() + length)
  const blockedUntil = new Date(endsAt.getTime() + attempt.slots.bufferMinutes * 60_000)
  const to = { coachId: target, startsAt, endsAt, blockedUntil }
  if (decision.outcome === 'request' && target !== booking.coachId) {
    throw new Refusal(
      'conflict',
      'COACH_CHANGE',
      'This coach approves bookings first, so the session can’t simply move there. Choose another time, or book anew.',
      { field: 'coachId' },
    )
  }
  if (decision.outcome === 'request' && booking.status !== 'REQUESTED') {
    await requestMove(command, booking, to, {
      decision,
      answerBy: answerBy(command.now, attempt.coach, earliest(startsAt, booking.startsAt)),
    })
    return { outcome: 'awaiting_approval' }
  }
  if (booking.move) await endMove(command, booking, booking.move, 'withdrawn', null)
  await moveSession(command, booking, to)
  if (booking.status === 'REQUESTED') await keepAnswerBeforeStart(command, booking, startsAt)
  return { outcome: 'moved' }
}

/** A request must be answered before its session starts, also when it moved to an earlier time. */
export async function keepAnswerBeforeStart(
  command: Command,
  booking: LockedBooking,
  startsAt: Date,
): Promise<void> {
  const latest = answerBy(command.now, booking, startsAt)
  if (booking.answerBy && booking.answerBy <= latest) return
  await command.trx
    .updateTable('bookings')
    .set({ answer_by: latest })
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', booking.id)
    .execute()
  await scheduleApproval(command, booking.id, latest)
}

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b
}
