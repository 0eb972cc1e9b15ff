import { UsersRound } from 'lucide-react'
import { bookingStatuses } from '../../../components/Badge.tsx'

const shown = ['REQUESTED', 'FIRM_BOOKED', 'CONFIRMED'] as const

/** What the looks of the calendar mean. */
export function Legend() {
  return (
    <ul aria-label="What the looks mean" className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
      {shown.map(status => {
        const { words, icon: Icon } = bookingStatuses[status]
        return (
          <li key={status} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={`entry-swatch entry-${status.toLowerCase()}`} />
            <Icon aria-hidden="true" className="size-4" />
            {words}
          </li>
        )
      })}
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="entry-swatch entry-session" />
        <UsersRound aria-hidden="true" className="size-4" />
        Session with seats
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="entry-swatch entry-hold" />
        Being booked
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="entry-swatch entry-closed" />
        Closed
      </li>
    </ul>
  )
}
