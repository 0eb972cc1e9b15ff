import type { Problem } from '../problems.ts'
import type { Section, Terms } from './terms.ts'

/** Terms as they stand in the form: prices in whole units of the currency, null where a field is empty. */
export interface TermsDraft {
  format: Terms['format']
  venue: { address: string; mapUrl: string; travelNote: string }
  capacity: number | null
  onlineCapacity: number | null
  maxSeatsPerBooking: number | null
  closesHoursBefore: number
  /** For one seat, when neither the early nor the late price holds. */
  price: number | null
  early: EarlyPrice | null
  late: LatePrice | null
  groupDiscount: { seats: number | null; percent: number | null } | null
  connectedPercent: number | null
  deposit: { amount: number | null; balanceDaysBefore: number | null } | null
  minimum: MinimumDraft | null
  reminderDaysBefore: number[]
  approval: boolean
  chat: boolean
  participantList: boolean
  sharedResources: boolean
  certificate: { title: string; minutes: number | null } | null
  recordingDays: number | null
}

/** Ends at a deadline, when so many seats are sold, or at whichever comes first. */
export interface EarlyPrice {
  price: number | null
  endsDaysBefore: number | null
  seats: number | null
}

export interface LatePrice {
  price: number | null
  startsDaysBefore: number | null
  /** It also starts when so many seats are sold; typed nowhere, kept where it is set. */
  seats: number | null
}

export interface MinimumDraft {
  seats: number | null
  decidesDaysBefore: number | null
  otherwise: 'cancel' | 'extend' | 'ask'
  extendsDays: number | null
  showsProgress: boolean
}

/** `offerPrice` in whole units is what holds where the terms name no price of their own. */
export function draftOfTerms(terms: Terms, currency: string, offerPrice: number | null): TermsDraft {
  const units = (minor: number) => minor / 10 ** currencyDigits(currency)
  const { phases, deposit, venue, ...same } = terms
  const phase = (name: string) => phases.find(one => one.name === name)
  const [early, regular, late] = [phase('early_bird'), phase('regular'), phase('late')]
  return {
    ...same,
    venue: {
      address: venue?.address ?? '',
      mapUrl: venue?.mapUrl ?? '',
      travelNote: venue?.travelNote ?? '',
    },
    price: regular ? units(regular.priceMinor) : offerPrice,
    early: early
      ? { price: units(early.priceMinor), endsDaysBefore: early.endsDaysBefore, seats: early.seats }
      : null,
    late: late
      ? {
          price: units(late.priceMinor),
          startsDaysBefore: regular?.endsDaysBefore ?? null,
          seats: regular?.seats ?? null,
        }
      : null,
    deposit: deposit && {
      amount: units(deposit.amountMinor),
      balanceDaysBefore: deposit.balanceDaysBefore,
    },
  }
}

/** What the API takes. Empty numbers become 0, which it refuses at their field; `termsProblem` comes first. */
export function termsInput(draft: TermsDraft, currency: string, offerPrice: number | null): Terms {
  const minor = (price: number | null) => minorOf(price, currency)
  const { price, early, late, deposit, venue, minimum, groupDiscount, certificate, ...same } = draft
  return {
    ...same,
    venue:
      draft.format === 'online'
        ? null
        : {
            address: venue.address.trim(),
            mapUrl: venue.mapUrl.trim() || null,
            travelNote: venue.travelNote.trim(),
          },
    capacity: draft.capacity ?? 0,
    onlineCapacity: draft.format === 'hybrid' ? (draft.onlineCapacity ?? 0) : null,
    maxSeatsPerBooking: draft.maxSeatsPerBooking ?? 0,
    connectedPercent: draft.connectedPercent ?? 0,
    phases: phasesOf({ price, early, late }, currency, offerPrice),
    groupDiscount: groupDiscount && {
      seats: groupDiscount.seats ?? 0,
      percent: groupDiscount.percent ?? 0,
    },
    deposit: deposit && {
      amountMinor: minor(deposit.amount),
      balanceDaysBefore: deposit.balanceDaysBefore ?? 0,
    },
    minimum: minimum && {
      ...minimum,
      seats: minimum.seats ?? 0,
      decidesDaysBefore: minimum.decidesDaysBefore ?? 0,
      extendsDays: minimum.extendsDays ?? 7,
    },
    certificate: certificate && { ...certificate, title: certificate.title.trim() },
  }
}

