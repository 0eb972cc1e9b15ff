import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { DateTime } from 'luxon'
import { tzlib_get_ical_block, tzlib_get_offset } from 'timezones-ical-library'
import type { BookingFacts } from './booking-facts.ts'
import { asHeader } from './mails/header-text.ts'

export interface CalendarEntry {
  booking: Pick<BookingFacts, 'status' | 'session' | 'offer' | 'client' | 'coach'>
  /** `PUBLISH` for a file to download, which no calendar answers. */
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  /** Whom it is for: each gets the address of their own page. */
  audience: 'client' | 'coach'
  /** The booking's page, for this audience. */
  url: string
  organizer: { name: string; email: string }
  /** When this state of the entry was written. */
  now: Date
}

/**
 * A session as an iCalendar object (025, 044, 179–181): its UID never changes, SEQUENCE grows with each move or
 * cancellation, times are wall clock in the coach's zone, whose rules come along. Both people are attendees who
 * have accepted, and the platform's address is the organizer, so that it enters either's calendar without answering.
 */
export function bookingCalendar({ booking, method, audience, url, organizer, now }: CalendarEntry): string {
  const { session, offer, client, coach } = booking
  const isCancelled = method === 'CANCEL' || booking.status === 'CANCELLED'
  const start = DateTime.fromJSDate(session.startsAt, { zone: session.timeZone })
  const end = DateTime.fromJSDate(session.endsAt, { zone: session.timeZone })
  const calendar = ical({
    prodId: { company: 'Rapport', product: 'Booking', language: 'EN' },
    method: ICalCalendarMethod[method],
    timezone: { name: null, generator: zoneRules },
  })
  const event = calendar.createEvent({
    id: session.calendarUid,
    sequence: session.sequence,
    stamp: now,
    start,
    end,
    timezone: hasKnownRules(start) && hasKnownRules(end) ? session.timeZone : null,
    summary: asHeader(
      audience === 'client' ? `${offer.title} with ${coach.name}` : `${offer.title}: ${client.name}`,
    ),
    description: `${isCancelled ? 'This session was cancelled.' : 'See, move or cancel it:'} ${url}`,
    url,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isCancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    organizer: { name: asHeader(organizer.name), email: organizer.email },
    ...(offer.location ? { location: asHeader(offer.location) } : {}),
  })
  for (const { name, email } of [coach, client]) {
    event.createAttendee({
      name: asHeader(name),
      email,
      type: ICalAttendeeType.INDIVIDUAL,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    })
  }
  return calendar.toString()
}

/**
 * Whether the rules that would come along give this time the offset that it has. They know of the future only, and
 * may be of another year's edition than the machine's: an entry they would misplace is written in UTC.
 */
function hasKnownRules(at: DateTime): boolean {
  return tzlib_get_offset(at.zoneName!, at.toISODate()!, at.toFormat('HH:mm')) === at.toFormat('ZZZ')
}

function zoneRules(zone: string): string {
  return tzlib_get_ical_block(zone)[0]!
}
