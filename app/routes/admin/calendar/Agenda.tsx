import { Link } from '@remix-run/react'
import { CalendarDays, MoveRight, UsersRound } from 'lucide-react'
import { useMemo } from 'react'
import type { Outputs } from '../../../api.ts'
import { Badge, StatusBadge } from '../../../components/Badge.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { localDateIn } from '../../../formats.ts'
import { useView } from '../../../view.tsx'
import { sessionInWords, sessionTitle, type WeekBooking, type WeekSession } from './entries.ts'

interface AgendaProps {
  week: Outputs['calendar']['week']
  coaches: { id: string; name: string }[]
}

/** The week's bookings and sessions as a list, day by day: for phones, and for whom a grid says little. */
export function Agenda({ week, coaches }: AgendaProps) {
  const { zone } = useView()
  const days = useMemo(() => byDay([...week.bookings, ...week.sessions], zone), [week, zone])
  const coachOf = (ids: readonly string[]) =>
    coaches.length > 1
      ? coaches
          .filter(({ id }) => ids.includes(id))
          .map(({ name }) => name)
          .join(', ')
      : undefined
  if (days.length === 0) {
    return (
      <Card className="">
        <EmptyState icon={CalendarDays} title="No bookings this week">
          Share your booking page, and what is booked appears here by itself.
        </EmptyState>
      </Card>
    )
  }
  return (
    <div className="flex flex-col gap-6">
      {days.map(([date, entries]) => (
        <section key={date} aria-labelledby={`day-${date}`}>
          <h3 id={`day-${date}`} className="mb-2 text-base">
            <Time at={entries[0]!.startsAt} as="day" />
          </h3>
          <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-card border border-line bg-surface shadow-card">
            {entries.map(entry => (
              <li key={`${entry.id}${entry.startsAt}`}>
                {'clientName' in entry ? (
                  <AgendaLine booking={entry} coach={coachOf([entry.coachId])} />
                ) : (
                  <SessionLine session={entry} coach={coachOf(entry.coachIds)} />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

type Entry = WeekBooking | WeekSession

function byDay(entries: readonly Entry[], zone: string): [string, Entry[]][] {
  const inOrder = entries.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  return [...Map.groupBy(inOrder, ({ startsAt }) => localDateIn(startsAt, zone))]
}

function AgendaLine({ booking, coach }: { booking: WeekBooking; coach: string | undefined }) {
  const { id, startsAt, endsAt, status, clientName, offerTitle, move } = booking
  return (
    <Link
      to={`/admin/bookings/${id}`}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-ground"
    >
      <TimeRange from={startsAt} to={endsAt} className="w-28 font-medium" />
      <span className="min-w-40 flex-1">
        <span className="block font-medium">{clientName}</span>
        <span className="block text-sm text-muted">
          {offerTitle}
          {coach && ` with ${coach}`}
        </span>
        {move && (
          <span className="flex items-center gap-1 text-sm text-wait">
            <MoveRight aria-hidden="true" className="size-4" />
            <span>
              Would like to move to <Time at={move.startsAt} />
            </span>
          </span>
        )}
      </span>
      <StatusBadge status={status} />
    </Link>
  )
}

function SessionLine({ session, coach }: { session: WeekSession; coach: string | undefined }) {
  const { id, startsAt, endsAt } = session
  return (
    <Link
      to={`/admin/sessions/${id}`}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-ground"
    >
      <TimeRange from={startsAt} to={endsAt} className="w-28 font-medium" />
      <span className="min-w-40 flex-1">
        <span className="block font-medium">{sessionTitle(session)}</span>
        {coach && <span className="block text-sm text-muted">with {coach}</span>}
      </span>
      <Badge tone="info" icon={UsersRound}>
        {sessionInWords(session)}
      </Badge>
    </Link>
  )
}
