import { sql } from 'kysely'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { judge, loadForAttempt, requireCoaches } from './attempts.ts'
import { confirmRequest } from './confirm.ts'
import { declineRequest } from './decline-request.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { requireAhead, requireRoom, requireTimeToSpare } from './recheck.ts'

interface ApprovalStep {
  bookingId: string
  step: 'remind' | 'expire'
  answerBy: string
}

/**
 * What the timer does when it rings, under the lock of the booking's coaches: nothing if the request was answered, its
 * time was set anew, or its client is to answer first (035). At the end the coach's setting decides: declined with
 * `approval_timeout`, or approved. The reminder is for once, however often a job runs or an undo makes it anew.
 */
export async function ringApproval(
  command: Command,
  { bookingId, step, answerBy }: ApprovalStep,
): Promise<void> {
  const booking = await lockBooking(command, bookingId)
  if (booking.awaiting !== 'coach' || booking.answerBy?.toISOString() !== answerBy) return
  if (step === 'remind') {
    if (await isReminded(command, booking.id, answerBy)) return
    await record(command, 'booking.answer_due', {
      subject: 'booking',
      subjectId: booking.id,
      coachId: booking.coachId,
      data: { answerBy },
    })
    return
  }
  if (booking.approvalTimeout === 'approve' && (await canConfirm(command, booking)))
    await confirmRequest(command, booking, 'system')
  else await declineRequest(command, booking, { by: 'system', code: 'approval_timeout', reason: null })
}

async function isReminded({ trx, tenantId }: Command, bookingId: string, answerBy: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM events WHERE tenant_id = ${tenantId} AND subject_id = ${bookingId} AND name = 'booking.answer_due'
      AND data ->> 'answerBy' = ${answerBy} LIMIT 1`.execute(trx)
  return rows.length > 0
}

/** At the end nobody is there to be told what stands in the way: then the request is declined. */
async function canConfirm(command: Command, booking: LockedBooking): Promise<boolean> {
  try {
    requireAhead(command, booking.startsAt)
    await requireTimeToSpare(command, booking)
    if (booking.isExclusive) return true
    await requireRoom(command, booking)
    return await keepsLimits(command, booking)
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/**
 * Requests that compete take no place in a day or week of their coach, so the limits are looked at here: whoever says
 * yes by silence doesn't go beyond them. A coach who approves may.
 */
async function keepsLimits(command: Command, booking: LockedBooking): Promise<boolean> {
  const { offerId, coachId, startsAt, clientId, sessionId } = booking
  const asked = { offer: offerId, coachId, startsAt }
  const offer = await loadForAttempt(command, asked, { personId: clientId }, { without: booking.id })
  requireCoaches(offer, coachId)
  const [coach] = offer.coaches
  const asker = {
    ...{ by: 'staff' as const, proven: booking.connectionStatus === 'connected', invited: true },
    ...{ ownHoldId: null, movingSessionId: sessionId },
  }
  const { decision } = await judge(command, offer, coach!, asker, startsAt)
  const isOver = decision.warnings.some(({ code }) => code === 'LIMIT_DAY' || code === 'LIMIT_WEEK')
  return !isOver || coach!.limitOutcome === 'request'
}
