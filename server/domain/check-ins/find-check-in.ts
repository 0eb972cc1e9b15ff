import type { SeatMode } from '@rapport/sdk'
import type { BookingStatus } from '#server/db/tables.ts'
import type { Query } from '../command.ts'
import { findSessionForStaff, type HeldSession } from '../participation/held-session.ts'
import { seatName } from '../participation/participant.ts'
import { notFound } from '../refusal.ts'
import { checkInWindow, dateOfToday, isOpen } from './window.ts'

export interface FoundCheckIn {
  bookingId: string
  seat: number
  /** Who sits there; null for a guest whose name wasn't given. */
  name: string | null
  clientName: string
  /** All seats of the booking. */
  seats: number
  mode: SeatMode
  status: BookingStatus
  session: Pick<HeldSession, 'id' | 'state' | 'timeZone'> & { title: string }
  /** `checkedInAt` is null where the seat isn't checked in. */
  dates: {
    position: number
    startsAt: Date
    endsAt: Date
    checkedInAt: Date | null
    opensAt: Date
    closesAt: Date
    open: boolean
  }[]
  /** The position of the date that is held today, or now; null for none. */
  today: number | null
}

/** Whose seat this is and where it stands, for staff whose role covers one of the session's coaches; 404 for others. */
export async function findCheckIn(
  query: Query,
  { bookingId, seat }: { bookingId: string; seat: number },
): Promise<FoundCheckIn> {
  const { trx, tenantId, now } = query
  const booking = await trx
    .selectFrom('bookings')
    .select(['session_id', 'client_name', 'seats', 'mode', 'status', 'guests'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', bookingId)
    .executeTakeFirst()
  if (!booking || seat > booking.seats) throw notFound('seat')
  const session = await findSessionForStaff(query, booking.session_id, 'bookings.see')
  const checkIns = await trx
    .selectFrom('check_ins')
    .select(['position', 'at'])
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('seat', '=', seat)
    .execute()
  const { client_name: clientName, guests, seats, mode, status } = booking
  return {
    bookingId,
    seat,
    name: seatName({ name: clientName, guests }, seat),
    clientName,
    seats,
    mode,
    status,
    session: {
      id: session.id,
      state: session.state,
      timeZone: session.timeZone,
      title: session.offer.title,
    },
    dates: session.dates.map(date => {
      const window = checkInWindow(session.dates, date)
      const checkedInAt = checkIns.find(({ position }) => position === date.position)?.at ?? null
      return { ...date, checkedInAt, ...window, open: isOpen(window, now) }
    }),
    today: dateOfToday(session.dates, session.timeZone, now)?.position ?? null,
  }
}
