import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Outputs, useTRPC, useTRPCClient } from '../../api.ts'
import { type Failure, failureOf } from '../../failure.ts'
import { useView } from '../../view.tsx'
import type { OtherSession } from './OtherSessions.tsx'
import type { Seats } from './use-seats.ts'

export type SeatHold = Outputs['holds']['place']

export type SeatHoldState =
  | { is: 'waiting' }
  | { is: 'placing' }
  | { is: 'held'; hold: SeatHold; seats: number }
  | { is: 'expired' }
  /** They couldn't be held just now, but may be booked. */
  | { is: 'open'; message: string }
  /** So many can't be had; `instead` are other sessions of the offer. */
  | { is: 'lost'; message: string; code: string; instead: OtherSession[] }

interface Asked extends Seats {
  sessionId: string
  invite: string | null
  /** Whether the visitor has begun to book: looking alone holds nothing. */
  hasBegun: boolean
}

/** A pause after the last press of a stepper, ms, so that not each number on the way is held. */
const settled = 350

/** Holds the seats from the moment that somebody begins to book them, for ten minutes (Q5). */
export function useSeatHold({ sessionId, seats, mode, invite, hasBegun }: Asked) {
  const trpc = useTRPC()
  const { zone } = useView()
  const client = useTRPCClient()
  const [state, setState] = useState<SeatHoldState>({ is: 'waiting' })
  const { mutateAsync } = useMutation(trpc.holds.place.mutationOptions())
  const kept = useRef<string | null>(null)

  useEffect(() => {
    if (!hasBegun) return
    let isCurrent = true
    setState({ is: 'placing' })
    const timer = setTimeout(() => {
      mutateAsync({
        sessionId,
        seats,
        timeZone: zone,
        ...(mode && { mode }),
        ...(invite && { invite }),
      }).then(
        hold => {
          kept.current = hold.hold
          if (isCurrent) setState({ is: 'held', hold, seats })
        },
        error => isCurrent && setState(afterFailure(failureOf(error))),
      )
    }, settled)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [mutateAsync, hasBegun, sessionId, seats, mode, invite, zone])

  useEffect(() => {
    if (state.is !== 'held') return
    const until = Date.parse(state.hold.expiresAt) - Date.now()
    const timer = setTimeout(() => setState({ is: 'expired' }), until)
    return () => clearTimeout(timer)
  }, [state])

  // Whoever leaves without booking gives the seats back at once.
  useEffect(
    () => () => {
      if (kept.current) void client.holds.release.mutate({ hold: kept.current }).catch(() => {})
      kept.current = null
    },
    [client],
  )

  return {
    state,
    lose: (failure: Failure) => setState(afterFailure(failure)),
    /** The hold has become a booking: there is nothing left to give back. */
    spend: () => {
      kept.current = null
    },
  }
}

/** Too many holds, or no connection, don't keep anybody from booking; any other refusal is about the seats. */
function afterFailure(failure: Failure): SeatHoldState {
  const { status, message, code, data } = failure
  if (status === 429 || status === null || status >= 500) return { is: 'open', message }
  const instead = Array.isArray(data.sessions) ? (data.sessions as OtherSession[]) : []
  return { is: 'lost', message, code, instead }
}
