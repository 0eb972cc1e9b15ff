import { useState } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { suggestedTimes } from '../../../components/conversation/conversation.ts'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Time } from '../../../components/Time.tsx'
import { failureOf } from '../../../failure.ts'
import type { BookingView } from '../route.tsx'
import { useChange } from '../use-change.ts'

interface NoneFitsDialogProps {
  booking: BookingView
  token: string
  onClose: () => void
  onDeclined: () => void
}

/** Turns down all that was suggested, with a word about what would fit. */
export default function NoneFitsDialog({ booking, token, onClose, onDeclined }: NoneFitsDialogProps) {
  const { coach, status, startsAt } = booking
  const isOne = suggestedTimes(booking).length === 1
  const [message, setMessage] = useState('')
  const decline = useChange(token, () => {
    onClose()
    onDeclined()
  })
  return (
    <Dialog
      title={isOne ? 'It doesn’t fit?' : 'None of them fits?'}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Back</Button>
          <Button
            variant="primary"
            isPending={decline.isPending}
            onPress={() =>
              decline.mutate(bookings =>
                bookings.declineProposals.mutate({
                  token,
                  ...(message.trim() && { message: message.trim() }),
                }),
              )
            }
          >
            Tell {coach.name}
          </Button>
        </>
      }
    >
      <p className="mb-4">
        {status === 'REQUESTED' ? (
          <>
            Your request for <Time at={startsAt} className="font-medium" /> stays open, and {coach.name}{' '}
            decides on it.
          </>
        ) : (
          <>
            Your session stays on <Time at={startsAt} className="font-medium" />.
          </>
        )}{' '}
        The suggested {isOne ? 'time becomes' : 'times become'} free for others.
      </p>
      <TextField
        label="What would suit you?"
        hint={`${coach.name} reads it.`}
        rows={3}
        maxLength={1000}
        value={message}
        onChange={setMessage}
      />
      {decline.isError && (
        <Banner tone="bad" role="alert" className="mt-4">
          {failureOf(decline.error).message}
        </Banner>
      )}
    </Dialog>
  )
}
