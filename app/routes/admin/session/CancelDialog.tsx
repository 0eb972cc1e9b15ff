import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Time } from '../../../components/Time.tsx'
import { count, type Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

interface CancelDialogProps {
  session: Session
  onClose: () => void
}

/** Asks before a session is called off, and says how many are told. */
export function CancelDialog({ session, onClose }: CancelDialogProps) {
  const { id } = session
  const trpc = useTRPC()
  const { changed, refused } = useSessionChange()
  const [reason, setReason] = useState('')
  const participants = useQuery(trpc.sessions.participants.queryOptions({ id })).data
  const told = participants?.length ?? null
  const cancel = useMutation(
    trpc.sessions.manage.cancel.mutationOptions({
      onSuccess: () =>
        changed(
          told ? `Cancelled. ${count(told, 'client')} are told by e-mail.` : 'The session is cancelled.',
        ),
      onError: refused,
      onSettled: onClose,
    }),
  )
  return (
    <Dialog
      role="alertdialog"
      title="Cancel this session?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button
            variant="danger"
            isPending={cancel.isPending}
            onPress={() => cancel.mutate({ id, reason: reason.trim() })}
          >
            Cancel the session
          </Button>
        </>
      }
    >
      <p className="mb-4">
        <strong className="font-medium">
          {session.offer.title} on <Time at={session.startsAt} zone={session.timeZone} />
        </strong>{' '}
        won’t take place.{' '}
        {told === null
          ? 'Everybody who booked is told by e-mail.'
          : told === 0
            ? 'Nobody has booked yet.'
            : `${count(told, 'client')} ${told === 1 ? 'is' : 'are'} told by e-mail, and their bookings are cancelled.`}{' '}
        This can’t be taken back.
      </p>
      <TextField
        label="Reason for your clients"
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
    </Dialog>
  )
}
