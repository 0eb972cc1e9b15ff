import { useSearchParams } from '@remix-run/react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../api.ts'
import type { SessionView } from '../../components/sessions/session.ts'
import { useLive } from '../../live.ts'
import { useView } from '../../view.tsx'

export type Session = Outputs['sessions']['get']
export type Mode = SessionView['seats'][number]['mode']

/** What is asked for: how many seats, and which way of taking part. */
export interface Seats {
  seats: number
  /** Null while there is a choice that wasn't made. */
  mode: Mode | null
}

/** The session and what the seats cost, both kept up to date by the live stream. */
export function useSession(seed: Session, asked: Seats) {
  const trpc = useTRPC()
  const [search] = useSearchParams()
  const invite = search.get('invite')
  const { zone } = useView()
  const looking = { timeZone: zone, ...(invite && { invite }) }
  const question = trpc.sessions.get.queryOptions({ session: seed.id, ...looking })
  const { data: session } = useQuery({ ...question, initialData: seed })
  const price = trpc.sessions.quote.queryOptions({
    session: seed.id,
    seats: asked.seats,
    ...(asked.mode && { mode: asked.mode }),
    ...looking,
  })
  const isAsked = asked.seats > 1 && (session.seats.length === 1 || asked.mode !== null)
  const quote = useQuery({ ...price, enabled: isAsked, placeholderData: keepPreviousData })
  useLive([`sessions:${seed.offerId}`], [question.queryKey, trpc.sessions.quote.queryKey()])

  return {
    session,
    invite,
    price: asked.seats > 1 ? (quote.data ?? null) : session.price,
    isPricing: isAsked && quote.isFetching,
  }
}

/** How many seats one booking may have now. Those held for this visitor count as free. */
export function mostSeats({ seats, capacity, maxSeatsPerBooking }: SessionView, mode: Mode | null): number {
  const { available } = seats.find(quota => quota.mode === mode) ?? capacity
  return Math.max(1, Math.min(maxSeatsPerBooking, available))
}
