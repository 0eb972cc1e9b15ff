import { CircleAlert, CircleCheck, Clock } from 'lucide-react'
import type { Outputs } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'

export type PreviewedDate = Outputs['sessions']['manage']['preview']['dates'][number]

interface PreviewProps {
  /** Absent while the dates aren't known. */
  dates: readonly PreviewedDate[] | undefined
  zone: string
  /** Whether more follow those that are shown. */
  goesOn: boolean
  /** Whether a date that is taken is left out, where otherwise nothing could be made. */
  skipsTaken?: boolean
}

const shown = 24

/** The dates as they would be made, each with what stands in its way. */
export function Preview({ dates, zone, goesOn, skipsTaken = false }: PreviewProps) {
  if (!dates) {
    return (
      <div role="status" className="flex flex-col gap-2">
        <span className="sr-only">The dates are being checked.</span>
        <Skeleton className="h-6" />
        <Skeleton className="h-6" />
      </div>
    )
  }
  const more = dates.length - shown
  return (
    <>
      <ol className="flex flex-col divide-y divide-line">
        {dates.slice(0, shown).map(date => (
          <li key={date.startsAt} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <span className="min-w-64 flex-1">
              <Time at={date.startsAt} zone={zone} as="day" className="font-medium" />{' '}
              <TimeRange from={date.startsAt} to={date.endsAt} zone={zone} className="text-muted" />
            </span>
            <Standing date={date} skipsTaken={skipsTaken} />
          </li>
        ))}
      </ol>
      {(more > 0 || goesOn) && (
        <p className="mt-2 text-sm text-muted">
          {more > 0 ? `and ${more} more${goesOn ? ', and so on' : ''}` : 'and so on'}
        </p>
      )}
    </>
  )
}

function Standing({ date, skipsTaken }: { date: PreviewedDate; skipsTaken: boolean }) {
  if (date.conflicts.length > 0) {
    return (
      <span className="flex flex-wrap gap-1.5">
        {date.conflicts.map(conflict => (
          <Badge key={`${conflict.coachId}${conflict.startsAt}`} tone="bad" icon={CircleAlert}>
            {skipsTaken ? 'Left out' : 'Taken'}: {conflict.coachName}
          </Badge>
        ))}
      </span>
    )
  }
  if (date.outsideHours) {
    return (
      <Badge tone="wait" icon={Clock}>
        Outside the hours
      </Badge>
    )
  }
  return (
    <Badge tone="good" icon={CircleCheck}>
      Free
    </Badge>
  )
}
