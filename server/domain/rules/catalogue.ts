import type { DecisionFacts } from './facts.ts'

export type FactValue = number | string | boolean | null | readonly string[]

export interface Fact {
  type: 'number' | 'text' | 'truth' | 'list'
  nullable: boolean
  /** The only values a text can have; absent where any text may come. */
  values?: readonly string[]
  /** Whether a client may see the value in the trace of their own booking. */
  forClient: boolean
  read: (facts: DecisionFacts) => FactValue
}

/** A fact that can be seen of an attempt, hence named by a business's own rules. */
export interface ObservedFact extends Fact {
  /** What the editor calls it. */
  label: string
  /** Among what the editor lists it; of `booking` and `client` it is the same at whatever time somebody asks for. */
  about: 'time' | 'booking' | 'client' | 'calendar'
  input: 'truth' | 'weekday' | 'choice' | 'tag' | 'timeOfDay' | 'number' | 'money' | 'percent'
  unit?: string
  /** What a text may be chosen from, where that depends on the business. */
  from?: 'offers' | 'coaches' | 'kinds'
  /** The least and the most a number can be, and whether it is always whole. */
  within?: { from: number; to: number; whole: boolean }
  /** In front of a comparison, such as `the price` + `is more than €80`; a truth is said in full, true and false. */
  says: string | { yes: string; no: string }
}

const number = { type: 'number', nullable: false, input: 'number' } as const
const percent = {
  ...number,
  input: 'percent',
  unit: '%',
  within: { from: 0, to: 100, whole: false },
} as const
const truth = { type: 'truth', nullable: false, input: 'truth' } as const
const text = { type: 'text', nullable: false, input: 'choice' } as const
/** What clients may see of their own attempt, and what is the coach's alone. */
const open = { forClient: true } as const
const ofCoach = { forClient: false } as const
const count = { from: 0, to: Number.POSITIVE_INFINITY, whole: true }
const amount = { ...count, whole: false }
const ahead = { ...amount, from: Number.NEGATIVE_INFINITY }

