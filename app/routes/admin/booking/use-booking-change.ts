import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import type { Booking } from './route.tsx'

/** What every change of a booking does once it is answered: shows the booking as it now is, or says why not. */
export function useBookingChange() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()

  function refresh(id: string) {
    void queryClient.invalidateQueries({ queryKey: trpc.bookings.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.bookings.timeline.queryKey({ id }) })
  }

  return {
    changed({ booking }: { booking: Booking }, text: string) {
      queryClient.setQueryData(trpc.bookings.get.queryKey({ id: booking.id }), booking)
      refresh(booking.id)
      toast({ text })
    },
    /** The booking may have changed under our hands, so it is fetched anew. */
    refused(id: string, error: unknown) {
      refresh(id)
      toast({ text: failureOf(error).message, tone: 'bad' })
    },
  }
}
