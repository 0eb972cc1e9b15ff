import type { DateValue } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from 'react-aria-components/Calendar'
import { DateInput, DateSegment } from 'react-aria-components/DateField'
import { DatePicker } from 'react-aria-components/DatePicker'
import { DateRangePicker } from 'react-aria-components/DateRangePicker'
import { Dialog } from 'react-aria-components/Dialog'
import { Group } from 'react-aria-components/Group'
import { Popover } from 'react-aria-components/Popover'
import { RangeCalendar } from 'react-aria-components/RangeCalendar'
import { FieldFrame, inputLook } from './Field.tsx'

interface DateFieldProps<Value extends DateValue> {
  label: string
  hint?: string
  error?: string | null
  value: Value | null
  onChange: (value: Value | null) => void
  minValue?: DateValue
  /** 1 for Monday to 7 for Sunday. */
  weekStartsOn: number
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A date, typed or chosen from a month. */
export function DateField<Value extends DateValue>(props: DateFieldProps<Value>) {
  const { label, hint, error, weekStartsOn, ...field } = props
  return (
    <DatePicker
      validationBehavior="aria"
      {...(field as object)}
      isInvalid={Boolean(error)}
      firstDayOfWeek={weekdays[weekStartsOn - 1]}
      className="flex flex-col gap-1.5"
    >
      <FieldFrame label={label} hint={hint} error={error}>
        <Group className={groupLook}>
          <Segments />
          <OpenButton />
        </Group>
      </FieldFrame>
      <Popover className={popoverLook}>
        <Dialog className="outline-none">
          <Calendar>
            <MonthHead />
            <MonthDays />
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  )
}

interface DateRangeFieldProps<Value extends DateValue>
  extends Omit<DateFieldProps<Value>, 'value' | 'onChange'> {
  value: { start: Value; end: Value } | null
  onChange: (value: { start: Value; end: Value } | null) => void
}

/** A first and a last date (or moment, where the values have times). */
export function DateRangeField<Value extends DateValue>(props: DateRangeFieldProps<Value>) {
  const { label, hint, error, weekStartsOn, ...field } = props
  return (
    <DateRangePicker
      validationBehavior="aria"
      {...(field as object)}
      isInvalid={Boolean(error)}
      firstDayOfWeek={weekdays[weekStartsOn - 1]}
      className="flex flex-col gap-1.5"
    >
      <FieldFrame label={label} hint={hint} error={error}>
        <Group className={groupLook}>
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
            <Segments slot="start" />
            <span aria-hidden="true" className="text-muted">
              –
            </span>
            <Segments slot="end" />
          </span>
          <OpenButton />
        </Group>
      </FieldFrame>
      <Popover className={popoverLook}>
        <Dialog className="outline-none">
          <RangeCalendar>
            <MonthHead />
            <MonthDays />
          </RangeCalendar>
        </Dialog>
      </Popover>
    </DateRangePicker>
  )
}

function Segments({ slot }: { slot?: 'start' | 'end' }) {
  return (
    <DateInput slot={slot} className="tabular flex whitespace-nowrap">
      {segment => (
        <DateSegment
          segment={segment}
          className="rounded px-0.5 outline-none data-focused:bg-accent data-focused:text-accent-text data-placeholder:text-faint"
        />
      )}
    </DateInput>
  )
}

function OpenButton() {
  return (
    <Button className="-my-1 -mr-1.5 ml-auto flex size-9 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink">
      <CalendarDays aria-hidden="true" className="size-4" />
    </Button>
  )
}

function MonthHead() {
  return (
    <header className="mb-2 flex items-center justify-between">
      <CalendarHeading className="font-semibold" />
      <span className="flex">
        <Button slot="previous" className={arrowLook}>
          <ChevronLeft aria-hidden="true" className="size-5" />
        </Button>
        <Button slot="next" className={arrowLook}>
          <ChevronRight aria-hidden="true" className="size-5" />
        </Button>
      </span>
    </header>
  )
}

function MonthDays() {
  return (
    <CalendarGrid weekdayStyle="short">
      <CalendarGridHeader>
        {day => (
          <CalendarHeaderCell className="pb-1 text-xs font-medium text-muted">{day}</CalendarHeaderCell>
        )}
      </CalendarGridHeader>
      <CalendarGridBody>
        {date => (
          <CalendarCell
            date={date}
            className="tabular m-px flex size-10 cursor-pointer items-center justify-center rounded-full text-sm hover:bg-sunken data-disabled:cursor-default data-disabled:text-line-strong data-focus-visible:outline-2 data-focus-visible:outline-accent-ink data-outside-month:invisible data-selected:bg-accent data-selected:text-accent-text"
          />
        )}
      </CalendarGridBody>
    </CalendarGrid>
  )
}

const groupLook = `${inputLook} flex items-center gap-2 focus-within:border-accent-ink focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent-ink`
const popoverLook = 'animate-enter rounded-card border border-line bg-surface p-4 shadow-raised'
const arrowLook =
  'flex size-10 cursor-pointer items-center justify-center rounded-control hover:bg-sunken disabled:text-line-strong'
