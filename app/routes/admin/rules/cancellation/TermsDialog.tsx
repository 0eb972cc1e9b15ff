import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { Button } from '../../../../components/Button.tsx'
import { Radios } from '../../../../components/Choices.tsx'
import { Dialog } from '../../../../components/Dialog.tsx'
import { NumberField } from '../../../../components/NumberField.tsx'
import { failureOf } from '../../../../failure.ts'
import { errorAt } from '../../problems.ts'
import { HoursField } from './HoursField.tsx'
import { TierRows } from './TierRows.tsx'
import type { Outcome, Terms } from './terms.ts'
import { draftOf, type TermsDraft, termsOf } from './terms-draft.ts'

const outcomes: { id: Outcome; label: string; detail: string }[] = [
  { id: 'free', label: 'Moves like any other', detail: 'Your rules for booking decide.' },
  { id: 'ask', label: 'You are asked', detail: 'The old time stands until you answer.' },
  { id: 'fee', label: 'Costs a part of the price', detail: 'It moves, and the client owes the fee.' },
  { id: 'refuse', label: 'Isn’t possible', detail: 'Only you can move it then.' },
]

interface TermsDialogProps {
  /** What they are for: "Group session". */
  name: string
  /** What they begin as. */
  terms: Terms
  isSaving: boolean
  onSave: (terms: Terms) => void
  onClose: () => void
}

/** Terms of cancelling, typed and read out at once. */
export function TermsDialog({ name, terms, isSaving, onSave, onClose }: TermsDialogProps) {
  const trpc = useTRPC()
  const [draft, setDraft] = useState(() => draftOf(terms))
  const typed = termsOf(draft)
  const read = useQuery(
    trpc.policies.readTerms.queryOptions({ terms: typed }, { placeholderData: keepPreviousData }),
  )
  const problems = read.data?.problems ?? []
  const change = (changes: Partial<TermsDraft>) => setDraft({ ...draft, ...changes })
  const move = (changes: Partial<TermsDraft['lateMove']>) =>
    change({ lateMove: { ...draft.lateMove, ...changes } })
  const { lateMove } = draft

  return (
    <Dialog
      title={`Cancelling: ${name}`}
      width="wide"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Leave as it was</Button>
          <Button
            variant="primary"
            isPending={isSaving}
            isDisabled={!read.data?.sentences || read.isPlaceholderData}
            // Read by the server without a fault, so that no field is empty.
            onPress={() => onSave(typed as Terms)}
          >
            Keep in my draft
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <TierRows tiers={draft.tiers} problems={problems} onChange={tiers => change({ tiers })} />
        <div className="grid items-end gap-4 sm:grid-cols-2">
          <NumberField
            label="Free after booking for"
            hint="If it starts a day later or more."
            unit="minutes"
            minValue={0}
            maxValue={1440}
            value={draft.graceMinutes}
            onChange={graceMinutes => change({ graceMinutes })}
            error={errorAt(problems, 'graceMinutes')}
          />
          <NumberField
            label="Comes back to who stayed away"
            unit="%"
            minValue={0}
            maxValue={100}
            value={draft.noShowRefundPercent}
            onChange={noShowRefundPercent => change({ noShowRefundPercent })}
            error={errorAt(problems, 'noShowRefundPercent')}
          />
        </div>
        <Radios
          label="A client’s late move"
          choices={outcomes}
          value={lateMove.outcome}
          onChange={outcome => move({ outcome })}
          className="grid gap-2 sm:grid-cols-2"
        />
        {lateMove.outcome !== 'free' && (
          <div className="flex flex-wrap gap-4">
            <HoursField
              label="Late from"
              value={lateMove.hoursBefore}
              onChange={hoursBefore => move({ hoursBefore })}
              error={errorAt(problems, 'lateMove.hoursBefore')}
            />
            {lateMove.outcome === 'fee' && (
              <NumberField
                label="It costs"
                unit="% of the price"
                minValue={1}
                maxValue={100}
                value={lateMove.feePercent}
                onChange={feePercent => move({ feePercent })}
                error={errorAt(problems, 'lateMove.feePercent')}
                className="w-48"
              />
            )}
          </div>
        )}
        {read.isError ? (
          <Banner tone="bad" role="alert">
            {failureOf(read.error).message}
          </Banner>
        ) : (
          <div aria-live="polite" className="rounded-control bg-sunken px-4 py-3">
            <p className="text-sm text-muted">Clients read</p>
            {read.data?.sentences ? (
              <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
                {read.data.sentences.map(sentence => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            ) : (
              <p className="mt-1 text-muted">
                {problems.length > 0 ? 'First put right what is marked above.' : '…'}
              </p>
            )}
          </div>
        )}
      </div>
    </Dialog>
  )
}
