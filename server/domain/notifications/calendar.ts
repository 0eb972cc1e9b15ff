import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { DateTime } from 'luxon'
import { tzlib_get_ical_block } from 'timezones-ical-library'
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
  const calendar = ical({
    prodId: { company: 'Rapport', product: 'Booking', language: 'EN' },
    method: ICalCalendarMethod[method],
    timezone: { name: null, generator: zoneRules },
  })
  const event = calendar.createEvent({
    id: session.calendarUid,
    sequence: session.sequence,
    stamp: now,
    start: DateTime.fromJSDate(session.startsAt, { zone: session.timeZone }),
    end: DateTime.fromJSDate(session.endsAt, { zone: session.timeZone }),
    timezone: session.timeZone,
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

function zoneRules(zone: string): string {
  return tzlib_get_ical_block(zone)[0]!
}
