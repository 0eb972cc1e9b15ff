import { Hourglass, TimerOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Spinner } from '../Spinner.tsx'

/** How it stands with a hold of what is being booked. */
export type HoldStanding =
  /** Nothing is held until somebody begins to fill in the form. */
  | { is: 'waiting' }
  | { is: 'placing' }
  | { is: 'held'; hold: { expiresAt: string } }
  /** The hold ran out; what it held may still be free. */
  | { is: 'expired' }
  /** It couldn't be held just now, but may be booked. */
  | { is: 'open'; message: string }
  /** It can't be booked any more. */
  | { is: 'lost' }

interface HoldClockProps {
  state: HoldStanding
  /** What is held: `this time`, `2 seats`. */
  what: string
}

/** How long it is still held, or what it means that it isn't. */
export function HoldClock({ state, what }: HoldClockProps) {
  if (state.is === 'lost') return null
  if (state.is === 'waiting') {
    return (
      <p className={`${look} text-muted`}>
        <Hourglass aria-hidden="true" className="size-4 shrink-0" /> We hold {what} for ten minutes while you
        fill this in.
      </p>
    )
  }
  if (state.is === 'placing') {
    return (
      <p role="status" className={`${look} text-muted`}>
        <Spinner /> Holding {what} for you…
      </p>
    )
  }
  if (state.is === 'held') return <Countdown until={state.hold.expiresAt} />
  return (
    <p role="status" className={`${look} text-wait`}>
      <TimerOff aria-hidden="true" className="size-4 shrink-0" />
      {state.is === 'expired'
        ? `Your ten minutes are over, so others may book ${what} now. What you typed is safe; you can still book while it’s free.`
        : state.message}
    </p>
  )
}

function Countdown({ until }: { until: string }) {
  const [left, setLeft] = useState(() => secondsUntil(until))

  useEffect(() => {
    setLeft(secondsUntil(until))
    const timer = setInterval(() => setLeft(secondsUntil(until)), 1000)
    return () => clearInterval(timer)
  }, [until])

  return (
    <div className={`${look} text-muted`}>
      <Hourglass aria-hidden="true" className="size-4 shrink-0" />
      <span>
        Held for you for{' '}
        <span role="timer" className="font-semibold text-ink tabular" suppressHydrationWarning>
          {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
        </span>
      </span>
      <span role="status" className="sr-only">
        {left > 0 && left <= 120 ? 'Less than two minutes left' : ''}
      </span>
    </div>
  )
}

/** A clock that is wrong by minutes must not promise more than the ten there are. */
function secondsUntil(instant: string): number {
  return Math.min(600, Math.max(0, Math.round((Date.parse(instant) - Date.now()) / 1000)))
}

const look = 'flex items-start gap-2 text-sm [&>svg]:mt-0.5'
