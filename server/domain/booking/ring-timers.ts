import type { JobPayloads } from '#server/jobs/queues.ts'
import { lockOfBooking, lockOfCoach } from '../availability/lock.ts'
import { type Ground, runCommand } from '../run-command.ts'
import { ringSeatHold } from '../sessions/hold-seats.ts'
import { lockOfSession } from '../sessions/lock-seats.ts'
import { ringAnswer } from './answer-timer.ts'
import { ringApproval } from './approval-timer.ts'
import { ringHold } from './holds.ts'
import { ringMove } from './moves.ts'

/** The timers of bookings, each under the lock of the coaches it concerns; ringing twice does no more than once. */
export const timers = {
  approval: (ground: Ground, payload: JobPayloads['approval'], now: Date) =>
    runCommand(
      ground,
      system(payload.tenantId, now),
      command => ringApproval(command, payload),
      lockOfBooking(payload.tenantId, payload.bookingId),
    ),
  move: (ground: Ground, payload: JobPayloads['move'], now: Date) =>
    runCommand(
      ground,
      system(payload.tenantId, now),
      command => ringMove(command, payload),
      lockOfBooking(payload.tenantId, payload.bookingId),
    ),
  answer: (ground: Ground, payload: JobPayloads['answer'], now: Date) =>
    runCommand(
      ground,
      system(payload.tenantId, now),
      command => ringAnswer(command, payload),
      lockOfBooking(payload.tenantId, payload.bookingId),
    ),
  hold: (ground: Ground, payload: JobPayloads['hold'], now: Date) =>
    runCommand(
      ground,
      system(payload.tenantId, now),
      command => ('sessionId' in payload ? ringSeatHold(command, payload) : ringHold(command, payload)),
      'sessionId' in payload
        ? lockOfSession(payload.tenantId, payload.sessionId)
        : lockOfCoach(payload.tenantId, payload.coachId),
    ),
}

function system(tenantId: string, now: Date) {
  return { tenantId, actor: { as: 'system' as const }, now, requestId: 'timer' }
}
