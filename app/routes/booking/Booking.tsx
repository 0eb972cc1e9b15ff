import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Card } from '../../components/Card.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useView } from '../../view.tsx'
import { AddToCalendar } from './AddToCalendar.tsx'
import { Cancellation } from './Cancellation.tsx'
import { Changes } from './Changes.tsx'
import { History } from './conversation/History.tsx'
import { Proposals } from './conversation/Proposals.tsx'
import { Question } from './conversation/Question.tsx'
import { Facts } from './Facts.tsx'
import { Feedback } from './Feedback.tsx'
import { Join } from './Join.tsx'
import { Notes } from './Notes.tsx'
import { PendingMove } from './PendingMove.tsx'
import type { BookingView } from './route.tsx'
import { StatusBanner } from './StatusBanner.tsx'
import { tellStatus } from './status.ts'
import { UndoBanner } from './UndoBanner.tsx'

/** Only sessions that several people come to have it. */
const TakingPart = lazy(() => import('./room/TakingPart.tsx'))

interface BookingProps {
  booking: BookingView
  token: string
  /** Reached by having just booked: the same page, said with more joy. */
  justBooked: boolean
}

/** The third screen, and the page that every mail about the booking links to. */
export function Booking({ booking, token, justBooked }: BookingProps) {
  const isSettled = booking.status === 'FIRM_BOOKED' || booking.status === 'CONFIRMED'
  const { formats } = useView()
  const [justAnswered, setJustAnswered] = useState<'accepted' | 'otherwise' | null>(null)
  const told = tellStatus(booking, justBooked || justAnswered === 'accepted', formats)
  const { session } = booking
  const heading = useRef<HTMLHeadingElement>(null)
  const changed = useChangeToTell(booking)

  useEffect(() => {
    if (justBooked || justAnswered) heading.current?.focus()
  }, [justBooked, justAnswered])

  return (
    <main className="mx-auto w-full max-w-2xl px-4 pt-6 pb-12 sm:px-6 sm:pt-10">
      <StatusBanner told={told} booking={booking} headingRef={heading} />
      <p role="status" className="sr-only">
        {changed && `${told.title}. ${told.text ?? ''}`}
      </p>
      <div className="flex flex-col gap-5">
        {booking.can.undo && booking.undoUntil && (
          <UndoBanner token={token} until={booking.undoUntil} withdrawn={told.isWithdrawn} />
        )}
        <Proposals
          booking={booking}
          token={token}
          onAccepted={() => setJustAnswered('accepted')}
          onDeclined={() => setJustAnswered('otherwise')}
        />
        <Question booking={booking} token={token} onAnswered={() => setJustAnswered('otherwise')} />
        <PendingMove booking={booking} token={token} />
        {isSettled && <Join booking={booking} />}
        <Card as="section" className="overflow-hidden">
          <Facts booking={booking} />
          {isSettled && session.joinOpensAt !== null && <AddToCalendar calendar={booking.calendar} />}
        </Card>
        {isSettled && session.bookedBy === 'session' && (
          <Suspense fallback={<Skeleton className="h-24 w-full rounded-card" />}>
            <TakingPart booking={booking} token={token} />
          </Suspense>
        )}
        {booking.can.giveFeedback && <Feedback booking={booking} token={token} />}
        <History booking={booking} />
        <Notes booking={booking} token={token} />
        <Cancellation booking={booking} />
        <Changes booking={booking} token={token} />
      </div>
    </main>
  )
}

/** True once the booking has changed while the page was open, so that it is read out. */
function useChangeToTell({ version }: BookingView): boolean {
  const [first] = useState(version)
  return version !== first
}
