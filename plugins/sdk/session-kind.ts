import type { z } from 'zod'

/** How much of a coach's time and of a session's seats one booking takes. */
export interface Occupation {
  /** Minutes from start to end. */
  durationMinutes: number
  /** Seats of a session made for this booking. */
  capacity: number
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
  /** Settings of an offer of this kind, stored as its `kind_settings`. */
  settings: z.ZodObject
  /** Whether clients pick a slot from the coach's hours, or a session with dates of its own. */
  bookedBy: 'slot' | 'session'
  /** Whether the coach's settings for instant booking and approval apply (C11). */
  appliesApproval: boolean
  /** What a booking of an offer takes. `durationMinutes` is the offer's own length. */
  occupies(offer: { durationMinutes: number; settings: Record<string, unknown> }): Occupation
}
