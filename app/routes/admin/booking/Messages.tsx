import { Bell, Mail, MessageSquare, Smartphone } from 'lucide-react'
import { Badge } from '../../../components/Badge.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import type { Tone } from '../../../components/tones.ts'
import type { BookingTimeline } from './route.tsx'

type Message = BookingTimeline['messages'][number]

const states: Record<Message['state'], { words: string; tone: Tone }> = {
  queued: { words: 'planned', tone: 'info' },
  sent: { words: 'sent', tone: 'good' },
  failed: { words: 'failed', tone: 'bad' },
  skipped: { words: 'not sent', tone: 'plain' },
}

const channels = {
  email: { words: 'E-mail', icon: Mail },
  in_app: { words: 'In the app', icon: Bell },
  push: { words: 'Push', icon: Smartphone },
  sms: { words: 'SMS', icon: MessageSquare },
}

/** Who was or will be told what, and by which way (055). Whoever takes no push messages isn't told so. */
export function Messages({ messages }: Pick<BookingTimeline, 'messages'>) {
  const shown = messages.filter(({ channel, state }) => channel !== 'push' || state !== 'skipped')
  const told = [...Map.groupBy(shown, ({ type, recipient, dueAt }) => `${type} ${recipient} ${dueAt}`)]
  return (
    <Panel title="Messages">
      {told.length === 0 ? (
        <p className="text-muted">None so far.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {told.map(([key, ways]) => (
            <Told key={key} ways={ways} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** One message, by all the ways it takes. */
function Told({ ways }: { ways: Message[] }) {
  const { type, recipient, dueAt } = ways[0]!
  const sentAt = ways.find(way => way.sentAt !== null)?.sentAt
  const reasons = new Set(
    ways.flatMap(({ state, reason }) => (state !== 'skipped' && reason ? [reason] : [])),
  )
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <p>
        {inWords(type)} <span className="text-muted">to {recipient}</span>
      </p>
      <p className="text-sm text-muted">
        <Time at={sentAt ?? dueAt} />
      </p>
      <p className="mt-1.5 flex flex-wrap gap-1.5">
        {ways.map(({ id, channel, state }) => (
          <Badge key={id} tone={toneOf(channel, state)} icon={channels[channel].icon}>
            {channels[channel].words} {states[state].words}
          </Badge>
        ))}
      </p>
      {[...reasons].map(reason => (
        <p key={reason} className="mt-1 text-sm text-bad">
          {reason}
        </p>
      ))}
    </li>
  )
}

/** What merely shows in the app is no news beside a mail, unless it failed. */
function toneOf(channel: Message['channel'], state: Message['state']): Tone {
  return channel === 'in_app' && state !== 'failed' ? 'plain' : states[state].tone
}

/** `booking_confirmed` → `Booking confirmed` */
function inWords(type: string): string {
  const words = type.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
