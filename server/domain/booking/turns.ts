import type { Command } from '../command.ts'
import type { LockedBooking } from './lock-booking.ts'
import { answerBy, scheduleApproval } from './time-to-answer.ts'

const HOUR = 3_600_000
/** A client has this long to answer suggested times or a question: also the longest that a suggested time is held. */
const CLIENT_HOURS = 48

/*
 * A request waits for its coach or its client. While the client is to answer, the coach's clock stands still; when
 * it is the coach's turn again, it goes on with what was left (035).
 */

/** Until when a client may answer, with a booking or another time starting at `startsAt`. */
export function clientAnswersBy(now: Date, startsAt: Date): Date {
  return answerBy(now, { approvalHours: CLIENT_HOURS }, startsAt)
}

/** What changes in a request that waits for its client until `until`; nothing in a booking that is confirmed. */
export function clientsTurn({ now }: Command, booking: LockedBooking, until: Date) {
  if (booking.status !== 'REQUESTED') return {}
  const left = booking.awaiting === 'coach' ? secondsUntil(now, booking.answerBy) : booking.coachSecondsLeft
  return { awaiting: 'client' as const, answer_by: until, coach_seconds_left: left }
}

/** Makes the job that rings when the client's time is over. */
export async function scheduleClientsTurn(command: Command, bookingId: string, until: Date): Promise<void> {
  const { tenantId } = command
  await command.send('answer', { tenantId, bookingId }, { startAfter: until })
}

/**
 * What changes in a request that is its coach's to answer again, with what was left of the time, an hour at least
 * where the start allows it; its timer is set. Nothing where the coach's clock runs already.
 */
export async function coachsTurn(command: Command, booking: LockedBooking, startsAt = booking.startsAt) {
  if (booking.status !== 'REQUESTED' || booking.awaiting !== 'client') return {}
  const until = coachAnswersBy(command.now, booking, startsAt)
  await scheduleApproval(command, booking.id, until)
  return { awaiting: 'coach' as const, answer_by: until, coach_seconds_left: null }
}

/** Until when a coach would have to answer whose clock stands still now. */
export function coachAnswersBy(
  now: Date,
  { coachSecondsLeft, startsAt: start }: Pick<LockedBooking, 'coachSecondsLeft' | 'startsAt'>,
  startsAt = start,
): Date {
  return answerBy(now, { approvalHours: Math.max((coachSecondsLeft ?? 0) / 3600, 1) }, startsAt)
}

function secondsUntil(now: Date, instant: Date | null): number {
  return instant === null ? HOUR / 1000 : Math.max(0, Math.floor((instant.getTime() - now.getTime()) / 1000))
}
