import { Hourglass, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Time } from './Time.tsx'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const soon = 3 * HOUR

/** By when something must be answered and how long that still is; it says when time is short. */
export function TimeLeft({ until }: { until: string }) {
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
        Answer by <Time at={until} />
        {left !== null && ` · ${left > 0 ? `${timeInWords(left)} left` : 'time is up'}`}
      </span>
    </span>
  )
}

/** The present to the minute, in the browser only: what the server would write is old on arrival. */
function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

function timeInWords(left: number): string {
  if (left < HOUR) return count(Math.max(1, Math.floor(left / MINUTE)), 'minute')
  if (left < 48 * HOUR) return count(Math.floor(left / HOUR), 'hour')
  return count(Math.floor(left / (24 * HOUR)), 'day')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
