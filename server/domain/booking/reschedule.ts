import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import {
  judge,
  loadForAttempt,
  makeRoom,
  refusalOf,
  requireBookedBySlot,
  requireCoaches,
} from './attempts.ts'
import { partyOf, requireCoachSide } from './authority.ts'
import { endProposals } from './end-conversation.ts'
import { endMove } from './end-move.ts'
import { lateMoveNow, requireAgreed, tooLate } from './fees.ts'
import { type LockedBooking, lockBooking } from './lock-booking.ts'
import { moveSession } from './move-session.ts'
import { requireAhead } from './recheck.ts'
import { requestMove } from './request-move.ts'
import { answerBy, scheduleApproval } from './time-to-answer.ts'
import { isLive } from './transitions.ts'
import { clientAnswersBy, coachsTurn, scheduleClientsTurn } from './turns.ts'

export interface Reschedule {
  id: string
  startsAt: Date
  coachId?: string | undefined
  /** What the client was told a late move costs, minor units; absent where nobody was told. */
  agreedFeeMinor?: number | undefined
}

/**
 * Moves a booking to another time by the same rules as a new one: at once where they allow it, for staff, and for a
 * request that waits anyway; otherwise the new time is held and the old one stays until the coach approves.
 * A client's late move is also what the terms it was sold with make of it: asked for, charged (once it is approved,
 * where it waits) or refused (067).
 * Refuses with 409 and the rule's code, `LATE_MOVE` or `FEE_CHANGED`.
 */
export async function reschedule(
  command: Command,
  { id, startsAt, coachId, agreedFeeMinor }: Reschedule,
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

  // Other times that were named are overtaken, and not in the way of this one.
  await endProposals(command, booking, booking.proposals, { as: by === 'client' ? 'declined' : 'withdrawn' })
  const proven = command.actor.as === 'client' && command.actor.signedIn
  const loaded = await loadForAttempt(
    command,
    { offer: booking.offerId, coachId: target, startsAt },
    { personId: booking.clientId },
    { without: booking.id },
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
    timeZone: booking.clientZone,
  }
  const judged = await judge(command, offer, offer.coaches[0]!, asker, startsAt)
  const { attempt, decision: decided } = judged
  if (decided.outcome === 'refuse') throw refusalOf(decided)
  const late = by === 'client' ? lateMoveNow(booking, command.now) : null
  if (late?.outcome === 'ask' && target !== booking.coachId)
    throw tooLate('So close to its start it moves to another coach only if both agree.')
  const decision = late?.outcome === 'ask' ? askedLate(decided) : decided

  const endsAt = new Date(startsAt.getTime() + length)
  const { bufferMinutes, approvalHours } = decision.values
  const blockedUntil = new Date(attempt.blockedUntil(startsAt.getTime(), bufferMinutes!))
  const isExclusive = booking.status !== 'REQUESTED' || !attempt.coach.competingRequests
  const to = { coachId: target, startsAt, endsAt, blockedUntil, isExclusive }
  if (decision.outcome === 'request' && target !== booking.coachId) {
    throw new Refusal(
      'conflict',
      'COACH_CHANGE',
      'This coach approves bookings first, so the session can’t simply move there. Choose another time, or book anew.',
      { field: 'coachId' },
    )
  }
  const feeMinor = late?.feeMinor ?? 0
  requireAgreed(feeMinor, agreedFeeMinor)
  if (decision.outcome === 'request' && booking.status !== 'REQUESTED') {
    await requestMove(command, booking, to, {
      decision,
      answerBy: answerBy(
        command.now,
        { approvalHours: approvalHours! },
        earliest(startsAt, booking.startsAt),
      ),
    })
    return { outcome: 'awaiting_approval' }
  }
  if (booking.move) await endMove(command, booking, booking.move, 'withdrawn', null)
  await makeRoom(command, judged, to)
  await moveSession(command, booking, to, { feeMinor, byStaff: by !== 'client' })
  if (booking.status === 'REQUESTED') await answerMoved(command, booking, startsAt)
  return { outcome: 'moved' }
}

/** What the rules would allow at once is up to the coach, so close to the start. */
function askedLate(decision: Decision): Decision {
  if (decision.outcome === 'request') return decision
  return {
    ...decision,
    outcome: 'request',
    sentence: 'It starts soon, so your coach decides about moving it.',
  }
}

/** Whose turn it is with a request that has moved: what was suggested is overtaken, what was asked is not. */
async function answerMoved(command: Command, booking: LockedBooking, startsAt: Date): Promise<void> {
  if (booking.question || booking.awaiting === 'coach')
    await keepAnswerBeforeStart(command, booking, startsAt)
  else await setAnswer(command, booking, await coachsTurn(command, booking, startsAt))
}

/** A request must be answered before its session starts, also when it moved to an earlier time. */
export async function keepAnswerBeforeStart(
  command: Command,
  booking: LockedBooking,
  startsAt: Date,
): Promise<void> {
  const isClients = booking.awaiting === 'client'
  const latest = isClients ? clientAnswersBy(command.now, startsAt) : answerBy(command.now, booking, startsAt)
  if (booking.answerBy && booking.answerBy <= latest) return
  await setAnswer(command, booking, { answer_by: latest })
  if (isClients) await scheduleClientsTurn(command, booking.id, latest)
  else await scheduleApproval(command, booking.id, latest)
}

async function setAnswer(
  command: Command,
  booking: LockedBooking,
  changes: { awaiting?: 'coach'; answer_by?: Date; coach_seconds_left?: null },
): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await command.trx
    .updateTable('bookings')
    .set(changes)
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', booking.id)
    .execute()
}

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b
}
