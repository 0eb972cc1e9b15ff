import type { EventContentArg } from '@fullcalendar/core'
import luxonZones from '@fullcalendar/luxon3'
import FullCalendar from '@fullcalendar/react'
import timeGrid from '@fullcalendar/timegrid'
import type { CalendarDate } from '@internationalized/date'
import { MoveRight, Timer, UsersRound } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import type { Outputs } from '../../../api.ts'
import { bookingStatuses } from '../../../components/Badge.tsx'
import { useView } from '../../../view.tsx'
import {
  calendarEntries,
  type Entry,
  hoursShown,
  type Stretch,
  sessionInWords,
  sessionTitle,
  type WeekBooking,
  type WeekSession,
} from './entries.ts'
import './time-grid.css'

interface TimeGridProps {
  week: Outputs['calendar']['week']
  /** The instants between which it lies; absent while it is still that of other days. */
  from?: string
  to?: string
  view: 'week' | 'day'
  date: CalendarDate
  zone: string
  weekStartsOn: number
  coaches: { id: string; name: string }[]
  /** Opens a page of the staff's part by its path. */
  onOpen: (path: string) => void
}

/** Pixels of half an hour and of a line of an entry, as in time-grid.css. */
const slotHeight = 34
const lineHeight = 16

const viewNames = { week: 'timeGridWeek', day: 'timeGridDay' }

/** The week or a day by the hour. It grows with what is in it, so the page scrolls and nothing within it. */
export default function TimeGrid(props: TimeGridProps) {
  const { week, from, to, view, date, zone, weekStartsOn, coaches, onOpen } = props
  const { locale } = useView()
  const calendar = useRef<FullCalendar>(null)
  const entries = useMemo(() => (from && to ? calendarEntries(week, { from, to }) : []), [week, from, to])
  const hours = useMemo(() => hoursShown(week, zone), [week, zone])
  const day = date.toString()

  useEffect(() => {
    // Later, since FullCalendar draws at once and React may not be interrupted in an effect.
    queueMicrotask(() => calendar.current?.getApi().changeView(viewNames[view], day))
  }, [view, day])

  return (
    <FullCalendar
      ref={calendar}
      plugins={[timeGrid, luxonZones]}
      initialView={viewNames[view]}
      initialDate={day}
      timeZone={zone}
      locale={locale}
      firstDay={weekStartsOn % 7}
      events={entries}
      eventContent={argument => <EntryContent argument={argument} zone={zone} coaches={coaches} />}
      eventClick={({ event, jsEvent }) => {
        if (!event.url || jsEvent.ctrlKey || jsEvent.metaKey || jsEvent.shiftKey) return
        jsEvent.preventDefault()
        onOpen(event.url)
      }}
      headerToolbar={false}
      allDaySlot={false}
      nowIndicator
      height="auto"
      slotMinTime={`${hours.from}:00:00`}
      slotMaxTime={`${hours.to}:00:00`}
      slotDuration="00:30:00"
      slotLabelFormat={{ hour: 'numeric', minute: '2-digit' }}
      eventTimeFormat={{ hour: 'numeric', minute: '2-digit' }}
      dayHeaderFormat={{ weekday: 'short', day: 'numeric' }}
      eventMinHeight={24}
      slotEventOverlap={false}
    />
  )
}

interface EntryContentProps {
  argument: EventContentArg
  zone: string
  coaches: { id: string; name: string }[]
}

function EntryContent({ argument: { event }, zone, coaches }: EntryContentProps) {
  const { formats } = useView()
  const entry = event.extendedProps.entry as Entry
  if (entry.is === 'closed') return null
  if (entry.is === 'timeOff') return <span className="entry-note">{entry.note || 'Time off'}</span>
  if (entry.is === 'busy') return <span className="entry-text">Busy elsewhere</span>
  if (entry.is === 'hold') {
    return (
      <span className="entry-text">
        <Timer aria-hidden="true" /> Being booked
      </span>
    )
  }
  const { startsAt, endsAt } = event.extendedProps as Stretch
  const timeText = formats.in(zone).timeRange(startsAt, endsAt)
  const lines = linesIn(startsAt, endsAt)
  if (entry.is === 'session') {
    const names = coaches.filter(({ id }) => entry.session.coachIds.includes(id)).map(({ name }) => name)
    const withWhom = coaches.length > 1 ? names.join(', ') : undefined
    return <SessionContent session={entry.session} timeText={timeText} lines={lines} coach={withWhom} />
  }
  const coach =
    entry.booking && coaches.length > 1 ? coaches.find(({ id }) => id === entry.booking?.coachId) : undefined
  return entry.is === 'move' ? (
    <MoveContent booking={entry.booking} isSuggested={entry.isSuggested} timeText={timeText} lines={lines} />
  ) : (
    <BookingContent booking={entry.booking} timeText={timeText} lines={lines} coach={coach?.name} />
  )
}

/** How many lines of text its height holds: half an hour is one, an hour three. */
function linesIn(startsAt: string, endsAt: string): number {
  const halfHours = (Date.parse(endsAt) - Date.parse(startsAt)) / 1_800_000
  return Math.max(1, Math.floor((halfHours * slotHeight - 8) / lineHeight))
}

interface BookingContentProps {
  booking: WeekBooking
  timeText: string
  /** How many lines there is room for. */
  lines: number
  coach: string | undefined
}

function BookingContent({ booking, timeText, lines, coach }: BookingContentProps) {
  const { words, icon: Icon } = bookingStatuses[booking.status]
  return (
    <span className="entry-text">
      <span className="entry-name">
        <Icon aria-hidden="true" /> {booking.clientName}
      </span>
      <Lines room={lines} texts={[timeText, words, booking.offerTitle, coach && `with ${coach}`]} />
    </span>
  )
}

interface SessionContentProps extends Omit<BookingContentProps, 'booking'> {
  session: WeekSession
}

/** A session with seats: what it is and how full. */
function SessionContent({ session, timeText, lines, coach }: SessionContentProps) {
  return (
    <span className="entry-text">
      <span className="entry-name">
        <UsersRound aria-hidden="true" /> {sessionTitle(session)}
      </span>
      <Lines room={lines} texts={[sessionInWords(session), timeText, coach && `with ${coach}`]} />
    </span>
  )
}

interface MoveContentProps {
  /** Null where it lies in another week. */
  booking: WeekBooking | null
  /** By the coach, and not asked for by the client. */
  isSuggested: boolean
  timeText: string
  lines: number
}

/** Another time of a booking: where a client would like to move to, or may. */
function MoveContent({ booking, isSuggested, timeText, lines }: MoveContentProps) {
  const what = isSuggested ? 'Suggested, kept for an answer' : 'Would like to move here'
  return (
    <span className="entry-text">
      <span className="entry-name">
        <MoveRight aria-hidden="true" /> {booking?.clientName ?? 'A client'}
      </span>
      <Lines room={lines} texts={[timeText, what, booking?.offerTitle]} />
    </span>
  )
}

/** What follows the name; what finds no room is only read out. */
function Lines({ texts, room }: { texts: (string | undefined)[]; room: number }) {
  return texts
    .filter(text => text !== undefined)
    .map((text, at) => (
      <span key={text} className={at + 1 < room ? '' : 'sr-only'}>
        {text}
      </span>
    ))
}
