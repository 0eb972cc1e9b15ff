import { CalendarCheck, Clock, MapPin, User, Video } from 'lucide-react'
import { Fact } from '../../components/Fact.tsx'
import { MinimumNote } from '../../components/sessions/MinimumNote.tsx'
import { Place } from '../../components/sessions/Place.tsx'
import { SeatsLeft } from '../../components/sessions/SeatsLeft.tsx'
import { SessionDates } from '../../components/sessions/SessionDates.tsx'
import { Time } from '../../components/Time.tsx'
import { TimeZonePicker } from '../../components/TimeZonePicker.tsx'
import { datesDurationInWords } from '../../formats.ts'
import type { Session } from './use-seats.ts'

/** What somebody must know before they book: when, where, with whom, and whether it is certain to be held. */
export function SessionFacts({ session, onZone }: { session: Session; onZone: (zone: string) => void }) {
  const { dates, coaches, format, minimum, state, closesAt, startsAt, canBook } = session
  const isOnline = format === 'online'
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-col gap-3.5">
        <Fact icon={CalendarCheck} name={dates.length > 1 ? `${dates.length} dates` : 'When'}>
          {dates.length > 1 && <span className="mb-1 block text-sm text-muted">{dates.length} dates</span>}
          <SessionDates dates={dates} className="font-semibold" />
        </Fact>
        <Fact icon={Clock} name="How long">
          {datesDurationInWords(dates)}
        </Fact>
        <Fact icon={isOnline ? Video : MapPin} name="Where">
          <Place held={session} />
        </Fact>
        <Fact icon={User} name="With">
          {new Intl.ListFormat('en').format(coaches.map(({ name }) => name))}
        </Fact>
      </dl>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span role="status">
          <SeatsLeft session={session} />
        </span>
        <MinimumNote minimum={minimum} state={state} />
      </div>
      {canBook && closesAt < startsAt && (
        <p className="text-sm text-muted">
          Booking closes <Time at={closesAt} />.
        </p>
      )}
      <TimeZonePicker at={startsAt} suggestions={[session.timeZone]} onChange={onZone} />
    </div>
  )
}
