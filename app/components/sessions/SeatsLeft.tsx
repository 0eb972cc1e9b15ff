import { Armchair, Ban, Lock } from 'lucide-react'
import { Badge } from '../Badge.tsx'
import { useNow } from '../use-now.ts'
import { closedInWords, type SessionView, seatsLeftInWords } from './session.ts'

/** How many seats are left, or why none can be had. */
export function SeatsLeft({ session }: { session: SessionView }) {
  const closed = closedInWords(session, useNow() ?? 0)
  const { available, total } = session.capacity
  if (closed) {
    return (
      <Badge icon={closed === 'Full' ? Ban : Lock} tone="plain">
        {closed}
      </Badge>
    )
  }
  const isShort = available <= Math.max(1, Math.min(3, total / 4))
  return (
    <Badge icon={Armchair} tone={isShort ? 'wait' : 'good'}>
      <span className="tabular">{seatsLeftInWords({ available, total })}</span>
    </Badge>
  )
}
