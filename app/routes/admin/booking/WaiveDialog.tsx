import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Money } from '../../../components/Money.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { newKey } from '../../../new-key.ts'
import type { Booking } from './route.tsx'
import { useBookingChange } from './use-booking-change.ts'

interface WaiveDialogProps {
  booking: Booking
  onClose: () => void
}

/** Asks why a client is let off a fee: it can't be charged again. */
export function WaiveDialog({ booking, onClose }: WaiveDialogProps) {
  const { id, client, feeMinor, currency } = booking
  const trpc = useTRPC()
  const { changed, refused } = useBookingChange()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [idempotencyKey] = useState(newKey)
  const waive = useMutation(
    trpc.bookings.waiveFee.mutationOptions({
      onSuccess: answer => changed(answer, 'The fee is waived.'),
      onError: error => refused(id, error),
      onSettled: onClose,
    }),
  )
  const send = () => {
    if (reason.trim() === '') setMissing(true)
    else waive.mutate({ id, reason: reason.trim(), idempotencyKey })
  }
  return (
    <Dialog
      role="alertdialog"
      title="Waive the fee?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep the fee</Button>
          <Button variant="primary" isPending={waive.isPending} onPress={send}>
            Waive <Money minor={feeMinor} currency={currency} />
          </Button>
        </>
      }
    >
      <p className="mb-4">
        {client.name} then owes nothing for this. The booking’s page says that the fee was waived, not why. It
        can’t be charged again.
      </p>
      <TextField
        label="Why, for your records"
        isRequired
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={setReason}
        error={isMissing && reason.trim() === '' ? 'Say why the fee is waived.' : null}
      />
    </Dialog>
  )
}
