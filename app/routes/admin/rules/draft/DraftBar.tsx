import { useLocation } from '@remix-run/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FilePenLine } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { Button, LinkButton } from '../../../../components/Button.tsx'
import { toast } from '../../../../components/toasts.tsx'
import { failureOf } from '../../../../failure.ts'
import { useAftermath } from '../../impact/use-aftermath.tsx'
import { places } from '../places.ts'
import type { DraftPolicy } from '../policy.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { offerUndo, withdrawUndo } from './undo.ts'
import type { Policy } from './use-policy.ts'

/** What to do with the draft, in view as long as there is one. */
export function DraftBar({ policy: { draft } }: { policy: Pick<Policy, 'draft'> }) {
  const [isReviewing, setReviewing] = useState(false)
  const aftermath = useAftermath()
  return (
    <>
      <div role="status" className="sticky bottom-20 z-20 mt-6 flex flex-col gap-3 lg:bottom-4">
        {draft && <Bar draft={draft} onReview={() => setReviewing(true)} />}
      </div>
      {draft && isReviewing && (
        <PublishDialog
          draft={draft}
          onClose={() => setReviewing(false)}
          onPublished={({ affected, plan }) => void aftermath.carryOut(affected, plan)}
        />
      )}
      {aftermath.dialog}
    </>
  )
}

function Bar({ draft, onReview }: { draft: DraftPolicy; onReview: () => void }) {
  const { pathname } = useLocation()
  const { discard, isDiscarding } = useDiscard(draft)
  const { changes } = draft.diff
  const trying = places.filter(({ isForDraft, to }) => isForDraft && to !== pathname)

  return (
    <>
      {draft.meanwhile.length > 0 && <Meanwhile draft={draft} />}
      <div className="flex animate-enter flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-surface p-3 pl-5 shadow-raised">
        <p className="flex items-center gap-2 text-muted">
          <FilePenLine aria-hidden="true" className="size-5 shrink-0" />
          Draft saved · {changes} {changes === 1 ? 'change' : 'changes'}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button variant="quiet" onPress={discard} isDisabled={isDiscarding}>
            Discard
          </Button>
          {trying.map(({ to, label }) => (
            <LinkButton key={to} to={to} className="max-sm:hidden">
              {label}
            </LinkButton>
          ))}
          <Button variant="primary" onPress={onReview}>
            Review and publish
          </Button>
        </div>
      </div>
    </>
  )
}

/** Throws the draft away at once, with a way back. */
function useDiscard({ basedOn, rules, cancellation }: DraftPolicy) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { queryKey } = trpc.policies.draft.queryOptions()
  const discard = useMutation(trpc.policies.discardDraft.mutationOptions())
  const save = useMutation(trpc.policies.saveDraft.mutationOptions())
  const document = {
    rules: rules.map(({ rule }) => rule),
    cancellation: cancellation.map(({ rule }) => rule),
  }

  async function bringBack() {
    try {
      queryClient.setQueryData(queryKey, await save.mutateAsync({ basedOn, document }))
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
  }

  return {
    isDiscarding: discard.isPending,
    async discard() {
      try {
        await discard.mutateAsync()
        queryClient.setQueryData(queryKey, { draft: null })
        offerUndo('Your draft is discarded. What was published stays.', () => void bringBack())
      } catch (error) {
        toast({ text: failureOf(error).message, tone: 'bad' })
      }
    },
  }
}

/** Somebody else published while this draft was made: it is carried over, so that it doesn't undo what they did. */
function Meanwhile({ draft }: { draft: DraftPolicy }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { queryKey } = trpc.policies.draft.queryOptions()
  const rebase = useMutation(trpc.policies.rebaseDraft.mutationOptions())
  const authors = [...new Set(draft.meanwhile.map(({ author }) => author?.name ?? 'Somebody'))].join(' and ')

  async function carryOver() {
    try {
      queryClient.setQueryData(queryKey, await rebase.mutateAsync())
      withdrawUndo()
      toast({ text: 'Your changes now stand on the rules as they are.' })
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
  }

  return (
    <Banner
      tone="wait"
      title={`${authors} published other rules meanwhile`}
      className="shadow-raised"
      actions={
        <>
          <LinkButton to="/admin/rules/history" size="small">
            See what changed
          </LinkButton>
          <Button size="small" variant="primary" isPending={rebase.isPending} onPress={carryOver}>
            Take theirs into my draft
          </Button>
        </>
      }
    >
      Take them into your draft before you publish. What you changed stays changed.
    </Banner>
  )
}
