import { type CalendarDate, parseDate } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from 'react-aria-components/Calendar'
import { type Month, monthOf } from './months.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

interface MonthGridProps {
  month: Month
  onMonth: (month: Month) => void
  /** The day whose times are shown. */
  day: string | null
  onDay: (day: string) => void
  /** Days that have free times; null while they aren't known. */
  freeDays: ReadonlySet<string> | null
  today: string
  /** The last day that can be booked; null for no end. */
  lastDay: string | null
  /** 1 for Monday to 7 for Sunday. */
  weekStartsOn: number
}

/** A month to choose a day from, by pointer or keyboard. Days with free times are bold and have a dot. */
export function MonthGrid(props: MonthGridProps) {
  const { month, onMonth, day, onDay, freeDays, today, lastDay, weekStartsOn } = props
  const [focused, setFocused] = useState(() => focusedIn(month, day, today))
  const isShown = monthOf(focused.toString()) === month
  const isFree = (date: { toString(): string }) => freeDays?.has(date.toString())
  return (
    <Calendar
      aria-label="Day of the session"
      value={day ? parseDate(day) : null}
      onChange={(chosen: CalendarDate) => onDay(chosen.toString())}
      focusedValue={isShown ? focused : focusedIn(month, day, today)}
      onFocusChange={focused => {
        setFocused(focused)
        const to = monthOf(focused.toString())
        if (to !== month) onMonth(to)
      }}
      minValue={parseDate(today)}
      maxValue={lastDay ? parseDate(lastDay) : undefined}
      isDateUnavailable={date => isFree(date) === false}
      firstDayOfWeek={weekdays[weekStartsOn - 1] ?? 'mon'}
      className="w-full"
    >
      <header className="mb-3 flex items-center justify-between">
        <CalendarHeading className="text-lg font-semibold tracking-tight" />
        <span className="flex gap-1">
          <Button slot="previous" className={arrowLook}>
            <ChevronLeft aria-hidden="true" className="size-5" />
          </Button>
          <Button slot="next" className={arrowLook}>
            <ChevronRight aria-hidden="true" className="size-5" />
          </Button>
        </span>
      </header>
      <CalendarGrid weekdayStyle="short" className="w-full table-fixed border-collapse">
        <CalendarGridHeader>
          {weekday => (
            <CalendarHeaderCell className="pb-2 text-xs font-medium text-muted">{weekday}</CalendarHeaderCell>
          )}
        </CalendarGridHeader>
        <CalendarGridBody>
          {date => <CalendarCell date={date} className={dayLook} data-free={isFree(date) || undefined} />}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  )
}

/** Where the keyboard stands: on the shown day, else on the month's first day that isn't over. */
function focusedIn(month: Month, day: string | null, today: string): CalendarDate {
  if (day && monthOf(day) === month) return parseDate(day)
  return parseDate(monthOf(today) === month ? today : `${month}-01`)
}

const arrowLook =
  'flex size-11 cursor-pointer items-center justify-center rounded-control text-ink hover:bg-sunken disabled:cursor-default disabled:text-line-strong/60 disabled:hover:bg-transparent'

const dayLook = [
  'relative mx-auto my-0.5 flex aspect-square w-full max-w-12 cursor-pointer items-center justify-center rounded-full text-[0.9375rem] tabular',
  'data-free:bg-accent-soft data-free:font-semibold data-free:text-accent-ink data-free:hover:bg-accent-line/50',
  'data-free:after:absolute data-free:after:bottom-1.5 data-free:after:size-1 data-free:after:rounded-full data-free:after:bg-current',
  'data-unavailable:cursor-default not-data-disabled:not-data-selected:data-unavailable:text-faint',
  'data-disabled:cursor-default data-disabled:bg-transparent data-disabled:font-normal data-disabled:text-line-strong/70 data-disabled:after:hidden',
  'data-selected:bg-accent data-selected:text-accent-text data-selected:hover:bg-accent',
  'data-outside-month:invisible',
  'data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent-ink',
].join(' ')
