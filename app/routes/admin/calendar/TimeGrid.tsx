import type { EventContentArg } from '@fullcalendar/core'
import luxonZones from '@fullcalendar/luxon3'
import FullCalendar from '@fullcalendar/react'
import timeGrid from '@fullcalendar/timegrid'
import type { CalendarDate } from '@internationalized/date'
import { Hourglass, MoveRight, Timer } from 'lucide-react'
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
  return (
    <BookingContent
      booking={entry.booking}
      isMove={entry.is === 'move'}
      timeText={timeText}
      coaches={coaches}
    />
  )
}

interface BookingContentProps {
  booking: WeekBooking
  /** Whether this is the time that the client would like to move to. */
  isMove: boolean
  timeText: string
  coaches: { id: string; name: string }[]
}

function BookingContent({ booking, isMove, timeText, coaches }: BookingContentProps) {
  const { words, icon } = bookingStatuses[booking.status]
  const Icon = isMove ? MoveRight : booking.status === 'REQUESTED' ? Hourglass : icon
  const coach = coaches.length > 1 ? coaches.find(({ id }) => id === booking.coachId) : undefined
  return (
    <span className="entry-text">
      <span className="entry-name">
        <Icon aria-hidden="true" /> {booking.clientName}
      </span>
      <span>{timeText}</span>
      <span>{isMove ? 'Would like to move here' : words}</span>
      <span>{booking.offerTitle}</span>
      {coach && <span>with {coach.name}</span>}
    </span>
  )
}
