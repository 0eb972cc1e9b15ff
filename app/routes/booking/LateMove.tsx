import { Banner } from '../../components/Banner.tsx'
import { Money } from '../../components/Money.tsx'
import type { BookingView } from './route.tsx'

/** How a move is treated so close to the start; null while it isn't late. The server decides, should the page be old. */
export function lateMoveOf({ cancellation: { lateMove } }: BookingView) {
  return lateMove?.isLate ? lateMove : null
}

/** Says before another time is chosen that it is late for that, and what it comes to. */
export function LateMove({ booking }: { booking: BookingView }) {
  const { coach, currency, session } = booking
  const late = lateMoveOf(booking)
  if (!late) return null
  if (late.outcome === 'fee')
    return (
      <Banner tone="wait" className="mb-4">
        It starts soon: moving it now costs <Money minor={late.feeMinor} currency={currency} />, which stays
        due if you cancel later.
      </Banner>
    )
  if (late.outcome === 'ask' && session.bookedBy === 'slot')
    return (
      <Banner tone="wait" className="mb-4">
        It starts soon, so {coach.name} decides about another time. Until then it stays where it is.
      </Banner>
    )
  return (
    <Banner tone="wait" className="mb-4">
      It starts too soon to be moved here. Please write to {coach.name}, who can move it for you.
    </Banner>
  )
}
