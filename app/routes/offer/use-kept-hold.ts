import { type MutableRefObject, useEffect, useRef } from 'react'
import { useTRPCClient } from '../../api.ts'

/**
 * A hold that outlives its details, so that going back and forth doesn't lose the time, and is given back when the
 * visitor leaves the offer without booking: others can have the time at once.
 */
export function useKeptHold(): MutableRefObject<string | null> {
  const client = useTRPCClient()
  const kept = useRef<string | null>(null)
  useEffect(
    () => () => {
      if (kept.current) void client.holds.release.mutate({ hold: kept.current }).catch(() => {})
      kept.current = null
    },
    [client],
  )
  return kept
}
