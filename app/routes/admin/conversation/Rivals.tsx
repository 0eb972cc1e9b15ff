import { UsersRound } from 'lucide-react'
import type { Booking } from '../booking/route.tsx'

const numbers = ['', 'One other client asks', 'Two others ask', 'Three others ask']

/** Other requests for the same time, and what approving this one means for them (C9). */
export function Rivals({ booking: { competing = [] } }: { booking: Booking }) {
  const { length: count } = competing
  if (count === 0) return null
  const names = new Intl.ListFormat('en').format(competing.map(({ clientName }) => clientName))
  return (
    <p className="flex gap-2 text-[0.9375rem] font-medium text-wait">
      <UsersRound aria-hidden="true" className="mt-1 size-4 shrink-0" />
      <span>
        {numbers[count] ?? `${count} others ask`} for this time: {names}. Approving this request declines{' '}
        {count === 1 ? 'that one' : 'them'}, with other times to choose from.
      </span>
    </p>
  )
}
