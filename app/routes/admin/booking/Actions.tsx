import { useMutation } from '@tanstack/react-query'
import { CalendarClock, Check, CircleX, Undo2, UserCheck, UserX, X } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { DeclineDialog } from '../../../components/DeclineDialog.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { MoveSeatsDialog } from './MoveSeatsDialog.tsx'
import type { Booking } from './route.tsx'
import { useBookingChange } from './use-booking-change.ts'

/** What can be done with a booking as it now is. */
export function Actions({ booking }: { booking: Booking }) {
  const { id, can, attendance, client } = booking
  const isSeats = booking.session.bookedBy === 'session'
  const trpc = useTRPC()
  const { changed, refused } = useBookingChange()
  const [dialog, setDialog] = useState<'decline' | 'cancel' | 'move' | null>(null)
  const close = () => setDialog(null)
  const onError = (error: unknown) => refused(id, error)

  const approve = useMutation(
    trpc.bookings.approve.mutationOptions({
      onSuccess: answer => changed(answer, `Approved. ${client.name} gets a confirmation by e-mail.`),
      onError,
    }),
  )
  const decline = useMutation(
    trpc.bookings.decline.mutationOptions({
      onSuccess: answer => changed(answer, `Declined. ${client.name} is told by e-mail.`),
      onError,
      onSettled: close,
    }),
  )
  const cancel = useMutation(
    trpc.bookings.cancel.mutationOptions({
      onSuccess: answer => changed(answer, `Cancelled. ${client.name} is told by e-mail.`),
      onError,
      onSettled: close,
    }),
  )
  const undo = useMutation(
    trpc.bookings.undo.mutationOptions({
      onSuccess: answer => changed(answer, 'The booking stands again as before.'),
      onError,
    }),
  )
  const mark = useMutation(
    trpc.bookings.markAttendance.mutationOptions({
      onSuccess: answer => changed(answer, 'Attendance is noted.'),
      onError,
    }),
  )

  const answersRequest = can.approve && booking.status === 'REQUESTED'
  const nothing = !answersRequest && !can.reschedule && !can.cancel && !can.undo && !can.markAttendance
  if (nothing) return null

  return (
    <Panel title="What to do">
      <div className="flex flex-wrap gap-2">
        {answersRequest && (
          <>
            <Button
              variant="primary"
              isPending={approve.isPending}
              onPress={() => approve.mutate({ id, startsAt: booking.startsAt })}
            >
              <Check aria-hidden="true" />
              Approve
            </Button>
            <Button onPress={() => setDialog('decline')}>
              <X aria-hidden="true" />
              Decline
            </Button>
          </>
        )}
        {can.markAttendance && (
          <>
            <Button
              aria-pressed={attendance === 'attended'}
              isDisabled={mark.isPending}
              onPress={() => mark.mutate({ id, attendance: attendance === 'attended' ? null : 'attended' })}
            >
              <UserCheck aria-hidden="true" />
              {attendance === 'attended' ? 'Attended ✓' : 'Attended'}
            </Button>
            <Button
              aria-pressed={attendance === 'no_show'}
              isDisabled={mark.isPending}
              onPress={() => mark.mutate({ id, attendance: attendance === 'no_show' ? null : 'no_show' })}
            >
              <UserX aria-hidden="true" />
              {attendance === 'no_show' ? 'Didn’t come ✓' : 'Didn’t come'}
            </Button>
          </>
        )}
        {can.reschedule && (
          <Button onPress={() => setDialog('move')}>
            <CalendarClock aria-hidden="true" />
            Move
          </Button>
        )}
        {can.cancel && !answersRequest && (
          <Button onPress={() => setDialog('cancel')}>
            <CircleX aria-hidden="true" />
            Cancel booking
          </Button>
        )}
        {can.undo && (
          <Button isPending={undo.isPending} onPress={() => undo.mutate({ id })}>
            <Undo2 aria-hidden="true" />
            Undo
          </Button>
        )}
      </div>
      {can.undo && booking.undoUntil && (
        <p className="mt-3 text-sm text-muted">
          You can take this back until <Time at={booking.undoUntil} as="time" />, if{' '}
          {isSeats ? 'the seats are' : 'the time is'} still free.
        </p>
      )}

      {dialog === 'decline' && (
        <DeclineDialog
          title={`Decline ${client.name}?`}
          isPending={decline.isPending}
          onClose={close}
          onDecline={answer => decline.mutate({ id, ...answer, startsAt: booking.startsAt })}
        >
          {`${isSeats ? 'The seats are' : 'The time is'} free again at once, and your client is told.`}
        </DeclineDialog>
      )}
      {dialog === 'cancel' && (
        <CancelDialog
          booking={booking}
          isPending={cancel.isPending}
          onClose={close}
          onCancel={reason => cancel.mutate({ id, reason })}
        />
      )}
      {dialog === 'move' &&
        (isSeats ? (
          <MoveSeatsDialog booking={booking} onClose={close} />
        ) : (
          <MoveDialog booking={booking} onClose={close} />
        ))}
    </Panel>
  )
}
