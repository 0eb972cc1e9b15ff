import { lapsesAt } from '../../sessions/deadlines.ts'
import type { HeldSession } from '../booking-facts.ts'
import type { Detail } from './content.ts'
import { formatInstant, formatTime } from './when.ts'

/** All dates of a session in the reader's zone, and those held at a place also by the clock there. */
export function dateRows(
  { dates, terms }: Pick<HeldSession, 'dates' | 'terms'>,
  zone: string,
  sessionZone: string,
): Detail[] {
  const rows = dates.map(({ startsAt, endsAt }, index) => ({
    label: dates.length === 1 ? 'When' : `Date ${index + 1}`,
    value: formatTime(startsAt, endsAt, zone),
  }))
  if (terms.format === 'online' || zone === sessionZone) return rows
  const [first] = dates
  return [
    ...rows,
    { label: 'By the clock there', value: formatTime(first!.startsAt, first!.endsAt, sessionZone) },
  ]
}

/** Where people meet in person (299). */
export function placeRows({ terms: { venue } }: Pick<HeldSession, 'terms'>): Detail[] {
  if (!venue) return []
  return [
    { label: 'Where', value: venue.address },
    ...(venue.mapUrl ? [{ label: 'Map', value: venue.mapUrl, link: 'Show on a map' }] : []),
    ...(venue.travelNote ? [{ label: 'Getting there', value: venue.travelNote }] : []),
  ]
}

/** Whether it is certain to take place, and until when that is decided (C12, 313, 315). */
export function certainty({ decideBy, terms, taken, dates }: HeldSession, zone: string): string {
  if (!decideBy || !terms.minimum) return 'It is certain to take place.'
  const { seats, showsProgress } = terms.minimum
  const needed = showsProgress
    ? ` At least ${seats} seats have to be taken, ${taken} are so far.`
    : ' It needs enough participants.'
  const by = lapsesAt(terms, decideBy, dates[0]!.startsAt) ?? decideBy
  return `It isn’t certain yet that it takes place.${needed} That is decided by ${formatInstant(by, zone)}: we write to you then.`
}

/** "6 of 10 seats are taken.", "1 of 10 seats is taken." */
export function occupancy({ taken, capacity }: Pick<HeldSession, 'taken' | 'capacity'>): string {
  return `${taken} of ${capacity} seats ${taken === 1 ? 'is' : 'are'} taken.`
}
