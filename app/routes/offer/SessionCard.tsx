import { Link } from '@remix-run/react'
import { ArrowRight, MapPin, User, Video } from 'lucide-react'
import { Badge } from '../../components/Badge.tsx'
import { Money } from '../../components/Money.tsx'
import { MinimumNote } from '../../components/sessions/MinimumNote.tsx'
import { PhaseNote } from '../../components/sessions/PhaseNote.tsx'
import { placeInWords } from '../../components/sessions/Place.tsx'
import { SeatsLeft } from '../../components/sessions/SeatsLeft.tsx'
import type { SessionView } from '../../components/sessions/session.ts'
import { Time, TimeRange } from '../../components/Time.tsx'
import { useView } from '../../view.tsx'

interface SessionCardProps {
  session: SessionView
  /** Its page, where seats are chosen. */
  to: string
  /** Whether its coaches must be named: not every session of the offer has the same. */
  namesCoaches: boolean
}

/** One session of an offer, to choose it: when, where, for how much, and whether there is room. */
export function SessionCard({ session, to, namesCoaches }: SessionCardProps) {
  const { formats } = useView()
  const { dates, startsAt, endsAt, price, coaches, format, minimum, state } = session
  const Where = format === 'online' ? Video : MapPin
  return (
    <article
      data-session={session.id}
      className={`group relative flex gap-4 rounded-card border border-line p-4 transition-[border-color,box-shadow] hover:border-accent-line hover:shadow-raised sm:gap-5 sm:p-5 ${session.canBook ? 'bg-surface shadow-card' : 'bg-ground'}`}
    >
      <CalendarLeaf at={startsAt} isOpen={session.canBook} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5">
          <h3 className="text-base">
            <Link to={to} prefetch="intent" className="after:absolute after:inset-0 after:rounded-card">
              {dates.length > 1 ? (
                <span suppressHydrationWarning>
                  {formats.shortDay(startsAt)} – {formats.shortDay(dates.at(-1)?.startsAt ?? endsAt)}
                </span>
              ) : (
                <>
                  <Time at={startsAt} as="day" />
                  <TimeRange from={startsAt} to={endsAt} className="block font-medium" />
                </>
              )}
            </Link>
          </h3>
          <SeatsLeft session={session} />
        </div>
        {dates.length > 1 && <AllDates dates={dates} />}
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted [&_li]:flex [&_li]:min-w-0 [&_li]:items-center [&_li]:gap-1.5 [&_svg]:size-4 [&_svg]:shrink-0">
          <li>
            <Where aria-hidden="true" />
            <span className="min-w-0 wrap-anywhere">{placeInWords(session)}</span>
          </li>
          {namesCoaches && (
            <li>
              <User aria-hidden="true" />
              <span className="min-w-0 wrap-anywhere">{coaches.map(({ name }) => name).join(', ')}</span>
            </li>
          )}
        </ul>
        <MinimumNote minimum={minimum} state={state} />
        <div className="mt-1 flex items-end justify-between gap-3">
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline gap-x-2.5">
              <Money minor={price.amountMinor} currency={price.currency} className="font-semibold" />
              {price.depositMinor !== null && (
                <span className="text-sm text-muted">
                  deposit <Money minor={price.depositMinor} currency={price.currency} />
                </span>
              )}
            </p>
            {session.canBook && <PhaseNote price={price} />}
          </div>
          <span className="flex shrink-0 items-center gap-1 text-sm font-medium text-accent-ink">
            {session.canBook ? (session.approval ? 'Ask' : 'Book') : 'Look'}
            <ArrowRight
              aria-hidden="true"
              className="size-4 transition-transform group-hover:translate-x-0.5"
            />
          </span>
        </div>
        {session.canBook && session.approval && (
          <p>
            <Badge tone="wait">Your coach approves each seat</Badge>
          </p>
        )}
      </div>
    </article>
  )
}

/** The first day at a glance; the words beside it say the same. */
function CalendarLeaf({ at, isOpen }: { at: string; isOpen: boolean }) {
  const { locale, zone } = useView()
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(at))
  return (
    <span
      aria-hidden="true"
      suppressHydrationWarning
      className={`flex size-14 shrink-0 flex-col items-center justify-center rounded-control leading-none ${isOpen ? 'bg-accent-soft text-accent-ink' : 'bg-sunken text-muted'}`}
    >
      <span className="text-xs font-medium" suppressHydrationWarning>
        {write({ month: 'short' })}
      </span>
      <span className="mt-1 text-xl font-semibold tabular" suppressHydrationWarning>
        {write({ day: 'numeric' })}
      </span>
    </span>
  )
}

function AllDates({ dates }: Pick<SessionView, 'dates'>) {
  return (
    <ol aria-label={`${dates.length} dates`} className="flex flex-col gap-0.5 text-[0.9375rem]">
      {dates.map(({ startsAt, endsAt }) => (
        <li key={startsAt} className="flex flex-wrap gap-x-2.5">
          <Time at={startsAt} as="shortDay" className="min-w-24" />
          <TimeRange from={startsAt} to={endsAt} className="text-muted" />
        </li>
      ))}
    </ol>
  )
}
