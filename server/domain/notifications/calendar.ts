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
import type { SessionMessageFacts } from './session-facts.ts'

interface Common {
  /** `PUBLISH` for a file to download, which no calendar answers. */
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  /** The page of it, for the one who gets it. */
  url: string
  /** Our own address of its video room; null where it has none. */
  joinUrl: string | null
  /** Dates it had before it had fewer: those beyond are cancelled. */
  formerDates?: number | undefined
  organizer: { name: string; email: string }
  /** When this state of the entry was written. */
  now: Date
}

export interface CalendarEntry extends Common {
  booking: Pick<
    BookingFacts,
    'id' | 'status' | 'mode' | 'createdAt' | 'session' | 'held' | 'offer' | 'client' | 'coach'
  >
  /** Whom it is for: each gets the address of their own page. */
  audience: 'client' | 'coach'
}

/**
 * A booking as an iCalendar object (025, 044, 179–181): its UID never changes, SEQUENCE grows with each move or
 * cancellation, times are wall clock in the coach's zone, whose rules come along. Both people are attendees who
 * have accepted, and the platform's address is the organizer, so that it enters either's calendar without answering.
 * Of a session with dates of its own it has all the dates, under a UID that the booking keeps when it moves to another
 * session; since such a session has its own count of changes, SEQUENCE is then the booking's age in seconds.
 */
export function bookingCalendar({ booking, audience, ...common }: CalendarEntry): string {
  const { session, held, offer, client, coach } = booking
  const title = audience === 'client' ? `${offer.title} with ${coach.name}` : `${offer.title}: ${client.name}`
  const venue = booking.mode === 'online' ? null : held?.terms.venue
  return writeCalendar({
    ...common,
    ...(held
      ? { uid: `${booking.id}@rapport`, sequence: ageInSeconds(booking.createdAt, common.now) }
      : { uid: session.calendarUid, sequence: session.sequence }),
    dates: held?.dates ?? [session],
    timeZone: session.timeZone,
    title,
    location: venue?.address || (held ? '' : offer.location),
    isCancelled: booking.status === 'CANCELLED',
    attendees: [coach, client],
  })
}

/** A session with dates of its own, for those who lead it: one entry for each date, without those who take part. */
export function sessionCalendar(entry: SessionEntry): string {
  return writeCalendar(entryOfSession(entry))
}

/** The same for several sessions in one object. */
export function sessionsCalendar(entries: readonly SessionEntry[]): string {
  return writeCalendar(...entries.map(entryOfSession))
}

type SessionEntry = Common & { session: SessionMessageFacts }

function entryOfSession({ session, ...common }: SessionEntry): Entry {
  return {
    ...common,
    uid: session.calendarUid,
    sequence: session.sequence,
    dates: session.dates,
    timeZone: session.timeZone,
    title: session.offer.title,
    location: session.terms.venue?.address ?? '',
    isCancelled: session.state === 'CANCELLED',
    attendees: session.leaders,
  }
}

interface Entry extends Common {
  uid: string
  sequence: number
  dates: readonly { startsAt: Date; endsAt: Date }[]
  timeZone: string
  title: string
  location: string
  isCancelled: boolean
  attendees: readonly { name: string; email: string }[]
}

/** An object with an event for each date of each entry. */
function writeCalendar(...entries: Entry[]): string {
  const calendar = ical({
    prodId: { company: 'Rapport', product: 'Booking', language: 'EN' },
    method: ICalCalendarMethod[entries[0]!.method],
    timezone: { name: null, generator: zoneRules },
  })
  for (const entry of entries) addEntry(calendar, entry)
  return calendar.toString()
}

/** The first date has the UID, the others follow from it. */
function addEntry(calendar: ReturnType<typeof ical>, entry: Entry): void {
  const { dates, formerDates = 0 } = entry
  const isCancelled = entry.method === 'CANCEL' || entry.isCancelled
  dates.forEach((date, position) => {
    addEvent(calendar, entry, { date, position, isCancelled })
  })
  for (let position = dates.length; position < formerDates; position++)
    addEvent(calendar, entry, { date: dates.at(-1)!, position, isCancelled: true })
}

interface Dated {
  date: { startsAt: Date; endsAt: Date }
  position: number
  isCancelled: boolean
}

function addEvent(
  calendar: ReturnType<typeof ical>,
  entry: Entry,
  { date, position, isCancelled }: Dated,
): void {
  const start = DateTime.fromJSDate(date.startsAt, { zone: entry.timeZone })
  const end = DateTime.fromJSDate(date.endsAt, { zone: entry.timeZone })
  const location = entry.location || (isCancelled ? '' : (entry.joinUrl ?? ''))
  const event = calendar.createEvent({
    id: position === 0 ? entry.uid : entry.uid.replace(/@|$/, `-${position + 1}$&`),
    sequence: entry.sequence,
    stamp: entry.now,
    start,
    end,
    timezone: hasKnownRules(start) && hasKnownRules(end) ? entry.timeZone : null,
    summary: asHeader(entry.dates.length > 1 ? `${entry.title} (${position + 1})` : entry.title),
    description: describeEntry(entry, isCancelled),
    url: entry.url,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isCancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    organizer: { name: asHeader(entry.organizer.name), email: entry.organizer.email },
    ...(location ? { location: asHeader(location) } : {}),
  })
  for (const { name, email } of entry.attendees) {
    event.createAttendee({
      name: asHeader(name),
      email,
      type: ICalAttendeeType.INDIVIDUAL,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    })
  }
}

function describeEntry({ url, joinUrl }: Entry, isCancelled: boolean): string {
  if (isCancelled) return `This session was cancelled. ${url}`
  return joinUrl ? `Join: ${joinUrl}\n\nSee, move or cancel it: ${url}` : `See, move or cancel it: ${url}`
}

function ageInSeconds(createdAt: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - createdAt.getTime()) / 1000))
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
