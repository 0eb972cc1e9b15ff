import { CircleAlert, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Time } from '../../../components/Time.tsx'
import { PostText } from './PostText.tsx'
import type { Unsent } from './use-chat.ts'
import type { Post } from './use-room.ts'

interface MessageProps {
  post: Post
  onRemove: () => void
}

/** One message of the chat; what was removed leaves a trace that says by whom. */
export function Message({ post, onRemove }: MessageProps) {
  const { author, mine, text, removedBy, at } = post
  const [isAsking, setAsking] = useState(false)
  return (
    <li className={`flex max-w-[88%] flex-col ${mine ? 'items-end self-end' : 'self-start'}`}>
      <p className="mb-0.5 flex flex-wrap items-center gap-x-2 px-1 text-sm text-muted">
        <span className="font-medium text-ink">{mine ? 'You' : author.name}</span>
        {author.isStaff && <Badge>Coach</Badge>}
        <Time at={at} />
      </p>
      <div
        className={`rounded-card px-3.5 py-2 ${mine ? 'bg-accent-soft' : 'bg-sunken'} ${text === null ? 'text-muted italic' : ''}`}
      >
        {text === null ? goneInWords(removedBy, mine) : <PostText text={text} />}
      </div>
      {mine && text !== null && (
        <div className="flex items-center gap-1">
          {isAsking ? (
            <>
              <span className="text-sm text-muted">Remove this message?</span>
              <Button size="small" variant="quiet" autoFocus onPress={onRemove}>
                Remove
              </Button>
              <Button size="small" variant="quiet" onPress={() => setAsking(false)}>
                Keep
              </Button>
            </>
          ) : (
            <Button
              size="small"
              variant="quiet"
              onPress={() => setAsking(true)}
              className="!px-2 text-muted"
              aria-label="Remove your message"
            >
              <Trash2 aria-hidden="true" />
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

function goneInWords(removedBy: Post['removedBy'], mine: boolean): string {
  if (removedBy === 'staff') return 'Removed by the coach'
  return mine ? 'You removed this message' : 'Removed by its author'
}

interface UnsentMessageProps {
  message: Unsent
  onAgain: () => void
  onDiscard: () => void
}

/** A message that is on its way, shown at once; one that didn't arrive can be sent again. */
export function UnsentMessage({ message: { text, problem }, onAgain, onDiscard }: UnsentMessageProps) {
  return (
    <li className="flex max-w-[88%] flex-col items-end self-end">
      <p className="mb-0.5 px-1 text-sm text-muted">
        <span className="font-medium text-ink">You</span> {problem === null && 'sending…'}
      </p>
      <div className={`rounded-card bg-accent-soft px-3.5 py-2 ${problem === null ? 'opacity-65' : ''}`}>
        <PostText text={text} />
      </div>
      {problem !== null && (
        <div role="alert" className="mt-1 flex flex-wrap items-center justify-end gap-x-1 text-sm text-bad">
          <CircleAlert aria-hidden="true" className="size-4" />
          <span>Not sent. {problem}</span>
          <Button size="small" variant="quiet" onPress={onAgain}>
            Send again
          </Button>
          <Button size="small" variant="quiet" onPress={onDiscard}>
            Discard
          </Button>
        </div>
      )}
    </li>
  )
}
