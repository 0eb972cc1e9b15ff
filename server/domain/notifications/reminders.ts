import { createHash } from 'node:crypto'
import type { Audience, MessageType } from './message-types.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A reminder so soon after the confirmation would say the same again (C25). */
const LEAST_AFTER_CONFIRMATION = 30 * MINUTE

interface Scheduled {
  type: MessageType
  to: Audience
  dueAt: Date
}

/**
 * The messages that a session at this time brings with it (264–266): reminders 24 hours and 1 hour before to both,
 * the question for feedback an hour after its end. None whose time has passed, no reminder within half an hour of
 * the confirmation.
 */
export function remindersOf(
  session: { startsAt: Date; endsAt: Date },
  { confirmedAt, now }: { confirmedAt: Date; now: Date },
): Scheduled[] {
  const before = (hours: number) => new Date(session.startsAt.getTime() - hours * HOUR)
  const earliest = Math.max(now.getTime(), confirmedAt.getTime() + LEAST_AFTER_CONFIRMATION)
  const reminders: Scheduled[] = [
    { type: 'reminder_24h', to: 'client', dueAt: before(24) },
    { type: 'reminder_24h', to: 'coach', dueAt: before(24) },
    { type: 'reminder_1h', to: 'client', dueAt: before(1) },
    { type: 'reminder_1h', to: 'coach', dueAt: before(1) },
  ]
  const feedback: Scheduled = {
    type: 'feedback_request',
    to: 'client',
    dueAt: new Date(session.endsAt.getTime() + HOUR),
  }
  return [
    ...reminders.filter(({ dueAt }) => dueAt.getTime() >= earliest && dueAt > now),
    ...(feedback.dueAt > now ? [feedback] : []),
  ]
}

/** The cause of a session's reminders: the same for one booking at one sequence, so that planning twice plans once. */
export function reminderCause(bookingId: string, sequence: number): string {
  const hex = createHash('sha256').update(`reminders of ${bookingId} at ${sequence}`).digest('hex')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
}
