import type { Command } from '../command.ts'

const HOUR = 3_600_000

/**
 * A coach has the time the settings give, but the client must hear in time: an hour before the session, or at half
 * time where it starts within two hours.
 */
export function answerBy(now: Date, coach: { approvalHours: number }, startsAt: Date): Date {
  const start = startsAt.getTime()
  const lastMoment = Math.max(start - HOUR, (now.getTime() + start) / 2)
  return new Date(Math.min(now.getTime() + coach.approvalHours * HOUR, lastMoment))
}

/** Makes the two jobs of a request: a reminder at half time, and the answer by default (259). */
export async function scheduleApproval(command: Command, bookingId: string, answerBy: Date): Promise<void> {
  const { tenantId, now } = command
  const halfTime = new Date((now.getTime() + answerBy.getTime()) / 2)
  const job = { tenantId, bookingId, answerBy: answerBy.toISOString() }
  await command.send('approval', { ...job, step: 'remind' }, { startAfter: halfTime })
  await command.send('approval', { ...job, step: 'expire' }, { startAfter: answerBy })
}
