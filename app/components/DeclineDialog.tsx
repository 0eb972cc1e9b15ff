import { Button } from './Button.tsx'
import { type DeclineAnswer, DeclineReason, useDeclineReason } from './DeclineReason.tsx'
import { Dialog } from './Dialog.tsx'

interface DeclineDialogProps {
  title: string
  /** What declining means here, before the reasons. */
  children?: string
  isPending: boolean
  onDecline: (answer: DeclineAnswer) => void
  onClose: () => void
}

/** Asks why a request is declined before it is. */
export function DeclineDialog({ title, children, isPending, onDecline, onClose }: DeclineDialogProps) {
  const reason = useDeclineReason()

  function decline() {
    const answer = reason.read()
    if (answer) onDecline(answer)
  }

  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button variant="danger" isPending={isPending} onPress={decline}>
            Decline
          </Button>
        </>
      }
    >
      {children && <p className="mb-4 text-muted">{children}</p>}
      <DeclineReason {...reason.fields} />
    </Dialog>
  )
}
