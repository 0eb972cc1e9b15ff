import { Hourglass, TriangleAlert } from 'lucide-react'
import { Time } from './Time.tsx'
import { leftInWords, useNow } from './use-now.ts'

const soon = 3 * 3_600_000

/** By when something must be answered and how long that still is; it says when time is short. */
export function TimeLeft({ until, words = 'Answer by' }: { until: string; words?: string }) {
  const now = useNow()
  const left = now === null ? null : Date.parse(until) - now
  const isShort = left !== null && left < soon
  const Icon = isShort ? TriangleAlert : Hourglass
  return (
    <span
      className={`inline-flex items-center gap-1.5 text-sm ${isShort ? 'font-medium text-bad' : 'text-muted'}`}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <span>
        {words} <Time at={until} />
        {left !== null && ` · ${left > 0 ? `${leftInWords(left)} left` : 'time is up'}`}
      </span>
    </span>
  )
}
