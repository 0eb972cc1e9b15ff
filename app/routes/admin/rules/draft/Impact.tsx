import { useQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../../api.ts'
import { Spinner } from '../../../../components/Spinner.tsx'
import { failureOf } from '../../../../failure.ts'
import { type Affected, AffectedList, type Plan } from '../../impact/AffectedList.tsx'
import { nothingPlanned } from '../../impact/use-aftermath.tsx'
import type { Change } from '../../impact/use-impact.tsx'

/** Which bookings to come a change would leave not fitting, and what its author wants done about each. */
export interface Foreseen {
  affected: readonly Affected[]
  plan: Plan
}

/** Looks for the bookings that would no longer fit, as soon as somebody is about to make the change. */
export function useForeseen(change: Change) {
  const trpc = useTRPC()
  const [plan, setPlan] = useState(nothingPlanned)
  const { data, error } = useQuery({
    ...trpc.policies.impact.queryOptions({ change }),
    staleTime: 0,
    gcTime: 0,
  })
  const foreseen: Foreseen = { affected: data?.affected ?? [], plan }
  return { foreseen, isKnown: data !== undefined, failure: error && failureOf(error).message, setPlan }
}

/** The bookings to come that would no longer fit, each with why; nothing happens to them by itself. */
export function Impact({ foreseen, isKnown, failure, setPlan }: ReturnType<typeof useForeseen>) {
  if (failure) return <p className="text-bad">{failure}</p>
  if (!isKnown) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <Spinner />
        Looking at the bookings to come…
      </p>
    )
  }
  if (foreseen.affected.length > 0) return <AffectedList {...foreseen} onChange={setPlan} />
  return (
    <p className="flex items-center gap-2 text-muted">
      <CalendarCheck aria-hidden="true" className="size-5 shrink-0" />
      All bookings to come still fit.
    </p>
  )
}
