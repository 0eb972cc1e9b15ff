import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '../../../api.ts'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import { type Post, type Room, useRoomPatch } from './use-room.ts'

/** A message that is on its way, or didn't arrive. */
export interface Unsent {
  key: string
  text: string
  /** Why it didn't arrive; null while it is on its way. */
  problem: string | null
}

/** The chat of a session: what was written, oldest first, what is on its way, and earlier pages on request (291). */
export function useChat(room: Room, token: string) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const handle = { token }
  const { patch, refresh } = useRoomPatch(token)
  const [unsent, setUnsent] = useState<Unsent[]>([])
  const [earlier, setEarlier] = useState<{ posts: Post[]; next: string | null } | null>(null)
  const next = earlier ? earlier.next : room.nextBefore

  const sending = useMutation({
    mutationFn: ({ key, text }: Unsent) => client.posts.create.mutate({ handle, text, idempotencyKey: key }),
    async onSuccess(_, { key }) {
      await refresh()
      setUnsent(before => before.filter(message => message.key !== key))
    },
    onError(error, { key }) {
      const problem = failureOf(error).message
      setUnsent(before => before.map(message => (message.key === key ? { ...message, problem } : message)))
    },
  })
  const removing = useMutation(
    trpc.posts.remove.mutationOptions({
      onMutate: ({ id }) => {
        const gone = (posts: Post[]) => posts.map(post => (post.id === id ? removed(post) : post))
        setEarlier(before => before && { ...before, posts: gone(before.posts) })
        return patch(before => ({ ...before, posts: gone(before.posts) }))
      },
      onError: (_, __, takeBack) => takeBack?.(),
      onSettled: refresh,
    }),
  )
  const looking = useMutation({
    mutationFn: (before: string) => client.posts.list.query({ handle, before }),
    onSuccess: page =>
      setEarlier(before => ({ posts: [...(before?.posts ?? []), ...page.posts], next: page.nextBefore })),
  })

  const newest = new Set(room.posts.map(({ id }) => id))
  const all = [...room.posts, ...(earlier?.posts ?? []).filter(({ id }) => !newest.has(id))]
  return {
    posts: all.filter(({ isUpdate }) => !isUpdate).reverse(),
    unsent,
    send(text: string) {
      const message = { key: newKey(), text, problem: null }
      setUnsent(before => [...before, message])
      sending.mutate(message)
    },
    sendAgain(message: Unsent) {
      const again = { ...message, problem: null }
      setUnsent(before => before.map(each => (each.key === message.key ? again : each)))
      sending.mutate(again)
    },
    discard: (key: string) => setUnsent(before => before.filter(message => message.key !== key)),
    remove: (id: string) => removing.mutate({ id, handle }),
    removeProblem: removing.isError ? failureOf(removing.error).message : null,
    showEarlier: next === null ? null : () => looking.mutate(next),
    isLooking: looking.isPending,
  }
}

function removed(post: Post): Post {
  return { ...post, text: null, removedBy: 'author' }
}
