import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { Dialog } from '../../../../components/Dialog.tsx'
import { TextField } from '../../../../components/TextField.tsx'
import { toast } from '../../../../components/toasts.tsx'
import { failureOf } from '../../../../failure.ts'
import type { DraftPolicy } from '../policy.ts'
import { DiffView } from './DiffView.tsx'
import { Findings } from './Findings.tsx'
import { type Foreseen, Impact, useForeseen } from './Impact.tsx'
import { withdrawUndo } from './undo.ts'

interface PublishDialogProps {
  draft: DraftPolicy
  onClose: () => void
  /** Told what is to become of the bookings that no longer fit. */
  onPublished: (foreseen: Foreseen) => void
}

/** What publishing would change, what is wrong or odd about it, which bookings it concerns, and then the button. */
export function PublishDialog({ draft, onClose, onPublished }: PublishDialogProps) {
  const { diff, problems, warnings, whyNot, current, meanwhile } = draft
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const publish = useMutation(trpc.policies.publish.mutationOptions())
  const impact = useForeseen({ of: 'draft' })
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const isBlocked = problems.length > 0 || whyNot !== null || meanwhile.length > 0

  async function publishDraft() {
    try {
      const { version } = await publish.mutateAsync({ basedOn: current, note: note.trim() })
      withdrawUndo()
      toast({ text: `Published as version ${version}. It counts from now on.` })
      onPublished(impact.foreseen)
      const { current: now, draft: own, history } = trpc.policies
      await Promise.all(
        [now, own, history].map(each => queryClient.invalidateQueries({ queryKey: each.pathKey() })),
      )
      onClose()
    } catch (error) {
      setFailure(failureOf(error).message)
      void queryClient.invalidateQueries({ queryKey: trpc.policies.draft.queryKey() })
    }
  }

  return (
    <Dialog
      title="Publish these changes?"
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>Not yet</Button>
          <Button
            variant="primary"
            isPending={publish.isPending}
            isDisabled={isBlocked}
            onPress={publishDraft}
          >
            Publish
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {failure && (
          <Banner tone="bad" role="alert">
            {failure}
          </Banner>
        )}
        {whyNot && <Banner tone="wait">{whyNot}</Banner>}
        {meanwhile.length > 0 && (
          <Banner tone="wait">
            Others published rules meanwhile. Take them into your draft first, so that you don’t undo them
            unseen.
          </Banner>
        )}
        {problems.length > 0 && <p className="font-medium">This has to be set right first:</p>}
        <Findings
          problems={problems}
          warnings={warnings}
          titles={new Map(draft.rules.map(({ rule }) => [rule.id, rule.title]))}
        />
        <DiffView diff={diff} />
        <Impact {...impact} />
        <TextField
          label="Why?"
          hint="Kept in the history, for you and your colleagues."
          maxLength={500}
          value={note}
          onChange={setNote}
        />
      </div>
    </Dialog>
  )
}
