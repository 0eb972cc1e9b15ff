import type { SessionTerms, TimedPhase } from '@rapport/sdk'
import { DateTime } from 'luxon'

/** When the terms of one session take effect, as instants. */
export interface Deadlines {
  /** Registration closes: the first date's start at the latest. */
  closesAt: Date
  /** When it is decided whether enough take part; null where no minimum is asked. */
  decideBy: Date | null
  /** When what a deposit left open is due; null without a deposit. */
  balanceDueAt: Date | null
  /** In order of time. */
  phases: TimedPhase[]
  /** The session's own reminders, the earliest first. */
  reminders: Date[]
}

const DAY = 86_400_000

/**
 * When a session that its terms leave to its coach is cancelled by itself unless somebody decides (314): 24 hours
 * before the first date's start, or at half of the time that `decideBy` leaves until then, whichever is later. Null
 * where that is decided, or its terms decide at once.
 */
export function lapsesAt(
  terms: Pick<SessionTerms, 'minimum'> | null,
  decideBy: Date | null,
  firstStart: Date,
): Date | null {
  if (terms?.minimum?.otherwise !== 'ask' || !decideBy) return null
  const start = firstStart.getTime()
  return new Date(Math.max(start - DAY, (decideBy.getTime() + start) / 2))
}

/**
 * Resolves what the terms count back from the first date's start: days on the session's wall clock, so that they fall
 * on the same time of day whatever the clocks do in between, and hours as they pass.
 */
export function deadlines(terms: SessionTerms, firstStart: Date, timeZone: string): Deadlines {
  const start = DateTime.fromJSDate(firstStart, { zone: timeZone })
  const daysBefore = (days: number) => start.minus({ days }).toJSDate()
  return {
    closesAt: start.minus({ hours: terms.closesHoursBefore }).toJSDate(),
    decideBy: terms.minimum && daysBefore(terms.minimum.decidesDaysBefore),
    balanceDueAt: terms.deposit && daysBefore(terms.deposit.balanceDaysBefore),
    phases: terms.phases.map(({ name, priceMinor, endsDaysBefore, seats }) => ({
      name,
      priceMinor,
      until: endsDaysBefore === null ? null : daysBefore(endsDaysBefore),
      seats,
    })),
    reminders: [...new Set(terms.reminderDaysBefore)].sort((a, b) => b - a).map(daysBefore),
  }
}
