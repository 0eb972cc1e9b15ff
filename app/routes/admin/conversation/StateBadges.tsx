import { CalendarSearch, CalendarX2, MessageCircleQuestion, MessageCircleReply } from 'lucide-react'
import { Badge } from '../../../components/Badge.tsx'
import { heldUntil, suggestedTimes } from '../../../components/conversation/conversation.ts'
import { Time } from '../../../components/Time.tsx'
import type { Booking } from '../booking/route.tsx'

/** Whose turn it is in the conversation about a booking; nothing where there is none. */
export function StateBadges({ booking }: { booking: Booking }) {
  const { can, questions, proposals } = booking
  const suggested = suggestedTimes(booking)
  const until = heldUntil(suggested)
  const last = questions.at(-1)
  if (suggested.length > 0) {
    return (
      <Badge tone="info" icon={CalendarSearch}>
        Waiting for the client
        {until && (
          <>
            {' '}
            until <Time at={until} />
          </>
        )}
      </Badge>
    )
  }
  if (can.withdrawQuestion && last) {
    return (
      <Badge tone="wait" icon={MessageCircleQuestion}>
        Info needed
      </Badge>
    )
  }
  if (booking.status !== 'REQUESTED') return null
  return (
    <>
      {last?.answer && (
        <Badge tone="good" icon={MessageCircleReply}>
          Client answered
        </Badge>
      )}
      {proposals.some(({ proposedBy, status }) => proposedBy === 'coach' && status === 'declined') && (
        <Badge tone="wait" icon={CalendarX2}>
          None of the times fits
        </Badge>
      )}
    </>
  )
}
