import { useMutation } from '@tanstack/react-query'
import { Copy, TriangleAlert, Video } from 'lucide-react'
import { Badge } from '../../../components/Badge.tsx'
import { Button, buttonLook } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { toast } from '../../../components/toasts.tsx'
import type { Session } from './session.ts'

/** Where people meet by video, and whether that stands. */
export function Room({ session }: { session: Session }) {
  const { room, format, state } = session
  const copy = useMutation({
    mutationFn: () =>
      navigator.clipboard.writeText(new URL(`/admin/sessions/${session.id}/join`, location.href).href),
    onSuccess: () => toast({ text: 'The link is copied.' }),
    onError: () =>
      toast({
        text: 'Your browser doesn’t let pages copy. Open the link and copy its address.',
        tone: 'bad',
      }),
  })
  if (format === 'in_person' || state === 'CANCELLED') return null
  return (
    <Panel title="Video room" hint="Participants get a link of their own, in their mails and on their page.">
      {room?.state === 'failed' && (
        <p className="mb-3 flex items-start gap-2 text-bad">
          <TriangleAlert aria-hidden="true" className="mt-1 size-4 shrink-0" />
          <span>
            The room couldn’t be made{room.lastError ? `: ${room.lastError}` : '.'} It is tried again by
            itself.
          </span>
        </p>
      )}
      {room?.state === 'ready' ? (
        <div className="flex flex-wrap gap-2">
          <a
            href={`/admin/sessions/${session.id}/join`}
            target="_blank"
            rel="noreferrer"
            className={buttonLook({ variant: 'primary' })}
          >
            <Video aria-hidden="true" />
            Open the room<span className="sr-only"> (opens a new tab)</span>
          </a>
          <Button onPress={() => copy.mutate()}>
            <Copy aria-hidden="true" />
            Copy your link
          </Button>
        </div>
      ) : (
        room?.state !== 'failed' && <Waiting session={session} />
      )}
    </Panel>
  )
}

/** Rooms are made for sessions that will be held, and that somebody comes to. */
function Waiting({ session: { minimum, capacity } }: { session: Session }) {
  if (capacity.booked === 0) return <p className="text-muted">It is made when the first seat is booked.</p>
  if (minimum && !minimum.decided)
    return <p className="text-muted">It is made once the session is certain to be held.</p>
  return <Badge tone="wait">The room is being made</Badge>
}
