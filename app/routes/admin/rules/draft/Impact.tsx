import { Link } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { CalendarCheck, CalendarX2 } from 'lucide-react'
import { type Inputs, useTRPC } from '../../../../api.ts'
import { Spinner } from '../../../../components/Spinner.tsx'
import { Time } from '../../../../components/Time.tsx'
import { failureOf } from '../../../../failure.ts'

interface ImpactProps {
  change: Inputs['policies']['impact']['change']
}

/** The bookings to come that would no longer fit, each with why; nothing happens to them by itself. */
export function Impact({ change }: ImpactProps) {
  const trpc = useTRPC()
  const { data, error, isPending } = useQuery({ ...trpc.policies.impact.queryOptions({ change }), gcTime: 0 })

  if (isPending) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <Spinner />
        Looking at the bookings to come…
      </p>
    )
  }
  if (error) return <p className="text-bad">{failureOf(error).message}</p>
  const { affected } = data
  if (affected.length === 0) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <CalendarCheck aria-hidden="true" className="size-5 shrink-0" />
        All bookings to come still fit.
      </p>
    )
  }
  return (
    <section aria-labelledby="impact">
      <h3 id="impact" className="flex items-center gap-2 text-base">
        <CalendarX2 aria-hidden="true" className="size-5 shrink-0 text-wait" />
        {affected.length === 1 ? 'One booking' : `${affected.length} bookings`} to come would no longer fit
      </h3>
      <p className="mt-1 text-sm text-muted">
        They stay as they are. Open one to propose another time or cancel it.
      </p>
      <ul className="mt-2 flex max-h-64 flex-col gap-2 overflow-y-auto">
        {affected.map(({ bookingId, sessionId, startsAt, coach, offerTitle, clientName, reasons }) => (
          <li
            key={bookingId ?? sessionId}
            className="rounded-control border border-line px-3 py-2 text-[0.9375rem]"
          >
            <Link
              to={bookingId ? `/admin/bookings/${bookingId}` : `/admin/sessions/${sessionId}`}
              target="_blank"
            >
              {clientName ?? offerTitle}, <Time at={startsAt} />
              <span className="sr-only"> (opens a new tab)</span>
            </Link>
            <p className="text-muted">
              {offerTitle} with {coach.name}. {reasons.map(({ sentence }) => sentence).join(' ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
