import {
  type CalendarDate,
  type CalendarDateTime,
  now,
  toCalendarDate,
  toCalendarDateTime,
  today,
} from '@internationalized/date'
import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { DateRangeField } from '../../../components/DateFields.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { useRootData } from '../../../root-data.ts'
import { zoneInWords } from '../../../zone.ts'
import type { NewTimeOff } from './TimeOff.tsx'

interface TimeOffDialogProps {
  timeZone: string
  isPending: boolean
  onAdd: (off: NewTimeOff) => void
  onClose: () => void
}

interface Span<Value> {
  start: Value
  end: Value
}

/** Asks from when until when, in whole days or by the minute, in the coach's zone. */
export function TimeOffDialog({ timeZone, isPending, onAdd, onClose }: TimeOffDialogProps) {
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const [unit, setUnit] = useState<'days' | 'times'>('days')
  const [days, setDays] = useState<Span<CalendarDate> | null>(null)
  const [times, setTimes] = useState<Span<CalendarDateTime> | null>(() => nextHours(timeZone))
  const [note, setNote] = useState('')
  const [error, setError] = useState<string | null>(null)
  const hint = `In ${zoneInWords(timeZone)} time.`
  const frame = { hint, error, weekStartsOn }

  function add() {
    const span = unit === 'days' ? days && wholeDays(days) : times
    if (!span) return setError('Choose the first and the last day.')
    if (span.end.compare(span.start) <= 0) return setError('The end must come after the start.')
    const [startsAt, endsAt] = [span.start, span.end].map(edge => edge.toDate(timeZone).toISOString())
    onAdd({ startsAt: startsAt!, endsAt: endsAt!, note: note.trim() })
  }

  return (
    <Dialog
      title="Add time off"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isPending={isPending} onPress={add}>
            Add
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Radios
          label="How long?"
          choices={[
            { id: 'days', label: 'Whole days' },
            { id: 'times', label: 'From a time until another' },
          ]}
          value={unit}
          onChange={next => {
            setUnit(next)
            setError(null)
          }}
        />
        {unit === 'days' ? (
          <DateRangeField
            {...frame}
            label="First and last day"
            value={days}
            onChange={setDays}
            minValue={today(timeZone)}
          />
        ) : (
          <DateRangeField
            {...frame}
            label="From and until"
            value={times}
            onChange={setTimes}
            minValue={toCalendarDateTime(today(timeZone))}
          />
        )}
        <TextField
          label="Note"
          hint="Only people who work here see it."
          maxLength={200}
          value={note}
          onChange={setNote}
        />
      </div>
    </Dialog>
  )
}

function wholeDays({ start, end }: Span<CalendarDate>): Span<CalendarDateTime> {
  return { start: toCalendarDateTime(start), end: toCalendarDateTime(end.add({ days: 1 })) }
}

/** Two hours from the next full one, to have something to change. */
function nextHours(timeZone: string): Span<CalendarDateTime> {
  const at = now(timeZone)
  const start = toCalendarDateTime(toCalendarDate(at)).add({ hours: at.hour + 1 })
  return { start, end: start.add({ hours: 2 }) }
}
