import { type CalendarDate, today } from '@internationalized/date'
import type { ManagedOffer } from '../offer/offer-draft.ts'
import type { Problem } from '../problems.ts'
import type { Terms } from '../terms/terms.ts'
import { currencyDigits, draftOfTerms, type TermsDraft, termsInput } from '../terms/terms-draft.ts'
import {
  type DateDraft,
  newDate,
  patternOf,
  type RepeatDraft,
  type Stretch,
  stretchOf,
  weekdayOf,
} from './dates-draft.ts'

export type Listing = 'public' | 'unlisted' | 'connected' | 'private'
export type OfferWithTerms = ManagedOffer & { terms: Terms }

/** A session, or a schedule of them, as it stands in the form. */
export interface SessionDraft {
  when: 'one' | 'several' | 'repeating'
  dates: DateDraft[]
  repeat: RepeatDraft
  coachIds: string[]
  listing: Listing
  terms: TermsDraft
}

export function newSession(offer: OfferWithTerms, zone: string, on: CalendarDate | null): SessionDraft {
  const first = on ?? today(zone).add({ weeks: 2 })
  return {
    when: 'one',
    dates: [newDate(first, offer.durationMinutes)],
    repeat: {
      ...{ unit: 'week', every: 1, weekdays: [weekdayOf(first)] },
      ...{ monthlyBy: 'weekday', ends: 'never', until: null, times: 10 },
    },
    coachIds: offer.coachIds.slice(0, 1),
    listing: offer.listing,
    terms: draftOfTerms(offer.terms, offer.currency, priceOf(offer)),
  }
}

/** In whole units of the currency. */
export function priceOf({ priceMinor, currency }: Pick<ManagedOffer, 'priceMinor' | 'currency'>): number {
  return priceMinor / 10 ** currencyDigits(currency)
}

/** What comes after the first date of several: the day after the last one, at the same time. */
export function nextDate(dates: readonly DateDraft[]): DateDraft {
  const { date, minutes, time } = dates.at(-1)!
  return newDate(date?.add({ days: 1 }) ?? null, minutes, time)
}

/** The dates as instants, in order of time; null while something of one is missing. */
export function stretchesOf({ dates }: SessionDraft, zone: string): Stretch[] | null {
  const stretches = dates.map(date => stretchOf(date, zone))
  if (stretches.includes(null)) return null
  return (stretches as Stretch[]).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
}

/** A schedule as the API takes it; null while something is missing. */
export function scheduleOf({ dates, repeat }: SessionDraft, timeZone: string) {
  const { date, time, minutes } = dates[0]!
  const hasEnd = repeat.ends === 'never' || (repeat.ends === 'on' ? repeat.until : repeat.times) !== null
  if (!date || time === '' || minutes === null || !hasEnd) return null
  return {
    pattern: patternOf(repeat, date),
    firstLocal: `${date.toString()}T${time}`,
    timeZone,
    durationMinutes: minutes,
  }
}

/** What both ways of making sessions share. The terms are left out where they are the offer's. */
export function commonInput(draft: SessionDraft, saved: SessionDraft, offer: OfferWithTerms) {
  const isOwn = JSON.stringify(draft.terms) !== JSON.stringify(saved.terms)
  return {
    offerId: offer.id,
    coachIds: draft.coachIds,
    listing: draft.listing,
    ...(isOwn && { terms: termsInput(draft.terms, offer.currency, priceOf(offer)) }),
  }
}

export function dateProblem(draft: SessionDraft, zone: string): Problem | null {
  if (draft.coachIds.length === 0) return { field: 'coachIds', message: 'Choose who leads it.' }
  if (draft.when === 'repeating') {
    return scheduleOf(draft, zone)
      ? null
      : { field: 'dates', message: 'Say when it is first held, how long, and until when it repeats.' }
  }
  return stretchesOf(draft, zone)
    ? null
    : { field: 'dates', message: 'Every date needs a day, a start and a length.' }
}
