import { CircleCheck, UsersRound } from 'lucide-react'
import { Time } from '../Time.tsx'

interface MinimumNoteProps {
  minimum: {
    seats: number
    taken: number
    decideBy: string | null
    decided: boolean
    showsProgress: boolean
  } | null
  state: 'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'
  className?: string
}

/** Whether it is certain to be held, and if not yet, what that needs and when it is decided (308, 313). */
export function MinimumNote({ minimum, state, className = '' }: MinimumNoteProps) {
  if (!minimum || state === 'CANCELLED') return null
  const look = `flex items-start gap-1.5 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 ${className}`
  if (minimum.decided || minimum.decideBy === null) {
    return (
      <p className={`${look} text-good`}>
        <CircleCheck aria-hidden="true" />
        Certain to be held
      </p>
    )
  }
  return (
    <p className={`${look} text-muted`}>
      <UsersRound aria-hidden="true" />
      <span>
        {minimum.showsProgress ? (
          <span className="tabular">
            {Math.min(minimum.taken, minimum.seats)} of {minimum.seats} needed
          </span>
        ) : (
          'Held if enough people take part'
        )}
        , decided <Time at={minimum.decideBy} as="shortDay" />
      </span>
    </p>
  )
}
