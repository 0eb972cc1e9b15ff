import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { useSessionChange } from './use-session-change.ts'

interface EndScheduleDialogProps {
  scheduleId: string
  onClose: () => void
}

/** Asks before a schedule makes no more sessions. */
export function EndScheduleDialog({ scheduleId, onClose }: EndScheduleDialogProps) {
  const trpc = useTRPC()
  const { changed, refused } = useSessionChange()
  const end = useMutation(
    trpc.sessions.manage.endSchedule.mutationOptions({
      onSuccess: () => changed('The schedule has ended. Sessions that were made stay.'),
      onError: refused,
      onSettled: onClose,
    }),
  )
  return (
    <Dialog
      role="alertdialog"
      title="End the schedule?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it going</Button>
          <Button variant="danger" isPending={end.isPending} onPress={() => end.mutate({ scheduleId })}>
            End it
          </Button>
        </>
      }
    >
      No more sessions are made by it. Those that are there already stay, with their bookings; cancel the ones
      that won’t be held.
    </Dialog>
  )
}
