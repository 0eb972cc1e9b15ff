import { CalendarClock, CalendarX } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button, LinkButton } from '../../components/Button.tsx'
import { cancelWords } from './cancel-words.ts'
import type { BookingView } from './route.tsx'

const CancelDialog = lazy(() => import('./CancelDialog.tsx'))
const Reschedule = lazy(() => import('./Reschedule.tsx'))
const MoveSession = lazy(() => import('./MoveSession.tsx'))

interface ChangesProps {
  booking: BookingView
  token: string
}

/** What can still be done about the booking: another time, calling it off, or booking anew. */
export function Changes({ booking, token }: ChangesProps) {
  const { can, offer, coach, session } = booking
  const isSeats = session.bookedBy === 'session'
  const [open, setOpen] = useState<'reschedule' | 'cancel' | null>(null)
  const close = () => setOpen(null)

  if (!can.reschedule && !can.cancel) {
    return (
      <div className="flex justify-center">
        <LinkButton to={isSeats ? `/${offer.slug}` : `/${offer.slug}?coach=${coach.slug}`} variant="primary">
          {isSeats
            ? 'See other dates'
            : booking.status === 'DECLINED'
              ? 'Choose another time'
              : 'Book another session'}
        </LinkButton>
      </div>
    )
  }
  return (
    <>
      <div className="flex flex-col gap-2 sm:flex-row sm:justify-center">
        {can.reschedule && (
          <Button onPress={() => setOpen('reschedule')}>
            <CalendarClock aria-hidden="true" />
            {isSeats ? 'Change the date' : 'Change the time'}
          </Button>
        )}
        {can.cancel && (
          <Button onPress={() => setOpen('cancel')}>
            <CalendarX aria-hidden="true" />
            {cancelWords(booking)}
          </Button>
        )}
      </div>
      <Suspense>
        {open === 'cancel' && <CancelDialog booking={booking} token={token} onClose={close} />}
        {open === 'reschedule' &&
          (isSeats ? (
            <MoveSession booking={booking} token={token} onClose={close} />
          ) : (
            <Reschedule booking={booking} token={token} onClose={close} />
          ))}
      </Suspense>
    </>
  )
}
