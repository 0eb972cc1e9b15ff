import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Megaphone, Trash2 } from 'lucide-react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Time } from '../../../components/Time.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'

export type Post = Outputs['posts']['list']['posts'][number]

export function PostRow({ post, onRemove }: { post: Post; onRemove: () => void }) {
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

export function RemoveDialog({ post, onClose }: { post: Post; onClose: () => void }) {
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
