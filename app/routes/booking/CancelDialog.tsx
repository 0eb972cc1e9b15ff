import { useState } from 'react'
import { Banner } from '../../components/Banner.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Money } from '../../components/Money.tsx'
import { TextField } from '../../components/TextField.tsx'
import { Time } from '../../components/Time.tsx'
import { failureOf } from '../../failure.ts'
import { newKey } from '../../new-key.ts'
import { cancelWords } from './cancel-words.ts'
import type { BookingView } from './route.tsx'
import { useChange } from './use-change.ts'

interface CancelDialogProps {
  booking: BookingView
  token: string
  onClose: () => void
}

/** Asks before a session is called off or a request taken back. */
export default function CancelDialog({ booking, token, onClose }: CancelDialogProps) {
  const { coach, startsAt, can, move, session, seats, cancellation } = booking
  const [reason, setReason] = useState('')
  const [key] = useState(newKey)
  const cancel = useChange(token, onClose)
  const isSeats = session.bookedBy === 'session'
  const what = can.withdraw ? 'the request' : !isSeats ? 'the session' : seats === 1 ? 'my seat' : 'my seats'

  return (
    <Dialog
      title={`${cancelWords(booking).replace(/ (the|my) /, ' your ')}?`}
      role="alertdialog"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep {what}</Button>
          <Button
            variant="danger"
            isPending={cancel.isPending}
            onPress={() =>
              cancel.mutate(bookings =>
                bookings.cancel.mutate({
                  token,
                  ...(reason && { reason }),
                  ...(cancellation.now && { agreedFeeMinor: cancellation.now.feeMinor }),
                  idempotencyKey: key,
                }),
              )
            }
          >
            {cancelWords(booking)}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-muted">
        {isSeats ? (seats === 1 ? 'Your seat' : `Your ${seats} seats`) : 'The time'} on{' '}
        <Time at={startsAt} className="text-ink" /> {isSeats && seats > 1 ? 'become' : 'becomes'} free for
        others, and {coach.name} is told. You can take it back within ten minutes.
      </p>
      <Cost booking={booking} />
      {move?.status === 'pending' && (
        <p className="mb-4 text-muted">
          Your wish to move to <Time at={move.startsAt} className="text-ink" /> ends with it.
        </p>
      )}
      <TextField
        label={`A word for ${coach.name}`}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      {cancel.isError && (
        <Banner tone="bad" role="alert" className="mt-4">
          {failureOf(cancel.error).message}
        </Banner>
      )}
    </Dialog>
  )
}

/** What comes back, before it is too late to think again. */
function Cost({ booking: { cancellation, currency, priceMinor, can } }: { booking: BookingView }) {
  const { now } = cancellation
  if (!now || priceMinor === 0 || can.withdraw) return null
  return (
    <p className="mb-4">
      {now.refundMinor === 0 ? (
        <strong>Nothing comes back of </strong>
      ) : (
        <>
          <strong>
            <Money minor={now.refundMinor} currency={currency} />
          </strong>{' '}
          is due back to you of{' '}
        </>
      )}
      <Money minor={priceMinor} currency={currency} />. <span className="text-muted">{now.sentence}</span>
    </p>
  )
}
