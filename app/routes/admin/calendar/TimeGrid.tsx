import type { EventContentArg } from '@fullcalendar/core'
import luxonZones from '@fullcalendar/luxon3'
import FullCalendar from '@fullcalendar/react'
import timeGrid from '@fullcalendar/timegrid'
import type { CalendarDate } from '@internationalized/date'
import { MoveRight, Timer } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import type { Outputs } from '../../../api.ts'
import { bookingStatuses } from '../../../components/Badge.tsx'
import { useView } from '../../../view.tsx'
import { calendarEntries, type Entry, hoursShown, type WeekBooking } from './entries.ts'
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
      eventContent={argument => <EntryContent argument={argument} coaches={coaches} />}
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
  coaches: { id: string; name: string }[]
}

function EntryContent({ argument: { event, timeText }, coaches }: EntryContentProps) {
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
  const coach =
    entry.booking && coaches.length > 1 ? coaches.find(({ id }) => id === entry.booking?.coachId) : undefined
  return entry.is === 'move' ? (
    <MoveContent booking={entry.booking} timeText={timeText} />
  ) : (
    <BookingContent booking={entry.booking} timeText={timeText} coach={coach?.name} />
  )
}

interface BookingContentProps {
  booking: WeekBooking
  timeText: string
  coach: string | undefined
}

function BookingContent({ booking, timeText, coach }: BookingContentProps) {
  const { words, icon: Icon } = bookingStatuses[booking.status]
  return (
    <span className="entry-text">
      <span className="entry-name">
        <Icon aria-hidden="true" /> {booking.clientName}
      </span>
      <span>{timeText}</span>
      <span>{words}</span>
      <span>{booking.offerTitle}</span>
      {coach && <span>with {coach}</span>}
    </span>
  )
}

/** The time that a client would like to move to. */
function MoveContent({ booking, timeText }: { booking: WeekBooking | null; timeText: string }) {
  return (
    <span className="entry-text">
      <span className="entry-name">
        <MoveRight aria-hidden="true" /> {booking?.clientName ?? 'A client'}
      </span>
      <span>{timeText}</span>
      <span>Would like to move here</span>
      {booking && <span>{booking.offerTitle}</span>}
    </span>
  )
}
