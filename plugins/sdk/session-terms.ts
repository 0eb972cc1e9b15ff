import { z } from 'zod'

/*
 * What a session with dates of its own is sold and held by. An offer's terms are what its sessions start out with;
 * each session then has its own copy. All deadlines are counted back from the first date's start on the wall clock
 * of the session's zone, so a session that moves takes them along. Money is in minor units of the offer's currency.
 */

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(value => !value.includes('\0'), 'must not contain NUL characters')
const days = z.int().min(0).max(365)
const money = z.int().min(0).max(100_000_000)

/** A price that holds until a deadline or until its seats are sold, whichever comes first. */
export const pricePhase = z.strictObject({
  name: z.enum(['early_bird', 'regular', 'late']),
  /** Minor units, for one seat. */
  priceMinor: money,
  /** It ends so many days before the first date's start; null for the last phase, which lasts to the end of sales. */
  endsDaysBefore: days.nullable(),
  /** It ends when the session has sold so many seats; null for no such limit. */
  seats: z.int().min(1).max(1000).nullable(),
})
export type PricePhase = z.output<typeof pricePhase>

export const sessionTerms = z.strictObject({
  format: z.enum(['online', 'in_person', 'hybrid']).default('online'),
  /** Where it is held in person. */
  venue: z
    .strictObject({
      address: text(300),
      mapUrl: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullable(),
      travelNote: text(1000),
    })
    .nullable()
    .default(null),
  /** Seats; of a hybrid session those in the room. */
  capacity: z.int().min(1).max(1000).default(10),
  /** Of a hybrid session, the seats online; otherwise null. */
  onlineCapacity: z.int().min(1).max(1000).nullable().default(null),
  maxSeatsPerBooking: z.int().min(1).max(20).default(1),
  /** Booking closes so many hours before the first date's start. */
  closesHoursBefore: z.int().min(0).max(8760).default(0),
  /** Whether the coach approves each booking, against the rule that such seats are confirmed at once (C11). */
  approval: z.boolean().default(false),
  /** In order of time, without gaps: each begins where the one before ends. Empty: the offer's price all along. */
  phases: z.array(pricePhase).max(3).default([]),
  /** So many percent off for a booking of at least so many seats. */
  groupDiscount: z
    .strictObject({ seats: z.int().min(2).max(20), percent: z.int().min(1).max(100) })
    .nullable()
    .default(null),
  /** Percent off for a connected client. */
  connectedPercent: z.int().min(0).max(100).default(0),
  /** Due at once for each seat; the balance follows so many days before the start. */
  deposit: z.strictObject({ amountMinor: money, balanceDaysBefore: days }).nullable().default(null),
  /** Seats that must be taken for it to be held, and what happens at the deadline where they aren't (314). */
  minimum: z
    .strictObject({
      seats: z.int().min(1).max(1000),
      decidesDaysBefore: z.int().min(1).max(365),
      otherwise: z.enum(['cancel', 'extend', 'ask']),
      /** For `extend`: days until it is decided again, then for good. */
      extendsDays: z.int().min(1).max(60).default(7),
      /** Whether clients see "6 of 8 needed" (308). */
      showsProgress: z.boolean().default(true),
    })
    .nullable()
    .default(null),
  /** Days before the start on which participants are reminded, besides the usual reminders (319). */
  reminderDaysBefore: z.array(z.int().min(2).max(365)).max(10).default([]),
  chat: z.boolean().default(false),
  participantList: z.boolean().default(false),
  sharedResources: z.boolean().default(false),
  /** A certificate for those who were checked in: its title, and the minutes it vouches for (null: the dates' length). */
  certificate: z
    .strictObject({ title: text(200), minutes: z.int().min(1).max(100_000).nullable() })
    .nullable()
    .default(null),
  /** Days after the end during which a recording can be had; null for ever. */
  recordingDays: z.int().min(1).max(3650).nullable().default(null),
})
export type SessionTerms = z.output<typeof sessionTerms>

/** Parts of the terms that a kind may have; forms show those only, the others stay as the kind's defaults say. */
export const TERMS_SECTIONS = [
  'format',
  'phases',
  'groupDiscount',
  'connectedDiscount',
  'deposit',
  'minimum',
  'approval',
  'reminders',
  'interaction',
  'certificate',
  'recording',
] as const
export type TermsSection = (typeof TERMS_SECTIONS)[number]

/** The quota a seat belongs to: `any` where a session has but one. */
export type SeatMode = 'any' | 'online' | 'in_person'
