import type { z } from 'zod'
import type { CancellationTerms } from './cancellation-terms.ts'
import type { SeatMode, SessionTerms, TermsSection } from './session-terms.ts'

/** How much of a coach's time and of a session's seats one booking takes. */
export interface Occupation {
  /** Minutes from start to end. */
  durationMinutes: number
  /** Seats of a session made for this booking. */
  capacity: number
}

/** One line of a price, for a person to read: "2 × Early bird", "Group of 3 or more, 10 % off". Minor units. */
export interface PriceLine {
  label: string
  amountMinor: number
}

/** A phase of a session's terms with its deadline as an instant; `until` is null for the last one. */
export interface TimedPhase {
  name: 'early_bird' | 'regular' | 'late'
  priceMinor: number
  until: Date | null
  seats: number | null
}

/** Everything a price depends on. */
export interface PriceAsk {
  /** The offer's price for one seat, minor units: what holds where the terms have no phases. */
  priceMinor: number
  terms: SessionTerms
  /** In order of time. */
  phases: readonly TimedPhase[]
  /** Seats asked for. */
  seats: number
  /** Seats of the session, in all quotas, that are taken or held by others. */
  sold: number
  /** Counts only for a client who is signed in (C28). */
  connected: boolean
  /** What the business's rules take off for this client; not added to other favours, the better one counts (C28). */
  discountPercent: number
  /** Of the amount, what those rules ask for at once in place of the terms' deposit; null where they say nothing. */
  depositPercent: number | null
  now: Date
}

/** A price that explains itself: its lines add up to it, and it is never below 0. */
export interface Price {
  lines: PriceLine[]
  amountMinor: number
  /** Of the amount, what is due at once; null for all of it. At most `amountMinor`. */
  depositMinor: number | null
  /** The phase that holds for the first of the seats asked for; null without phases. */
  phase: { name: TimedPhase['name']; until: Date | null; seatsLeft: number | null } | null
}

/** What is wrong with terms a coach typed: the field by its path, and what to do about it. */
export interface TermsProblem {
  field: string
  sentence: string
}

/** How a kind whose sessions have dates and seats of their own behaves. Pure and synchronous like the kind itself. */
export interface SessionRules {
  /** Whether one session may be held on several dates. */
  dates: 'one' | 'several'
  /** Whether sessions may be made by a repeating schedule. */
  repeats: boolean
  sections: readonly TermsSection[]
  /** What the terms of a new offer start out with. */
  defaults: Partial<SessionTerms>
  /** Empty where terms can be kept. `priceMinor` is the offer's, minor units. */
  check(terms: SessionTerms, offer: { priceMinor: number }): TermsProblem[]
  /** The quotas of seats: one, or one for each way to take part. */
  seats(terms: SessionTerms): { mode: SeatMode; capacity: number }[]
  price(ask: PriceAsk): Price
}

/**
 * How offers of one kind behave: a strategy, pure and synchronous, so it may run inside a transaction.
 * It reads no clock and does no I/O.
 */
export interface SessionKind {
  /** Stored with each offer and session, for example `1on1`. */
  id: string
  /** What clients call it: "One-on-one session". */
  label: string
  /** One sentence for the coach who chooses among the kinds. */
  description: string
  /** Settings of an offer of this kind, stored as its `kind_settings`; flat, so that a form can be drawn from them. */
  settings: z.ZodObject
  /** Whether clients pick a slot from the coach's hours, or a session with dates of its own. */
  bookedBy: 'slot' | 'session'
  /** Whether the coach's settings for instant booking and approval apply (C11). */
  appliesApproval: boolean
  /** What a booking of an offer takes. `durationMinutes` is the offer's own length. */
  occupies(offer: { durationMinutes: number; settings: Record<string, unknown> }): Occupation
  /** Whether people meet online, at a place or both ways: decides who needs a video room. */
  format(offer: { settings: Record<string, unknown>; terms: SessionTerms | null }): SessionTerms['format']
  /** How cancelling is charged where the business says nothing else; without it, free until a day before (Q3). */
  cancellation?(offer: { settings: Record<string, unknown>; terms: SessionTerms | null }): CancellationTerms
  /** There where, and only where, `bookedBy` is `session`. */
  sessions?: SessionRules
}
