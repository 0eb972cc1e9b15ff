import { type CalendarDate, today } from '@internationalized/date'
import { Chips } from '../../../components/Chips.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { DateField } from '../../../components/DateFields.tsx'
import { labelLook } from '../../../components/Field.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { Select } from '../../../components/Select.tsx'
import { useRootData } from '../../../root-data.ts'
import { useView } from '../../../view.tsx'
import { weekdayNames } from '../weekday-names.ts'
import { type DateDraft, ordinalOf, type RepeatDraft, repeatInWords, weekdayOf } from './dates-draft.ts'

interface RepeatProps {
  first: DateDraft
  repeat: RepeatDraft
  zone: string
  error?: string | null
  onChange: (changes: Partial<RepeatDraft>) => void
}

const rhythms = [
  { id: 'week-1', label: 'Every week' },
  { id: 'week-2', label: 'Every 2 weeks' },
  { id: 'week-3', label: 'Every 3 weeks' },
  { id: 'week-4', label: 'Every 4 weeks' },
  { id: 'month-1', label: 'Every month' },
  { id: 'month-2', label: 'Every 2 months' },
  { id: 'month-3', label: 'Every 3 months' },
]

/** How often it is held again and until when, said back in one sentence. */
export function Repeat({ first, repeat, zone, error, onChange }: RepeatProps) {
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const { formats, locale } = useView()
  const names = weekdayNames(locale)
  const dateWords = (date: CalendarDate) => formats.in('UTC').date(`${date.toString()}T12:00:00Z`)
  const words = repeatInWords(repeat, first, { names, dateWords })
  return (
    <div className="flex flex-col gap-5">
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <Select
          label="How often"
          choices={rhythms}
          value={`${repeat.unit}-${repeat.every}`}
          onChange={id => {
            const [unit, every] = id.split('-')
            onChange({ unit: unit as RepeatDraft['unit'], every: Number(every) })
          }}
        />
        {repeat.unit === 'month' && first.date && (
          <Select
            label="On"
            choices={[
              { id: 'weekday', label: `the ${ordinalOf(first.date)} ${names[weekdayOf(first.date) - 1]}` },
              { id: 'day', label: `day ${first.date.day} of the month` },
            ]}
            value={repeat.monthlyBy}
            onChange={monthlyBy => onChange({ monthlyBy: monthlyBy as RepeatDraft['monthlyBy'] })}
          />
        )}
      </div>
      {repeat.unit === 'week' && <Weekdays names={names} repeat={repeat} first={first} onChange={onChange} />}
      <Radios
        label="Ends"
        choices={[
          { id: 'never', label: 'Not by itself', detail: 'New dates appear 12 weeks ahead.' },
          { id: 'on', label: 'On a day' },
          { id: 'after', label: 'After so many times' },
        ]}
        className="grid gap-2 sm:grid-cols-3"
        value={repeat.ends}
        onChange={ends => onChange({ ends })}
      />
      {repeat.ends === 'on' && (
        <div className="max-w-xs">
          <DateField
            label="Last day"
            value={repeat.until}
            onChange={until => onChange({ until })}
            minValue={first.date ?? today(zone)}
            weekStartsOn={weekStartsOn}
          />
        </div>
      )}
      {repeat.ends === 'after' && (
        <NumberField
          label="How many times"
          steppers
          minValue={1}
          maxValue={200}
          value={repeat.times}
          onChange={times => onChange({ times })}
        />
      )}
      {error && (
        <p role="alert" className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
      {words && (
        <p
          aria-live="polite"
          className="rounded-control bg-sunken px-4 py-3 font-medium"
          suppressHydrationWarning
        >
          {words}
        </p>
      )}
    </div>
  )
}

interface WeekdaysProps extends Pick<RepeatProps, 'first' | 'repeat' | 'onChange'> {
  names: readonly string[]
}

/** The days of the week it is held on; the first date's own stays among them. */
function Weekdays({ names, first, repeat, onChange }: WeekdaysProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className={labelLook} id="repeat-weekdays">
        On
      </span>
      <Chips
        aria-labelledby="repeat-weekdays"
        disallowEmptySelection
        chips={names.map((name, at) => ({
          id: String(at + 1),
          text: name.slice(0, 3),
          name,
          isDisabled: first.date !== null && weekdayOf(first.date) === at + 1,
        }))}
        chosen={repeat.weekdays.map(String)}
        onChange={days => onChange({ weekdays: days.map(Number) })}
      />
    </div>
  )
}
