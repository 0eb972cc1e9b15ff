import { useInfiniteQuery } from '@tanstack/react-query'
import { MessagesSquare, Send } from 'lucide-react'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { failureOf } from '../../../failure.ts'
import { type Post, PostRow, RemoveDialog } from './PostRow.tsx'
import type { Session } from './session.ts'
import { usePost } from './use-post.ts'

/** The chat with the updates in it; staff may remove what is written (291). */
export function Chat({ session }: { session: Session }) {
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const [removing, setRemoving] = useState<Post | null>(null)
  const { post, isPosting } = usePost(session.id)
  const client = useTRPCClient()
  const input = { sessionId: session.id }
  const list = useInfiniteQuery({
    queryKey: [...trpc.posts.list.queryKey(input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.posts.list.query({ ...input, ...(pageParam && { before: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
  })
  const posts = list.data?.pages.flatMap(page => page.posts)
  const hasChat = session.terms.chat

  async function send() {
    if (text.trim() !== '' && (await post(text.trim(), false))) setText('')
  }

  return (
    <Panel
      title={hasChat ? 'Chat' : 'Sent so far'}
      hint={
        hasChat ? 'Participants see what you write at once.' : 'The chat is off; switch it on under Terms.'
      }
    >
      {hasChat && session.state !== 'CANCELLED' && (
        <div className="mb-5 flex items-end gap-2">
          <TextField
            label="Write into the chat"
            isRequired
            rows={2}
            maxLength={4000}
            value={text}
            onChange={setText}
            onKeyDown={event => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
            }}
            className="flex-1"
          />
          <Button isPending={isPosting} isDisabled={text.trim() === ''} onPress={send} aria-label="Send">
            <Send aria-hidden="true" />
          </Button>
        </div>
      )}
      {list.error && !posts ? (
        <p role="alert" className="text-bad">
          {failureOf(list.error).message}
        </p>
      ) : !posts ? (
        <Skeleton className="h-24" />
      ) : posts.length === 0 ? (
        <EmptyState icon={MessagesSquare} title="Nothing is written yet" />
      ) : (
        <ol className="flex flex-col gap-4" aria-live="polite">
          {posts.map(one => (
            <PostRow key={one.id} post={one} onRemove={() => setRemoving(one)} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button
          size="small"
          className="mt-4"
          isPending={list.isFetchingNextPage}
          onPress={() => list.fetchNextPage()}
        >
          Show earlier ones
        </Button>
      )}
      {removing && <RemoveDialog post={removing} onClose={() => setRemoving(null)} />}
    </Panel>
  )
}
