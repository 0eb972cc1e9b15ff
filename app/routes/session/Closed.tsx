import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../api.ts'
import { closedInWords } from '../../components/sessions/session.ts'
import { useNow } from '../../components/use-now.ts'
import { OtherSessions } from './OtherSessions.tsx'
import type { Session } from './use-seats.ts'

const sentences: Record<string, string> = {
  Full: 'All seats are taken.',
  Cancelled: 'This session was cancelled.',
  Over: 'This session is over.',
  'Booking closed': 'Booking for this session is closed.',
}

const mayBeFreed =
  'Somebody is booking the last of them just now; if they leave it, you can book here within ten minutes.'

/** In place of the form where nobody can book: why, and which other dates of the offer have room. */
export function Closed({ session, invite }: { session: Session; invite: string | null }) {
  const trpc = useTRPC()
  const now = useNow()
  const { data } = useQuery(
    trpc.sessions.list.queryOptions({ offer: session.offer.slug, ...(invite && { invite }) }),
  )
  const others = (data?.sessions ?? []).filter(({ id, canBook }) => canBook && id !== session.id).slice(0, 3)
  const closed = closedInWords(session, now ?? 0)
  const message =
    session.restrictions[0]?.message ?? sentences[closed ?? ''] ?? 'This session can’t be booked.'
  const isFreedSoon = closed === 'Full' && session.capacity.held > 0
  return (
    <OtherSessions
      message={`${message}${isFreedSoon ? ` ${mayBeFreed}` : ''}`}
      sessions={others}
      offer={session.offer}
      search={invite ? `?invite=${encodeURIComponent(invite)}` : ''}
      isSudden={false}
    />
  )
}
