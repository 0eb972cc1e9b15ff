import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import type { BookingTimeline } from './route.tsx'

/** Everything that happened to the booking, the newest first (061). */
export function Timeline({ events }: Pick<BookingTimeline, 'events'>) {
  return (
    <Panel title="What happened">
      <ol className="flex flex-col gap-4 border-l-2 border-line pl-5">
        {events.toReversed().map(({ id, at, sentence, actor }) => (
          <li
            key={id}
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
