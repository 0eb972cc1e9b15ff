import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Megaphone, MessagesSquare, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Outputs, useTRPC, useTRPCClient } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Time } from '../../../components/Time.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import { confirmedOf, count, type Session } from './session.ts'

type Post = Outputs['posts']['list']['posts'][number]

/** What goes to everybody, and what participants say to each other. */
export function Messages({ session }: { session: Session }) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
      <UpdateForm session={session} />
      <Chat session={session} />
    </div>
  )
}

/** A message to all participants, by mail and on their page; asks before it goes out (294). */
function UpdateForm({ session }: { session: Session }) {
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const [isAsking, setAsking] = useState(false)
  const participants = useQuery(trpc.sessions.participants.queryOptions({ id: session.id })).data
  const told = participants && confirmedOf(participants).length
  const { post, isPosting } = usePost(session.id)

  return (
    <Panel
      title="Write to all"
      hint="Every confirmed participant gets it by e-mail, once, and sees it on their page."
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Your message"
          isRequired
          rows={5}
          maxLength={4000}
          value={text}
          onChange={setText}
        />
        <div>
          <Button
            variant="primary"
            isDisabled={text.trim() === '' || told === 0 || session.state === 'CANCELLED'}
            onPress={() => setAsking(true)}
          >
            <Megaphone aria-hidden="true" />
            {told === undefined ? 'Send to all' : `Send to ${count(told, 'participant')}`}
          </Button>
        </div>
        {told === 0 && <p className="text-sm text-muted">Nobody has a confirmed seat yet.</p>}
      </div>
      <Dialog
        role="alertdialog"
        title={`Send to ${count(told ?? 0, 'participant')}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>Not yet</Button>
            <Button
              variant="primary"
              isPending={isPosting}
              onPress={async () => {
                const sent = await post(text.trim(), true)
                setAsking(false)
                if (!sent) return
                setText('')
                toast({ text: `Sent to ${count(told ?? 0, 'participant')}.` })
              }}
            >
              Send
            </Button>
          </>
        }
      >
        <p className="whitespace-pre-line">{text.trim()}</p>
        <p className="mt-3 text-muted">A mail can’t be taken back.</p>
      </Dialog>
    </Panel>
  )
}

function usePost(sessionId: string) {
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

/** The chat with the updates in it; staff may remove what is written (291). */
function Chat({ session }: { session: Session }) {
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

function PostRow({ post, onRemove }: { post: Post; onRemove: () => void }) {
  const { author, at, text, isUpdate, removedBy } = post
  return (
    <li className="flex gap-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="font-medium">{author.name}</span>
          {isUpdate && (
            <Badge tone="info" icon={Megaphone}>
              To all
            </Badge>
          )}
          <span className="text-muted">
            <Time at={at} />
          </span>
        </p>
        {text === null ? (
          <p className="text-muted italic">
            Removed by {removedBy === 'staff' ? 'the coach’s side' : 'its author'}
          </p>
        ) : (
          <p className="whitespace-pre-line">{text}</p>
        )}
      </div>
      {text !== null && (
        <Button
          variant="quiet"
          size="small"
          aria-label={`Remove what ${author.name} wrote`}
          onPress={onRemove}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      )}
    </li>
  )
}

function RemoveDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.posts.remove.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: trpc.posts.pathKey() })
        toast({ text: 'Removed.' })
      },
      onError: error => toast({ text: failureOf(error).message, tone: 'bad' }),
      onSettled: onClose,
    }),
  )
  return (
    <Dialog
      role="alertdialog"
      title="Remove this message?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it</Button>
          <Button
            variant="danger"
            isPending={remove.isPending}
            onPress={() => remove.mutate({ id: post.id })}
          >
            Remove
          </Button>
        </>
      }
    >
      <p className="rounded-control bg-sunken px-4 py-3 whitespace-pre-line">{post.text}</p>
      <p className="mt-3 text-muted">
        Nobody sees it any more, for good; a line stays that says something was removed.
        {post.isUpdate && ' The mails that were sent stay where they are.'}
      </p>
    </Dialog>
  )
}
