import { CircleCheck, CircleX, Hourglass, type LucideIcon, TimerOff, Undo2 } from 'lucide-react'
import { Time } from '../Time.tsx'
import type { Proposal } from './conversation.ts'

const states: Record<Proposal['status'], { words: string; icon: LucideIcon }> = {
  open: { words: 'Not decided yet', icon: Hourglass },
  accepted: { words: 'Confirmed', icon: CircleCheck },
  declined: { words: 'Didn’t fit', icon: CircleX },
  expired: { words: 'No longer held', icon: TimerOff },
  withdrawn: { words: 'Taken back', icon: Undo2 },
}

/** Times that were suggested, each with what became of it (052). */
export function ProposalStates({ title, proposals }: { title: string; proposals: readonly Proposal[] }) {
  if (proposals.length === 0) return null
  return (
    <div>
      <h3 className="text-sm font-medium text-muted">{title}</h3>
      <ul className="mt-1 flex flex-col gap-1">
        {proposals.map(({ id, startsAt, status, proposedBy, position }) => {
          const { words, icon: Icon } = states[status]
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4">
              <span className={status === 'accepted' ? 'font-medium' : ''}>
                {proposedBy === 'client' && `${position}. `}
                <Time at={startsAt} />
              </span>
              <span className="flex items-center gap-1.5 text-sm text-muted">
                <Icon aria-hidden="true" className="size-4" />
                {words}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
