import type { EventInput } from '@fullcalendar/core'
import type { Outputs } from '../../../api.ts'

type Week = Outputs['calendar']['week']
export type WeekBooking = Week['bookings'][number]
export type WeekSession = Week['sessions'][number]

/** What an entry of the calendar is, for its look and its words. */
export type Entry =
  | { is: 'booking'; booking: WeekBooking }
  | { is: 'session'; session: WeekSession }
  | { is: 'move'; booking: WeekBooking | null; isSuggested: boolean }
  | { is: 'hold' }
  | { is: 'timeOff'; note: string }
  | { is: 'busy' }
  | { is: 'closed' }

export interface Stretch {
  startsAt: string
  endsAt: string
}

/** A week as FullCalendar takes it: what isn't open as background, everything that takes time before it. */
export function calendarEntries(week: Week, range: { from: string; to: string }): EventInput[] {
  return [
    ...closed(week.open, range).map(stretch => background(stretch, { is: 'closed' })),
    ...week.timeOff.map(off => background(off, { is: 'timeOff', note: off.note })),
    ...week.externalBusy.map(busy => foreground(busy, { is: 'busy' })),
    ...week.holds.map(hold => holdEntry(hold, week)),
    ...week.bookings.map(bookingEntry),
    ...week.sessions.map(sessionEntry),
  ]
}

function bookingEntry(booking: WeekBooking): EventInput {
  const { id } = booking
  return { ...foreground(booking, { is: 'booking', booking }), id, url: `/admin/bookings/${id}` }
}

function sessionEntry(session: WeekSession): EventInput {
  const { id, date } = session
  const entry = foreground(session, { is: 'session', session })
  return { ...entry, id: `${id}-${date}`, url: `/admin/sessions/${id}` }
}

/** How full it is, and whether it is certain to be held: `6 of 10 seats, not certain yet`. */
export function sessionInWords({ taken, total, decideBy }: WeekSession): string {
  const seats = `${taken} of ${total} ${total === 1 ? 'seat' : 'seats'}`
  return decideBy ? `${seats}, not certain yet` : seats
}

/** `Group coaching`, or `Group coaching (2 of 3)` for one of several dates. */
export function sessionTitle({ offerTitle, date, dates }: WeekSession): string {
  return dates === 1 ? offerTitle : `${offerTitle} (${date} of ${dates})`
}

/** Somebody at checkout, or another time asked for or suggested for a booking, which may lie in another week. */
function holdEntry(hold: Week['holds'][number], week: Week): EventInput {
  if (!hold.bookingId) return foreground(hold, { is: 'hold' })
  const booking = week.bookings.find(({ id }) => id === hold.bookingId) ?? null
  const entry = foreground(hold, { is: 'move', booking, isSuggested: hold.purpose === 'proposal' })
  return { ...entry, id: `${hold.bookingId}-${hold.startsAt}`, url: `/admin/bookings/${hold.bookingId}` }
}

function foreground({ startsAt, endsAt }: Stretch, entry: Entry): EventInput {
  return {
    start: startsAt,
    end: endsAt,
    extendedProps: { entry, startsAt, endsAt },
    classNames: [className(entry)],
  }
}

function background(stretch: Stretch, entry: Entry): EventInput {
  return { ...foreground(stretch, entry), display: 'background' }
}

function className(entry: Entry): string {
  return entry.is === 'booking'
    ? `entry-${entry.booking.status.toLowerCase()}`
    : `entry-${entry.is.toLowerCase()}`
}

/** The stretches between `from` and `to` in which no coach is open. */
function closed(open: readonly Stretch[], { from, to }: { from: string; to: string }): Stretch[] {
  const found: Stretch[] = []
  let until = from
  for (const { startsAt, endsAt } of open.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    if (startsAt > until) found.push({ startsAt: until, endsAt: startsAt })
    if (endsAt > until) until = endsAt
  }
  if (until < to) found.push({ startsAt: until, endsAt: to })
  return found
}

/** The hours of the day worth showing, from 0 to 24: what is open or taken, with an hour around it. */
export function hoursShown(week: Week, timeZone: string): { from: number; to: number } {
  const hourOf = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' })
  const dayOf = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' })
  let [from, to] = [8, 18]
  for (const { startsAt, endsAt } of [...week.open, ...week.bookings, ...week.sessions, ...week.holds]) {
    const [start, last] = [new Date(startsAt), new Date(Date.parse(endsAt) - 1)]
    if (dayOf.format(start) !== dayOf.format(last)) return { from: 0, to: 24 }
    from = Math.min(from, Number(hourOf.format(start)) - 1)
    to = Math.max(to, Number(hourOf.format(last)) + 2)
  }
  return { from: Math.max(0, from), to: Math.min(24, to) }
}
