import type { CoachCalendar, Interval, SlotRequest } from '#server/domain/slots/types.ts'

const MINUTE = 60_000

/** Four weeks of a coach in Berlin as a client in New York sees them: both clock changes lie inside. */
export const clientZone = 'America/New_York'
export const window = { from: Date.parse('2027-03-08T05:00:00Z'), to: Date.parse('2027-04-05T04:00:00Z') }

export const request: SlotRequest = {
  ...window,
  now: window.from,
  durationMinutes: 60,
  stepMinutes: 15,
  bufferMinutes: 15,
  bufferExternalBusy: true,
  earliest: null,
  latest: null,
}

export function calendarWith(busy: readonly Interval[]): CoachCalendar {
  return {
    coachId: 'coach',
    timeZone: 'Europe/Berlin',
    hours: [1, 2, 3, 4, 5].map(weekday => ({ weekday, startMinute: 9 * 60, endMinute: 17 * 60 })),
    overrides: [],
    timeOff: [],
    claims: busy.map(({ startsAt, endsAt }, index) => ({
      startsAt,
      endsAt,
      bufferMinutes: 0,
      sessionId: `session ${index}`,
      holdId: null,
      expiresAt: null,
      bookingId: `booking ${index}`,
      status: 'booked',
    })),
    externalBusy: [],
  }
}

/** Unsorted, overlapping busy time on five-minute marks, the same for the same seed. */
export function drawBusy(count: number, seed: number, from = window.from, to = window.to): Interval[] {
  const random = mulberry32(seed)
  const steps = Math.floor((to - from) / (5 * MINUTE))
  return Array.from({ length: count }, () => {
    const startsAt = from + Math.floor(random() * steps) * 5 * MINUTE
    return { startsAt, endsAt: startsAt + [15, 30, 45, 60, 90][Math.floor(random() * 5)]! * MINUTE }
  })
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
