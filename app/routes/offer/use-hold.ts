import { useMutation } from '@tanstack/react-query'
import { type MutableRefObject, useEffect, useState } from 'react'
import { type Outputs, useTRPC } from '../../api.ts'
import { type Alternative, alternativesIn } from '../../components/Alternatives.tsx'
import { type Failure, failureOf } from '../../failure.ts'
import { useView } from '../../view.tsx'

export type Hold = Outputs['holds']['place']

export type HoldState =
  | { is: 'placing' }
  | { is: 'held'; hold: Hold }
  /** The hold ran out; the time may still be free. */
  | { is: 'expired'; hold: Hold }
  /** It couldn't be held just now, but may be booked. */
  | { is: 'open'; message: string }
  /** It can't be booked any more. */
  | { is: 'lost'; message: string; alternatives: Alternative[] }

interface Wanted {
  offer: string
  coachId: string | null
  startsAt: string
  invite: string | null
  /** Where the hold is remembered beyond the details: see `useKeptHold`. */
  kept: MutableRefObject<string | null>
}

/** Holds a time from the moment its details are open, for ten minutes (Q5), and says how that stands. */
export function useHold({ offer, coachId, startsAt, invite, kept }: Wanted) {
  const trpc = useTRPC()
  const { zone } = useView()
  const [state, setState] = useState<HoldState>({ is: 'placing' })
  const { mutateAsync } = useMutation(trpc.holds.place.mutationOptions())

  useEffect(() => {
    let isCurrent = true
    setState({ is: 'placing' })
    mutateAsync({
      offer,
      startsAt,
      timeZone: zone,
      ...(coachId && { coachId }),
      ...(invite && { invite }),
    }).then(
      hold => {
        kept.current = hold.hold
        if (isCurrent) setState({ is: 'held', hold })
      },
      error => isCurrent && setState(afterFailure(failureOf(error))),
    )
    return () => {
      isCurrent = false
    }
  }, [mutateAsync, kept, offer, coachId, startsAt, invite, zone])

  useEffect(() => {
    if (state.is !== 'held') return
    const { hold } = state
    const timer = setTimeout(() => setState({ is: 'expired', hold }), Date.parse(hold.expiresAt) - Date.now())
    return () => clearTimeout(timer)
  }, [state])

  return { state, lose: (failure: Failure) => setState(afterFailure(failure)) }
}

/** Too many holds, or no connection, don't keep anybody from booking; any other refusal is about the time. */
function afterFailure(failure: Failure): HoldState {
  if (failure.status === 429 || failure.status === null || failure.status >= 500) {
    return { is: 'open', message: failure.message }
  }
  return { is: 'lost', message: failure.message, alternatives: alternativesIn(failure) }
}
