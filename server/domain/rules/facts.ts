/** What the slot engine finds wrong with a start time, whoever asks for it. */
export const CONFLICT_CODES = ['SLOT_TAKEN', 'BUFFER', 'OUTSIDE_HOURS', 'OFF_STEP'] as const

/**
 * Everything one attempt to book is judged by. The caller gathers it, for the slot list and for the booking
 * alike; the rules read nothing else.
 */
export interface DecisionFacts {
  /** `staff` books for a client: each rule says in `forStaff` what then becomes of it. */
  by: 'client' | 'staff'
  kind: string
  offerId: string
  /** Whose time it is, or who leads the session. */
  coachId: string
  /** The offer's price for one seat, minor units. */
  priceMinor: number
  viewer: {
    signedIn: boolean
    /** The address was proven by a mail link. */
    proven: boolean
    connected: boolean
    /** Barred by address, signed in or not. */
    blocked: boolean
    /** Holds a personal signed link (015). */
    invited: boolean
  }
  client: ClientRecord
  calendarVisibility: 'public' | 'connected' | 'private'
  offerListed: boolean
  allowFirmBooking: boolean
  firmBookingThresholdHours: number
  requireApprovalNonConnected: boolean
  /** Whether the kind follows the coach's 1on1 approval settings (C11). */
  appliesApproval: boolean
  /** Start minus now: may be fractional or negative. */
  leadMinutes: number
  /** The start on the wall clock of the coach's or session's zone: 1 is Monday, minutes from midnight. */
  localWeekday: number
  localMinute: number
  /** Hours between the offsets of the client's zone and that one at the start; 0 where the client's isn't known. */
  zoneDistanceHours: number
  minimumNoticeMinutes: number
  horizonDays: number | null
  /** Live sessions on the coach's local day and week, without this one. */
  sessionsThatDay: number
  maxSessionsPerDay: number | null
  sessionsThatWeek: number
  maxSessionsPerWeek: number | null
  /** What a full day or week leads to (C3). */
  limitOutcome: 'refuse' | 'request'
  conflict: null | { code: (typeof CONFLICT_CODES)[number] }
  /** The base of what rules may set: the larger of the coach's and the offer's, and the coach's. */
  bufferMinutes: number
  approvalHours: number
  /** To the nearest session or hold before and after, where that is within a day; null otherwise. A hold of one's own doesn't count. */
  gapBeforeMinutes: number | null
  gapAfterMinutes: number | null
  /** Sessions that would follow each other with less than an hour between them, this one included (074). */
  sessionsInARow: number
  /** Whether the session before or after, less than three hours away, is held at another place (074). */
  placeChanges: boolean
  /** Where seats of a session with dates of its own are booked; absent for a slot. */
  session?: SessionFacts
}

/**
 * What is known of a client from earlier bookings. Whoever did not prove the address is judged both as nobody and by
 * the address's record, and the stricter answer counts: favours need a proof, what bars does not.
 */
export interface ClientRecord {
  /** Null for a stranger. */
  id: string | null
  tags: readonly string[]
  /** Bookings that took place or are still to, ever. */
  bookings: number
  /** Of their confirmed bookings of the last twelve months: those they cancelled themselves, those they stayed away from. */
  cancellationPercent: number
  noShowPercent: number
  /** Live or past bookings made in the last 30 days. */
  bookingsLast30Days: number
  /** Fees they owe, minor units. */
  outstandingMinor: number
}

export const STRANGER: ClientRecord = {
  id: null,
  tags: [],
  bookings: 0,
  cancellationPercent: 0,
  noShowPercent: 0,
  bookingsLast30Days: 0,
  outstandingMinor: 0,
}

/** What an attempt to book seats is judged by, instead of the coach's calendar and settings (C11, C35). */
export interface SessionFacts {
  id: string
  listing: 'public' | 'unlisted' | 'connected' | 'private'
  cancelled: boolean
  /** Its last date has ended. */
  over: boolean
  /** Until registration closes: may be fractional or negative. */
  minutesToClose: number
  seatsAsked: number
  /** Neither taken nor held by others. */
  seatsLeft: number
  maxSeatsPerBooking: number
  /** Whether its coach approves each booking. */
  approval: boolean
}
