import type { Formats } from '../formats.ts'
import { useView } from '../view.tsx'

interface TimeProps {
  /** ISO instant. */
  at: string
  /** Which words of `Formats`: `09:30`, `Tuesday, 9 March`, … */
  as?: 'time' | 'day' | 'shortDay' | 'moment' | 'date'
  /** Another zone than the viewer's. */
  zone?: string
  className?: string
}

/**
 * An instant in words, in the viewer's zone. Server and browser may differ in a comma of their locale data, so
 * what the server wrote stays.
 */
export function Time({ at, as = 'moment', zone, className }: TimeProps) {
  const { formats } = useView()
  const words: Formats = zone ? formats.in(zone) : formats
  return (
    <time dateTime={at} className={className} suppressHydrationWarning>
      {words[as](at)}
    </time>
  )
}

interface TimeRangeProps {
  from: string
  to: string
  zone?: string
  className?: string
}

/** `09:30 – 10:15` in the viewer's zone. */
export function TimeRange({ from, to, zone, className }: TimeRangeProps) {
  const { formats } = useView()
  const words = zone ? formats.in(zone) : formats
  return (
    <time dateTime={from} className={className} suppressHydrationWarning>
      {words.timeRange(from, to)}
    </time>
  )
}
