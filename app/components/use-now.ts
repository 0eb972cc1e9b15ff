import { useEffect, useState } from 'react'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The present to the minute, in the browser only: what the server would write is old on arrival. */
export function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Milliseconds as somebody counts them who waits: `12 minutes`, `5 hours`, `3 days`. */
export function leftInWords(left: number): string {
  if (left < HOUR) return count(Math.max(1, Math.floor(left / MINUTE)), 'minute')
  if (left < 48 * HOUR) return count(Math.floor(left / HOUR), 'hour')
  return count(Math.floor(left / (24 * HOUR)), 'day')
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
