import { DateTime } from 'luxon'
import type { Claim, CoachCalendar, SlotRequest } from '#server/domain/slots/types.ts'

/** The instant of a local time with its offset written out: `instant('2027-03-14T13:00-04:00')`. */
export function instant(iso: string): number {
  return Date.parse(iso)
}

/** Local times with their offsets, as a person reads them: `03-14 13:00 -04:00`. */
export function shown(starts: readonly number[], zone: string): string[] {
  return starts.map(start => DateTime.fromMillis(start, { zone }).toFormat('MM-dd HH:mm ZZ'))
}

/** A range of hours from `HH:mm` texts; hours past 24 are the next day's. */
export function range(text: string) {
  const [startMinute, endMinute] = text.split('–').map(time => {
    const [hour, minute] = time.split(':').map(Number)
    return hour! * 60 + minute!
  })
  return { startMinute: startMinute!, endMinute: endMinute! }
}

export function everyDay(...texts: string[]) {
  return [1, 2, 3, 4, 5, 6, 7].flatMap(weekday => texts.map(text => ({ weekday, ...range(text) })))
}

/** A coach in UTC who works every day from 09:00 to 12:00, unless said otherwise. */
export function coach(differences: Partial<CoachCalendar> = {}): CoachCalendar {
  return {
    coachId: 'coach',
    timeZone: 'UTC',
    hours: everyDay('09:00–12:00'),
    overrides: [],
    timeOff: [],
    claims: [],
    externalBusy: [],
    ...differences,
  }
}

/** The slots of 2027-06-01 in UTC, of 60 minutes every 30, unless said otherwise. */
export function ask(differences: Partial<SlotRequest> = {}): SlotRequest {
  const from = instant('2027-06-01T00:00Z')
  return {
    from,
    to: from + 24 * 3600_000,
    now: from,
    durationMinutes: 60,
    stepMinutes: 30,
    bufferMinutes: 0,
    bufferExternalBusy: false,
    earliest: null,
    latest: null,
    ...differences,
  }
}

/** A booked session from one ISO instant to another. */
export function claim(from: string, to: string, differences: Partial<Claim> = {}): Claim {
  return {
    startsAt: instant(from),
    endsAt: instant(to),
    bufferMinutes: 0,
    sessionId: 'session',
    holdId: null,
    expiresAt: null,
    bookingId: 'booking',
    status: 'booked',
    ...differences,
  }
}

export function interval(from: string, to: string) {
  return { startsAt: instant(from), endsAt: instant(to) }
}
