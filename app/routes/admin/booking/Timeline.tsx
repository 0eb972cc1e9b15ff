import { Mail } from 'lucide-react'
import { Badge } from '../../../components/Badge.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import type { Tone } from '../../../components/tones.ts'
import type { BookingTimeline } from './route.tsx'

/** Everything that happened to the booking, the newest first (061). */
export function Timeline({ events }: Pick<BookingTimeline, 'events'>) {
  return (
    <Panel title="What happened">
      <ol className="flex flex-col gap-4 border-l-2 border-line pl-5">
        {events
          .toSorted((a, b) => b.at.localeCompare(a.at))
          .map(({ at, name, sentence, actor }) => (
            <li
              key={`${at} ${name}`}
              className="relative before:absolute before:top-2 before:-left-[1.625rem] before:size-2.5 before:rounded-full before:border-2 before:border-surface before:bg-line-strong first:before:bg-accent-ink"
            >
              <p>{sentence}</p>
              <p className="text-sm text-muted">
                <Time at={at} />
                {actor && ` · ${actor}`}
              </p>
            </li>
          ))}
      </ol>
    </Panel>
  )
}

type Message = BookingTimeline['messages'][number]

const states: Record<Message['state'], { words: string; tone: Tone }> = {
  queued: { words: 'Planned', tone: 'info' },
  sent: { words: 'Sent', tone: 'good' },
  failed: { words: 'Failed', tone: 'bad' },
  skipped: { words: 'Not needed', tone: 'plain' },
}

/** Who was or will be told what (055). */
export function Messages({ messages }: Pick<BookingTimeline, 'messages'>) {
  return (
    <Panel title="Messages">
      {messages.length === 0 ? (
        <p className="text-muted">None so far.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {messages.map(message => (
            <li
              key={`${message.type} ${message.recipient} ${message.dueAt}`}
              className="flex items-start gap-3 py-3 first:pt-0 last:pb-0"
            >
              <Mail aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <p>{messageWords(message.type)}</p>
                <p className="text-sm break-words text-muted">
                  to {message.recipient}, <Time at={message.sentAt ?? message.dueAt} />
                </p>
              </div>
              <Badge tone={states[message.state].tone}>{states[message.state].words}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** `booking_confirmed` → `Booking confirmed` */
function messageWords(type: string): string {
  const words = type.replaceAll(/[._-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
