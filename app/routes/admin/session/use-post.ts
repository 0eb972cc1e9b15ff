import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'

/** Writes to a session's participants: into the chat, or to all by mail as well. */
export function usePost(sessionId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(trpc.posts.create.mutationOptions())
  const [key, setKey] = useState(newKey)
  return {
    isPosting: create.isPending,
    /** Whether it was posted; a second try of the same never posts twice. */
    async post(text: string, isUpdate: boolean): Promise<boolean> {
      try {
        await create.mutateAsync({ sessionId, text, isUpdate, idempotencyKey: key })
      } catch (error) {
        toast({ text: failureOf(error).message, tone: 'bad' })
        return false
      }
      setKey(newKey())
      await queryClient.invalidateQueries({ queryKey: trpc.posts.pathKey() })
      return true
    },
  }
}
