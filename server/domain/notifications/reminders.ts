import { createHash } from 'node:crypto'
import type { SessionTerms } from '@rapport/sdk'
import { deadlines } from '../sessions/deadlines.ts'
import type { Audience, MessageData, MessageType } from './message.ts'

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

/** A session with dates of its own, as far as its reminders go. */
export interface RemindedSession {
  id: string
  sequence: number
  timeZone: string
  terms: SessionTerms
  dates: readonly { startsAt: Date; endsAt: Date }[]
}

export interface SeatReminder {
  type: MessageType
  dueAt: Date
  cause: string
  data: MessageData
}

/**
 * What a session with dates of its own brings with it for a seat in it, or for one who leads it (`of`): reminders 24
 * hours and 1 hour before each date, those of its terms before the first (319), and to a seat the question for feedback
 * an hour after the last one.
 */
export function seatRemindersOf(
  session: RemindedSession,
  of: { id: string; isSeat: boolean },
  { confirmedAt, now }: { confirmedAt: Date; now: Date },
): SeatReminder[] {
  const { id: sessionId, sequence, dates, terms, timeZone } = session
  const earliest = Math.max(now.getTime(), confirmedAt.getTime() + LEAST_AFTER_CONFIRMATION)
  const causeOf = (what: string) => reminderCause(`${of.id} in ${sessionId}, ${what}`, sequence)
  const data = { sequence, sessionId }
  const ofDates = dates.flatMap(({ startsAt }, position) =>
    ([24, 1] as const).map(hours => ({
      type: hours === 24 ? ('reminder_24h' as const) : ('reminder_1h' as const),
      dueAt: new Date(startsAt.getTime() - hours * HOUR),
      cause: causeOf(`date ${position}`),
      data: { ...data, position },
    })),
  )
  const ofTerms = deadlines(terms, dates[0]!.startsAt, timeZone).reminders.map(dueAt => ({
    type: 'reminder_days' as const,
    dueAt,
    cause: causeOf(dueAt.toISOString()),
    data: { ...data, remindAt: dueAt.toISOString() },
  }))
  const feedback = {
    type: 'feedback_request' as const,
    dueAt: new Date(dates.at(-1)!.endsAt.getTime() + HOUR),
    cause: causeOf('feedback'),
    data,
  }
  const reminders = of.isSeat ? [...ofTerms, ...ofDates] : ofDates
  return [
    ...reminders.filter(({ dueAt }) => dueAt.getTime() >= earliest && dueAt > now),
    ...(of.isSeat && feedback.dueAt > now ? [feedback] : []),
  ]
}

/** The cause of a session's reminders: the same for one booking at one sequence, so that planning twice plans once. */
export function reminderCause(bookingId: string, sequence: number): string {
  return causeFrom(`reminders of ${bookingId} at ${sequence}`)
}

/** The cause that follows from what is said of it: always the same UUID. */
export function causeFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
}
