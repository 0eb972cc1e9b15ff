import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Outputs, useTRPC, useTRPCClient } from '../../api.ts'
import type { BookingView } from './route.tsx'

type Change = (
  client: ReturnType<typeof useTRPCClient>['bookings'],
) => Promise<{ booking: Outputs['bookings']['get'] }>

/** A command on this booking; what it answers is what the page shows from then on. */
export function useChange(token: string, onDone?: (booking: BookingView) => void) {
  const trpc = useTRPC()
  const { bookings } = useTRPCClient()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => change(bookings),
    onSuccess({ booking }) {
      queryClient.setQueryData(trpc.bookings.get.queryKey({ token }), booking)
      onDone?.(booking)
    },
  })
}
