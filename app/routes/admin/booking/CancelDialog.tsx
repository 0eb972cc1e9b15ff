import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Money } from '../../../components/Money.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Time } from '../../../components/Time.tsx'
import type { Booking } from './route.tsx'

interface CancelDialogProps {
  booking: Booking
  isPending: boolean
  onCancel: (reason: string) => void
  onClose: () => void
}

/** Asks before a session is called off, since the client is told at once. */
export function CancelDialog({ booking, isPending, onCancel, onClose }: CancelDialogProps) {
  const [reason, setReason] = useState('')
  const isSeats = booking.session.bookedBy === 'session'
  return (
    <Dialog
      role="alertdialog"
      title="Cancel this booking?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button variant="danger" isPending={isPending} onPress={() => onCancel(reason.trim())}>
            Cancel booking
          </Button>
        </>
      }
    >
      <p className="mb-4">
        {booking.client.name} is told by e-mail that{' '}
        <strong className="font-medium">
          {booking.offer.title} on <Time at={booking.startsAt} zone={booking.coach.timeZone} />
        </strong>{' '}
        {isSeats
          ? 'is no longer booked. The seats are free for others at once; the session itself stays.'
          : 'won’t take place. The time is free for others at once.'}
      </p>
      {booking.priceMinor > 0 && booking.confirmationTimestamp && (
        <p className="mb-4">
          You cancel it, so all of <Money minor={booking.priceMinor} currency={booking.currency} /> is due
          back to your client, whatever the terms say.
        </p>
      )}
      <TextField
        label="Reason for your client"
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
    </Dialog>
  )
}
