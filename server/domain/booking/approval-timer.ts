import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
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
 * What the timer does when it rings, under the lock of the booking's coaches: nothing if the request was answered,
 * its time was set anew, or its client is to answer first (035). At the end the coach's setting decides: declined with `approval_timeout`, or approved.
 */
export async function ringApproval(
  command: Command,
  { bookingId, step, answerBy }: ApprovalStep,
): Promise<void> {
  const booking = await lockBooking(command, bookingId)
  if (booking.awaiting !== 'coach' || booking.answerBy?.toISOString() !== answerBy) return
  if (step === 'remind') {
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

/** At the end nobody is there to be told what stands in the way: then the request is declined. */
async function canConfirm(command: Command, booking: LockedBooking): Promise<boolean> {
  try {
    requireAhead(command, booking.startsAt)
    await requireTimeToSpare(command, booking)
    if (!booking.isExclusive) await requireRoom(command, booking)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
