import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { SuggestDialog } from '../conversation/SuggestDialog.tsx'
import type { Affected, Plan } from './AffectedList.tsx'

export const nothingPlanned: Plan = { acts: new Map(), reason: '' }

/**
 * Does, once a change is saved, what was planned for the bookings that no longer fit: cancels, then asks for other times
 * one booking after the other. `dialog` belongs at the end of the page.
 */
export function useAftermath() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const cancelling = useMutation(trpc.bookings.cancel.mutationOptions())
  const [suggesting, setSuggesting] = useState<{ bookingIds: string[]; done: () => void } | null>(null)

  /** Ends when the last of it is done. */
  async function carryOut(affected: readonly Affected[], { acts, reason }: Plan) {
    const chosen = (act: string) =>
      affected.filter(({ bookingId }) => bookingId !== null && acts.get(bookingId) === act)
    let cancelled = 0
    for (const { bookingId, clientName } of chosen('cancel')) {
      try {
        await cancelling.mutateAsync({ id: bookingId!, ...(reason.trim() && { reason: reason.trim() }) })
        cancelled++
      } catch (error) {
        toast({ text: `${clientName}: ${failureOf(error).message}`, tone: 'bad' })
      }
    }
    if (cancelled > 0) {
      toast({
        text:
          cancelled === 1
            ? 'One booking is cancelled, and its client told.'
            : `${cancelled} bookings are cancelled, and their clients told.`,
      })
      await queryClient.invalidateQueries({ queryKey: trpc.bookings.pathKey() })
      await queryClient.invalidateQueries({ queryKey: trpc.calendar.week.pathKey() })
    }
    const bookingIds = chosen('suggest').map(({ bookingId }) => bookingId!)
    if (bookingIds.length > 0) await new Promise<void>(done => setSuggesting({ bookingIds, done }))
  }

  function goOn() {
    if (!suggesting) return
    const [, ...bookingIds] = suggesting.bookingIds
    if (bookingIds.length > 0) return setSuggesting({ ...suggesting, bookingIds })
    setSuggesting(null)
    suggesting.done()
  }

  const next = suggesting?.bookingIds[0]
  const dialog = next && <SuggestFor key={next} bookingId={next} onClose={goOn} />
  return { carryOut, dialog }
}

/** Goes on without, and says why, where the booking can’t be had or its client asked for another time already. */
function SuggestFor({ bookingId, onClose }: { bookingId: string; onClose: () => void }) {
  const trpc = useTRPC()
  const { data: booking, error } = useQuery(trpc.bookings.get.queryOptions({ id: bookingId }))
  const whyNot = error
    ? failureOf(error).message
    : booking && !booking.can.propose
      ? `${booking.client.name}: no other times can be suggested now. Open the booking to see why.`
      : null
  useEffect(() => {
    if (whyNot === null) return
    toast({ text: whyNot, tone: 'bad' })
    onClose()
  }, [whyNot, onClose])
  return booking?.can.propose ? <SuggestDialog booking={booking} onClose={onClose} /> : null
}
