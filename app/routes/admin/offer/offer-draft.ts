import type { Outputs } from '../../../api.ts'
import { durationInWords } from '../../../formats.ts'

export type ManagedOffer = Outputs['offers']['manage']['list']['offers'][number]

/** An offer as it stands in the form. Numbers are null while their fields are empty. */
export interface OfferDraft {
  title: string
  slug: string
  description: string
  location: string
  durationMinutes: number | null
  stepMinutes: number
  bufferMinutes: number
  noticeMinutes: number
  horizonDays: number | null
  /** In whole units of the currency: 80.5 euros. */
  price: number | null
  listing: 'public' | 'unlisted'
  active: boolean
  coachIds: string[]
}

export function newOffer(coachIds: string[]): OfferDraft {
  return {
    title: '',
    slug: '',
    description: '',
    location: '',
    durationMinutes: 60,
    stepMinutes: 30,
    bufferMinutes: 0,
    noticeMinutes: 120,
    horizonDays: 60,
    price: 0,
    listing: 'public',
    active: true,
    coachIds,
  }
}

export function draftOf(offer: ManagedOffer): OfferDraft {
  const { priceMinor, currency, ...same } = offer
  return {
    title: same.title,
    slug: same.slug,
    description: same.description,
    location: same.location,
    durationMinutes: same.durationMinutes,
    stepMinutes: same.stepMinutes,
    bufferMinutes: same.bufferMinutes,
    noticeMinutes: same.noticeMinutes,
    horizonDays: same.horizonDays,
    price: priceMinor / 10 ** currencyDigits(currency),
    listing: same.listing,
    active: same.active,
    coachIds: same.coachIds,
  }
}

/** What the API takes; throws nothing, since `draftProblem` comes first. */
export function offerInput(draft: OfferDraft, currency: string) {
  const { slug, price, durationMinutes, ...same } = draft
  return {
    ...same,
    ...(slug && { slug }),
    title: draft.title.trim(),
    durationMinutes: durationMinutes ?? 0,
    priceMinor: Math.round((price ?? 0) * 10 ** currencyDigits(currency)),
  }
}

export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits!
}

export interface Problem {
  field: string
  message: string
}

/** The first thing that is missing; whatever else may be wrong, the server says. */
export function draftProblem({ title, durationMinutes, coachIds }: OfferDraft): Problem | null {
  if (title.trim() === '') return { field: 'title', message: 'Give it a title.' }
  if (durationMinutes === null) return { field: 'durationMinutes', message: 'Say how long it takes.' }
  if (coachIds.length === 0) return { field: 'coachIds', message: 'Choose at least one coach.' }
  return null
}

/** Lengths of time to choose from, with the present one among them. */
export function lengthChoices(minutes: readonly number[], present: number, none: string) {
  return [...new Set([...minutes, present])]
    .toSorted((a, b) => a - b)
    .map(length => ({ id: String(length), label: length === 0 ? none : lengthInWords(length) }))
}

function lengthInWords(minutes: number): string {
  const days = minutes / 1440
  if (!Number.isInteger(days)) return durationInWords(minutes)
  return `${days} ${days === 1 ? 'day' : 'days'}`
}
