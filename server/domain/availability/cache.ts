import type { CalendarFacts, KnownCalendars } from './load.ts'

const CAPACITY = 5_000

interface Remembered {
  version: number
  /** The facts hold no claims that started before this instant. */
  from: number
  facts: CalendarFacts
}

/**
 * The facts of calendars by coach and version, kept in this process. Every change of a calendar raises its version
 * in the same transaction, so facts of the version just read from the database are never stale.
 */
export interface CalendarCache {
  /** The facts at hand that reach back to `from`, each with its version. */
  recall(coachIds: readonly string[], from: number): KnownCalendars
  remember(coachId: string, version: number, from: number, facts: CalendarFacts): void
  coachesOf(offer: string): readonly string[]
  rememberOffer(offer: string, coachIds: readonly string[]): void
}

export function createCalendarCache(): CalendarCache {
  const calendars = new Map<string, Remembered>()
  const offers = new Map<string, readonly string[]>()
  return {
    recall(coachIds, from) {
      const known = new Map<string, Remembered>()
      for (const coachId of coachIds) {
        const entry = calendars.get(coachId)
        if (entry && entry.from <= from) known.set(coachId, entry)
      }
      return known
    },
    remember(coachId, version, from, facts) {
      calendars.delete(coachId)
      calendars.set(coachId, { version, from, facts })
      if (calendars.size > CAPACITY) calendars.delete(calendars.keys().next().value!)
    },
    coachesOf: offer => offers.get(offer) ?? [],
    rememberOffer(offer, coachIds) {
      offers.delete(offer)
      offers.set(offer, coachIds)
      if (offers.size > CAPACITY) offers.delete(offers.keys().next().value!)
    },
  }
}
