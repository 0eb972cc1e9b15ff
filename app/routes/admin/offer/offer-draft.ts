import type { Outputs } from '../../../api.ts'
import { durationInWords } from '../../../formats.ts'
import type { Problem } from '../problems.ts'
import type { Kind } from '../terms/terms.ts'
import {
  currencyDigits,
  draftOfTerms,
  minorOf,
  type TermsDraft,
  termsInput,
  termsProblem,
} from '../terms/terms-draft.ts'

export type ManagedOffer = Outputs['offers']['manage']['list']['offers'][number]

/** An offer as it stands in the form. Numbers are null while their fields are empty. */
export interface OfferDraft {
  kind: string
  /** What its kind asks for, as the kind describes it. */
  settings: Record<string, unknown>
  /** What its sessions start out with; null for kinds that are booked by slot. */
  terms: TermsDraft | null
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

export function newOffer(coachIds: string[], kind: Kind, currency: string): OfferDraft {
  return {
    ...ofKind(kind, currency, 0),
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

/** What an offer of this kind starts out with. */
export function ofKind(
  kind: Kind,
  currency: string,
  price: number | null,
): Pick<OfferDraft, 'kind' | 'settings' | 'terms'> {
  return {
    kind: kind.id,
    settings: Object.fromEntries(kind.settings.map(field => [field.name, field.default])),
    terms: kind.sessions && draftOfTerms(kind.sessions.defaults, currency, price),
  }
}

export function draftOf(offer: ManagedOffer): OfferDraft {
  const { priceMinor, currency, ...same } = offer
  const price = priceMinor / 10 ** currencyDigits(currency)
  return {
    kind: same.kind,
    settings: same.kindSettings,
    terms: same.terms && draftOfTerms(same.terms, currency, price),
    title: same.title,
    slug: same.slug,
    description: same.description,
    location: same.location,
    durationMinutes: same.durationMinutes,
    stepMinutes: same.stepMinutes,
    bufferMinutes: same.bufferMinutes,
    noticeMinutes: same.noticeMinutes,
    horizonDays: same.horizonDays,
    price,
    listing: same.listing,
    active: same.active,
    coachIds: same.coachIds,
  }
}

/** What the API takes; throws nothing, since `draftProblem` comes first. */
export function offerInput(draft: OfferDraft, currency: string) {
  const { slug, price, durationMinutes, settings, terms, ...same } = draft
  return {
    ...same,
    kindSettings: settings,
    ...(terms && { terms: termsInput({ ...terms, price }, currency, price) }),
    ...(slug && { slug }),
    title: draft.title.trim(),
    durationMinutes: durationMinutes ?? 0,
    priceMinor: minorOf(price, currency),
  }
}

/** The first thing that is missing; whatever else may be wrong, the server says. */
export function draftProblem(draft: OfferDraft, kind: Kind): Problem | null {
  const { title, durationMinutes, price, coachIds, terms } = draft
  if (title.trim() === '') return { field: 'title', message: 'Give it a title.' }
  if (durationMinutes === null) return { field: 'durationMinutes', message: 'Say how long it takes.' }
  if (coachIds.length === 0) return { field: 'coachIds', message: 'Choose at least one coach.' }
  return terms && termsProblem({ ...terms, price: price ?? 0 }, kind.sessions?.sections ?? [])
}

/** Lengths of time to choose from, with the present one among them. */
export function lengthChoices(minutes: readonly number[], present: number, none: string) {
  return [...new Set([...minutes, present])]
    .toSorted((a, b) => a - b)
    .map(length => ({ id: String(length), label: length === 0 ? none : lengthInWords(length) }))
}

/** `2 hours`, `3 days` */
export function lengthInWords(minutes: number): string {
  const days = minutes / 1440
  if (!Number.isInteger(days)) return durationInWords(minutes)
  return `${days} ${days === 1 ? 'day' : 'days'}`
}
