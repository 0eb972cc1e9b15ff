import { CircleCheck, UsersRound } from 'lucide-react'
import { Time } from '../Time.tsx'

interface MinimumNoteProps {
  minimum: {
    seats: number
    taken: number
    decideBy: string | null
    /** The latest, where its coach decides. */
    lapsesAt: string | null
    decided: boolean
    showsProgress: boolean
  } | null
  state: 'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'
  /** Without its icon, where the place has one. */
  isBare?: boolean
  className?: string
}

/** Whether it is certain to be held, and if not yet, what that needs and when it is decided (308, 313). */
export function MinimumNote({ minimum, state, isBare = false, className = '' }: MinimumNoteProps) {
  if (!minimum || state === 'CANCELLED') return null
  const isCertain = minimum.decided || minimum.decideBy === null
  const Icon = isCertain ? CircleCheck : UsersRound
  const tone = isCertain ? 'text-good' : isBare ? '' : 'text-muted'
  return (
    <p className={`flex items-start gap-1.5 ${isBare ? '' : 'text-sm'} ${tone} ${className}`}>
      {!isBare && <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />}
      {isCertain ? (
        'Certain to be held'
      ) : (
        <span>
          {minimum.showsProgress ? (
            <span className="tabular">
              {Math.min(minimum.taken, minimum.seats)} of {minimum.seats} needed
            </span>
          ) : (
            'Held if enough people take part'
          )}
          , decided {minimum.lapsesAt && 'by '}
          {minimum.decideBy && <Time at={minimum.lapsesAt ?? minimum.decideBy} as="shortDay" />}
        </span>
      )}
    </p>
  )
}
