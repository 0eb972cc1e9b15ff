import { useMutation } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { DeclineDialog } from '../../../components/DeclineDialog.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeLeft } from '../../../components/TimeLeft.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { Booking } from './route.tsx'
import { useBookingChange } from './use-booking-change.ts'

interface PendingMoveProps {
  booking: Booking
  move: NonNullable<Booking['move']>
}

/** A client's wish for another time, which holds that time until it is answered. */
export function PendingMove({ booking, move }: PendingMoveProps) {
  const { id, client, coach, startsAt } = booking
  const trpc = useTRPC()
  const { changed, refused } = useBookingChange()
  const [declining, setDeclining] = useState(false)
  const onError = (error: unknown) => refused(id, error)
  const approve = useMutation(
    trpc.bookings.approve.mutationOptions({
      onSuccess: answer => changed(answer, `Moved. ${client.name} is told by e-mail.`),
      onError,
    }),
  )
  const decline = useMutation(
    trpc.bookings.decline.mutationOptions({
      onSuccess: answer =>
        changed(answer, `The session stays at its time. ${client.name} is told by e-mail.`),
      onError,
      onSettled: () => setDeclining(false),
    }),
  )

  return (
    <Banner
      tone="wait"
      title={`${client.name} would like to move this session`}
      actions={
        booking.can.approve && (
          <>
            <Button
              variant="primary"
              isPending={approve.isPending}
              onPress={() => approve.mutate({ id, startsAt: move.startsAt })}
            >
              <Check aria-hidden="true" />
              Approve the new time
            </Button>
            <Button onPress={() => setDeclining(true)}>
              <X aria-hidden="true" />
              Keep the old time
            </Button>
          </>
        )
      }
    >
      <p>
        From <Time at={startsAt} zone={coach.timeZone} /> to{' '}
        <strong className="font-semibold">
          <Time at={move.startsAt} zone={coach.timeZone} as="day" />,{' '}
          <TimeRange from={move.startsAt} to={move.endsAt} zone={coach.timeZone} />
        </strong>{' '}
        ({zoneInWords(coach.timeZone)} time).
      </p>
      {move.sentence && <p>{move.sentence}</p>}
      {move.answerBy && <TimeLeft until={move.answerBy} />}
      {declining && (
        <DeclineDialog
          title="Keep the old time?"
          isPending={decline.isPending}
          onClose={() => setDeclining(false)}
          onDecline={answer => decline.mutate({ id, ...answer, startsAt: move.startsAt })}
        >
          The session stays at its present time, and your client is told.
        </DeclineDialog>
      )}
    </Banner>
  )
}
