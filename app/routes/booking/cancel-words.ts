import type { BookingView } from './route.tsx'

/** What cancelling is called: a session of one's own is cancelled, of others' sessions one gives up a seat. */
export function cancelWords({ can, session, seats }: BookingView): string {
  if (can.withdraw) return 'Withdraw the request'
  if (session.bookedBy === 'slot') return 'Cancel the session'
  return seats === 1 ? 'Cancel my seat' : `Cancel my ${seats} seats`
}
