import type { Query } from '../command.ts'
import { findBookingFacts } from '../notifications/booking-facts.ts'
import { bookingCalendar } from '../notifications/calendar.ts'
import { notFound, Refusal } from '../refusal.ts'
import { isConfirmed } from './transitions.ts'
import { requireSight } from './view.ts'

export interface CalendarFile {
  id: string
  /** The booking's page. */
  url: string
  /** Our own address of its video room; null where it has none. */
  joinUrl: string | null
  organizer: { name: string; email: string }
}

/** A confirmed booking as an iCalendar file to download, for whoever may see it; 404 for others, 409 for what isn't confirmed. */
export async function calendarFile(
  query: Query,
  { id, ...entry }: CalendarFile,
): Promise<{ filename: string; content: string }> {
  await requireSight(query, id)
  const booking = await findBookingFacts(query, id)
  if (!booking) throw notFound('booking')
  if (!isConfirmed(booking.status)) {
    throw new Refusal('conflict', 'BOOKING_STATUS', 'Only a confirmed session can be put into a calendar.', {
      data: { status: booking.status },
    })
  }
  const audience = query.actor.as === 'member' ? 'coach' : 'client'
  const content = bookingCalendar({ ...entry, booking, method: 'PUBLISH', audience, now: query.now })
  return { filename: `${booking.offer.slug}.ics`, content }
}
