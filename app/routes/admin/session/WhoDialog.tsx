import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { failureOf } from '../../../failure.ts'
import { CoachesField } from '../new-session/WhoFields.tsx'
import { useStaff } from '../shell.tsx'
import { listings } from './listings.ts'
import type { Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

interface WhoDialogProps {
  session: Session
  onClose: () => void
}

/** Who leads it and facilitates, and who sees and books it. */
export function WhoDialog({ session, onClose }: WhoDialogProps) {
  const { coaches } = useStaff()
  const trpc = useTRPC()
  const { changed } = useSessionChange()
  const [coachIds, setCoachIds] = useState(() => session.coaches.map(({ id }) => id))
  const [listing, setListing] = useState(session.listing)
  const save = useMutation(
    trpc.sessions.manage.update.mutationOptions({
      onSuccess() {
        void changed('Saved.')
        onClose()
      },
    }),
  )
  const missing = coachIds.length === 0 ? 'Choose who leads it.' : null
  return (
    <Dialog
      title="Coaches and listing"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button
            variant="primary"
            isPending={save.isPending}
            isDisabled={missing !== null}
            onPress={() => save.mutate({ id: session.id, coachIds, listing })}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {save.error && (
          <Banner tone="bad" role="alert" title="It wasn’t saved">
            {failureOf(save.error).message}
          </Banner>
        )}
        <CoachesField coaches={coaches} value={coachIds} error={missing} onChange={setCoachIds} />
        <Radios label="Who sees and books it" choices={listings} value={listing} onChange={setListing} />
      </div>
    </Dialog>
  )
}
