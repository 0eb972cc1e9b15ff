/**
 * The numbers a rule may set (Q1). Where several rules set the same one, the nearest scope wins, and between rules of
 * one scope the `strictest`, so that their order never matters.
 */
export const VALUES = {
  /** Instant booking needs a start more than this many hours ahead (009, C1). */
  firmBookingThresholdHours: {
    unit: 'hours',
    from: 0,
    to: 720,
    strictest: 'most',
    nullable: false,
    ofSeats: false,
  },
  /** The nearest a client may book, before the start. */
  minimumNoticeMinutes: {
    unit: 'minutes',
    from: 0,
    to: 43_200,
    strictest: 'most',
    nullable: false,
    ofSeats: false,
  },
  /** The farthest; null is any day ahead. */
  horizonDays: { unit: 'days', from: 1, to: 730, strictest: 'least', nullable: true, ofSeats: false },
  /** Kept free before and after (010, 074). */
  bufferMinutes: { unit: 'minutes', from: 0, to: 240, strictest: 'most', nullable: false, ofSeats: false },
  /** On the coach's local day and week, over all offers; null is no limit (011, 012). */
  maxSessionsPerDay: {
    unit: 'sessions',
    from: 1,
    to: 50,
    strictest: 'least',
    nullable: true,
    ofSeats: false,
  },
  maxSessionsPerWeek: {
    unit: 'sessions',
    from: 1,
    to: 200,
    strictest: 'least',
    nullable: true,
    ofSeats: false,
  },
  /** How long the coach has to answer a request. */
  approvalHours: { unit: 'hours', from: 1, to: 168, strictest: 'least', nullable: false, ofSeats: true },
  /** Of the price, what is due at once; null for all of it. */
  depositPercent: { unit: 'percent', from: 1, to: 100, strictest: 'most', nullable: true, ofSeats: true },
  discountPercent: { unit: 'percent', from: 0, to: 100, strictest: 'least', nullable: false, ofSeats: true },
  /** Points added to a client's place on a waitlist (078, C47). */
  waitlistPriority: { unit: 'points', from: 0, to: 100, strictest: 'least', nullable: false, ofSeats: true },
} as const satisfies Record<string, ValueKind>

export interface ValueKind {
  unit: 'minutes' | 'hours' | 'days' | 'sessions' | 'percent' | 'points'
  from: number
  to: number
  strictest: 'most' | 'least'
  /** Whether a rule may lift it. */
  nullable: boolean
  /** Whether it also counts for seats of a session with dates, whose own terms say the rest (C11). */
  ofSeats: boolean
}

export type ValueName = keyof typeof VALUES
export const VALUE_NAMES = Object.keys(VALUES) as ValueName[]