/** What a business's rules may ask of an attempt. To add a fact, add it here. */
export const OBSERVED = {
  leadHours: {
    ...{ ...number, ...open, about: 'time', label: 'Hours until the start', unit: 'hours', within: ahead },
    says: 'the time until the start',
    read: f => f.leadMinutes / 60,
  },
  leadDays: {
    ...{ ...number, ...open, about: 'time', label: 'Days until the start', unit: 'days', within: ahead },
    says: 'the time until the start',
    read: f => f.leadMinutes / 1440,
  },
  leadMinutes: {
    ...{
      ...number,
      ...open,
      about: 'time',
      label: 'Minutes until the start',
      unit: 'minutes',
      within: ahead,
    },
    says: 'the time until the start',
    read: f => f.leadMinutes,
  },
  weekday: {
    ...{ ...number, ...open, about: 'time', label: 'Day of the week', input: 'weekday' },
    within: { from: 1, to: 7, whole: true },
    says: 'the day',
    read: f => f.localWeekday,
  },
  timeOfDay: {
    ...{ ...number, ...open, about: 'time', label: 'Time of day', input: 'timeOfDay' },
    within: { from: 0, to: 1439, whole: true },
    says: 'the start',
    read: f => f.localMinute,
  },
  zoneDistanceHours: {
    ...{ ...number, ...open, about: 'time', label: 'Time difference to the client', unit: 'hours' },
    within: { from: 0, to: 26, whole: false },
    says: 'the time difference to the client',
    read: f => f.zoneDistanceHours,
  },
  offer: {
    ...{ ...text, ...open, about: 'booking', label: 'Offer', from: 'offers', says: 'the offer' },
    read: f => f.offerId,
  },
  kind: {
    ...{ ...text, ...open, about: 'booking', label: 'Kind of offer', from: 'kinds', says: 'the kind' },
    read: f => f.kind,
  },
  coach: {
    ...{ ...text, ...open, about: 'booking', label: 'Coach', from: 'coaches', says: 'the coach' },
    read: f => f.coachId,
  },
  priceMinor: {
    ...{ ...number, ...open, about: 'booking', label: 'Price', input: 'money', within: count },
    says: 'the price',
    read: f => f.priceMinor,
  },
  seatsAsked: {
    ...{ ...number, ...open, about: 'booking', label: 'Seats asked for', unit: 'seats', within: count },
    says: 'the number of seats',
    read: f => f.session?.seatsAsked ?? 1,
  },
  by: {
    ...{ ...text, ...open, about: 'booking', label: 'Booked by', says: 'whoever books' },
    values: ['client', 'staff'],
    read: f => f.by,
  },
  invited: {
    ...{ ...truth, ...open, about: 'client', label: 'Has a personal link' },
    says: { yes: 'the client has a personal link', no: 'the client has no personal link' },
    read: f => f.viewer.invited,
  },
  signedIn: {
    ...{ ...truth, ...open, about: 'client', label: 'Signed in' },
    says: { yes: 'the client is signed in', no: 'the client is not signed in' },
    read: f => f.viewer.signedIn,
  },
  /** What favours a client counts only for one who is signed in and proved the address. */
  connected: {
    ...{ ...truth, ...open, about: 'client', label: 'Connected with the coach' },
    says: { yes: 'the client is connected', no: 'the client is not connected' },
    read: f => f.viewer.signedIn && f.viewer.proven && f.viewer.connected,
  },
  clientNew: {
    ...{ ...truth, ...ofCoach, about: 'client', label: 'New client' },
    says: { yes: 'the client is new', no: 'the client has booked before' },
    read: f => f.client.bookings === 0,
  },
  clientReturning: {
    ...{ ...truth, ...ofCoach, about: 'client', label: 'Returning client' },
    says: { yes: 'the client has booked before', no: 'the client is new' },
    read: f => f.client.bookings > 0,
  },
  clientBookings: {
    ...{ ...number, ...ofCoach, about: 'client', label: 'Bookings so far', unit: 'bookings', within: count },
    says: 'the number of their bookings so far',
    read: f => f.client.bookings,
  },
  bookingsLast30Days: {
    ...{ ...number, ...ofCoach, about: 'client', label: 'Bookings made in 30 days', unit: 'bookings' },
    within: count,
    says: 'the number of bookings they made in 30 days',
    read: f => f.client.bookingsLast30Days,
  },
  vip: {
    ...{ ...truth, ...ofCoach, about: 'client', label: 'VIP' },
    says: { yes: 'the client is tagged “VIP”', no: 'the client is not tagged “VIP”' },
    read: f => f.client.tags.some(tag => tag.toLowerCase() === 'vip'),
  },
  tags: {
    ...{ type: 'list', nullable: false, ...ofCoach, about: 'client', label: 'Tags', input: 'tag' },
    says: 'the client',
    read: f => f.client.tags.map(tag => tag.toLowerCase()),
  },
  cancellationPercent: {
    ...{ ...percent, ...ofCoach, about: 'client', label: 'Share of bookings they cancelled' },
    says: 'the share of bookings they cancelled',
    read: f => f.client.cancellationPercent,
  },
  noShowPercent: {
    ...{ ...percent, ...ofCoach, about: 'client', label: 'Share of sessions they missed' },
    says: 'the share of sessions they missed',
    read: f => f.client.noShowPercent,
  },
  outstandingMinor: {
    ...{ ...number, ...ofCoach, about: 'client', label: 'Fees they owe', input: 'money', within: count },
    says: 'what they owe',
    read: f => f.client.outstandingMinor,
  },
  sessionsThatDay: {
    ...{
      ...number,
      ...ofCoach,
      about: 'calendar',
      label: 'Sessions that day',
      unit: 'sessions',
      within: count,
    },
    says: 'the number of other sessions that day',
    read: f => f.sessionsThatDay,
  },
  sessionsThatWeek: {
    ...{
      ...number,
      ...ofCoach,
      about: 'calendar',
      label: 'Sessions that week',
      unit: 'sessions',
      within: count,
    },
    says: 'the number of other sessions that week',
    read: f => f.sessionsThatWeek,
  },
  gapBeforeMinutes: {
    ...{ ...number, ...ofCoach, about: 'calendar', label: 'Gap to the session before', unit: 'minutes' },
    ...{ nullable: true, within: amount },
    says: 'the gap to the session before',
    read: f => f.gapBeforeMinutes,
  },
  gapAfterMinutes: {
    ...{ ...number, ...ofCoach, about: 'calendar', label: 'Gap to the session after', unit: 'minutes' },
    ...{ nullable: true, within: amount },
    says: 'the gap to the session after',
    read: f => f.gapAfterMinutes,
  },
  sessionsInARow: {
    ...{ ...number, ...ofCoach, about: 'calendar', label: 'Sessions in a row', unit: 'sessions' },
    within: { ...count, from: 1 },
    says: 'the number of sessions in a row, this one included,',
    read: f => f.sessionsInARow,
  },
  placeChanges: {
    ...{ ...truth, ...ofCoach, about: 'calendar', label: 'At another place than the session beside' },
    says: {
      yes: 'the session before or after is at another place',
      no: 'the sessions before and after are at the same place',
    },
    read: f => f.placeChanges,
  },
} as const satisfies Record<string, ObservedFact>

export type ObservedName = keyof typeof OBSERVED
export const OBSERVED_NAMES = Object.keys(OBSERVED) as ObservedName[]

export function isObserved(name: string): name is ObservedName {
  return Object.hasOwn(OBSERVED, name)
}

export function observedFact(name: ObservedName): ObservedFact {
  return OBSERVED[name]
}