/** No phases where the offer's price holds all along; otherwise each begins where the one before ends. */
function phasesOf(
  { price, early, late }: Pick<TermsDraft, 'price' | 'early' | 'late'>,
  currency: string,
  offerPrice: number | null,
): Terms['phases'] {
  const minor = (amount: number | null) => minorOf(amount, currency)
  if (!early && !late && price === offerPrice) return []
  return [
    ...(early
      ? [
          {
            name: 'early_bird' as const,
            priceMinor: minor(early.price),
            endsDaysBefore: early.endsDaysBefore,
            seats: early.seats,
          },
        ]
      : []),
    {
      name: 'regular',
      priceMinor: minor(price),
      endsDaysBefore: late?.startsDaysBefore ?? null,
      seats: late?.seats ?? null,
    },
    ...(late
      ? [{ name: 'late' as const, priceMinor: minor(late.price), endsDaysBefore: null, seats: null }]
      : []),
  ]
}

/** The first thing that is missing from what the form shows, or makes no sense in it; whatever else may be wrong, the server says. */
export function termsProblem(draft: TermsDraft, sections: readonly Section[]): Problem | null {
  const has = (section: Section) => sections.includes(section)
  const { capacity, onlineCapacity, early, late, deposit, minimum, groupDiscount, certificate } = draft
  const missing: [boolean, string, string][] = [
    [capacity === null, 'capacity', 'Say how many seats there are.'],
    [
      draft.format === 'hybrid' && onlineCapacity === null,
      'onlineCapacity',
      'Say how many seats there are online.',
    ],
    [draft.maxSeatsPerBooking === null, 'maxSeatsPerBooking', 'Say how many seats one client may book.'],
    [
      draft.format !== 'online' && draft.venue.address.trim() === '',
      'venue.address',
      'Say where people meet.',
    ],
    [has('phases') && draft.price === null, 'price', 'Say what a seat costs.'],
    [has('phases') && early?.price === null, 'early', 'Say what the early bird costs.'],
    [
      has('phases') && early !== null && early.endsDaysBefore === null && early.seats === null,
      'early',
      'Say when the early bird ends: a number of days before the start, a number of seats, or both.',
    ],
    [
      has('phases') && late !== null && (late.price === null || late.startsDaysBefore === null),
      'late',
      'Say what the late price is and from when it holds.',
    ],
    [
      has('phases') && early !== null && early.price! >= draft.price!,
      'early',
      'The early bird isn’t lower than the price. Lower it.',
    ],
    [
      has('phases') && late !== null && late.price! <= draft.price!,
      'late',
      'The late price isn’t higher than the price. Raise it.',
    ],
    [
      has('groupDiscount') &&
        groupDiscount !== null &&
        (groupDiscount.seats === null || groupDiscount.percent === null),
      'groupDiscount',
      'Say from how many seats, and how many percent.',
    ],
    [
      has('deposit') && deposit !== null && (deposit.amount === null || deposit.balanceDaysBefore === null),
      'deposit',
      'Say how much is due at once, and when the rest is.',
    ],
    [
      has('minimum') && minimum !== null && (minimum.seats === null || minimum.decidesDaysBefore === null),
      'minimum',
      'Say how many seats it needs, and when that is decided.',
    ],
    [
      has('certificate') && certificate !== null && certificate.title.trim() === '',
      'certificate',
      'Say what the certificate is for.',
    ],
  ]
  const first = missing.find(([isMissing]) => isMissing)
  return first ? { field: `terms.${first[1]}`, message: first[2] } : null
}

export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits!
}

export function minorOf(price: number | null, currency: string): number {
  return Math.round((price ?? 0) * 10 ** currencyDigits(currency))
}
