import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../../api.ts'
import { toast } from '../../../../components/toasts.tsx'
import { failureOf } from '../../../../failure.ts'
import { useLive } from '../../../../live.ts'
import type { CurrentPolicy, Document, DraftPolicy, Rule } from '../policy.ts'
import { offerUndo } from './undo.ts'

export interface PolicyOnHand {
  current: CurrentPolicy
  /** What the member is working on; null for nothing. */
  draft: DraftPolicy | null
}

/** The rules that hold and the member's own draft, kept up to date. */
export function usePolicy(loaded: PolicyOnHand): Policy {
  const trpc = useTRPC()
  const of = { current: trpc.policies.current.queryOptions(), draft: trpc.policies.draft.queryOptions() }
  const current = useQuery({ ...of.current, initialData: loaded.current }).data
  const { draft } = useQuery({ ...of.draft, initialData: { draft: loaded.draft } }).data
  useLive(['tenant'], [of.current.queryKey, of.draft.queryKey])
  return { current, draft, ...useDraftChanges({ current, draft }) }
}

/** A policy on hand, and the way to change it. */
export type Policy = PolicyOnHand & DraftChanges

interface DraftChanges {
  /** Keeps the rules as changed in the draft, and says so with a way back. Answers whether it could. */
  change: (make: (document: Document) => Document, said: string) => Promise<boolean>
  isSaving: boolean
}

function useDraftChanges({ current, draft }: PolicyOnHand): DraftChanges {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const save = useMutation(trpc.policies.saveDraft.mutationOptions())
  const discard = useMutation(trpc.policies.discardDraft.mutationOptions())
  const { queryKey } = trpc.policies.draft.queryOptions()
  const before = documentOf(draft ?? current)
  const basedOn = draft?.basedOn ?? current.version

  async function put(document: Document) {
    const kept = await save.mutateAsync({ basedOn, document })
    if (kept.draft.diff.changes === 0) return drop()
    queryClient.setQueryData(queryKey, kept)
  }

  async function drop() {
    await discard.mutateAsync()
    queryClient.setQueryData(queryKey, { draft: null })
  }

  async function undo() {
    try {
      await (draft ? put(before) : drop())
    } catch (error) {
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
  }

  return {
    isSaving: save.isPending || discard.isPending,
    async change(make, said) {
      try {
        await put(make(before))
        offerUndo(said, () => void undo())
        return true
      } catch (error) {
        toast({ text: failureOf(error).message, tone: 'bad' })
        return false
      }
    },
  }
}

function documentOf({ rules, cancellation }: PolicyOnHand['current'] | DraftPolicy): Document {
  return { rules: rules.map(({ rule }) => rule), cancellation: cancellation.map(({ rule }) => rule) }
}

/** The rules with this one in the place of the one with its id, or at the end. */
export function withRule({ rules, cancellation }: Document, rule: Rule): Document {
  const isThere = rules.some(({ id }) => id === rule.id)
  return {
    rules: isThere ? rules.map(each => (each.id === rule.id ? rule : each)) : [...rules, rule],
    cancellation,
  }
}

export function withoutRule({ rules, cancellation }: Document, id: string): Document {
  return { rules: rules.filter(rule => rule.id !== id), cancellation }
}
