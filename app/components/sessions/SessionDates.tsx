import { Time, TimeRange } from '../Time.tsx'

interface SessionDatesProps {
  dates: readonly { startsAt: string; endsAt: string }[]
  className?: string
}

/** All the dates of a session, each with its day and its times. */
export function SessionDates({ dates, className = '' }: SessionDatesProps) {
  const [only] = dates
  if (dates.length === 1 && only) {
    return (
      <span className={className}>
        <Time at={only.startsAt} as="day" className="block" />
        <TimeRange from={only.startsAt} to={only.endsAt} className="block" />
      </span>
    )
  }
  return (
    <ol className={`flex flex-col gap-1.5 ${className}`}>
      {dates.map(({ startsAt, endsAt }) => (
        <li key={startsAt} className="flex flex-wrap gap-x-3">
          <Time at={startsAt} as="day" className="min-w-[11rem]" />
          <TimeRange from={startsAt} to={endsAt} />
        </li>
      ))}
    </ol>
  )
}
