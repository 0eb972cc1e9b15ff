import { slotId } from '../slots/slot-id.ts'
import type { Attempt } from './attempt.ts'
import type { ListSlots, Slot } from './list-slots.ts'

/** What is taken of a coach's time in a window, with its bookings: for staff. Requests that compete for a time are each shown. */
export function takenSlots(
  { offer, coach, slots }: Attempt,
  { from, to }: Pick<ListSlots, 'from' | 'to'>,
): Slot[] {
  const competing = coach.calendar.competing.map(request => ({
    ...request,
    expiresAt: null,
    status: 'tentative' as const,
  }))
  return [...coach.calendar.claims, ...competing]
    .filter(claim => claim.startsAt >= from.getTime() && claim.startsAt < to.getTime())
    .filter(claim => claim.expiresAt === null || claim.expiresAt > slots.now)
    .map(claim => ({
      id: slotId(coach.id, claim.startsAt, offer.id),
      startsAt: claim.startsAt,
      endsAt: claim.endsAt,
      coachId: coach.id,
      status: claim.status,
      ...(claim.bookingId && { bookingId: claim.bookingId }),
      allowsFirmBooking: false,
      restrictions: [],
      sentence: claim.status === 'booked' ? 'Booked.' : 'Waiting for an answer or being booked.',
    }))
}
