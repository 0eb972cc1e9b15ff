import { Plus } from 'lucide-react'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { zoneInWords } from '../../../zone.ts'
import type { Kind } from '../terms/terms.ts'
import { DateRow } from './DateRow.tsx'
import { type DateDraft, weekdayOf } from './dates-draft.ts'
import { Repeat } from './Repeat.tsx'
import { nextDate, type SessionDraft } from './session-draft.ts'

interface WhenFieldsProps {
  draft: SessionDraft
  rules: NonNullable<Kind['sessions']>
  zone: string
  error: string | null
  onChange: (changes: Partial<SessionDraft>) => void
}

/** One date, several that belong together, or a repeating schedule: what its kind allows. */
export function WhenFields({ draft, rules, zone, error, onChange }: WhenFieldsProps) {
  const { when, dates, repeat } = draft
  const first = dates[0]!
  const choices = [
    { id: 'one' as const, label: 'One date' },
    ...(rules.dates === 'several'
      ? [
          {
            id: 'several' as const,
            label: 'Several dates',
            detail: 'They belong together: one seat is for all.',
          },
        ]
      : []),
    ...(rules.repeats
      ? [{ id: 'repeating' as const, label: 'Repeating', detail: 'Each date is booked by itself.' }]
      : []),
  ]

  function changeDate(key: string, changes: Partial<DateDraft>) {
    const next = dates.map(date => (date.key === key ? { ...date, ...changes } : date))
    const moved = key === first.key ? changes.date : undefined
    onChange({
      dates: next,
      ...(moved && {
        repeat: { ...repeat, weekdays: moveWeekday(repeat.weekdays, first, weekdayOf(moved)) },
      }),
    })
  }

  return (
    <Panel title="When" hint={`In ${zoneInWords(zone)} time.`}>
      <div className="flex flex-col gap-5">
        {choices.length > 1 && (
          <Radios
            label={<span className="sr-only">How often it is held</span>}
            choices={choices}
            className="grid gap-2 sm:grid-cols-2"
            value={when}
            onChange={next =>
              onChange({
                when: next,
                dates: next === 'several' && dates.length === 1 ? [...dates, nextDate(dates)] : dates,
              })
            }
          />
        )}
        {(when === 'several' ? dates : [first]).map((date, at) => (
          <DateRow
            key={date.key}
            date={date}
            label={when === 'several' ? `Date ${at + 1}` : when === 'repeating' ? 'First date' : 'Date'}
            zone={zone}
            error={at === 0 ? error : null}
            onChange={changes => changeDate(date.key, changes)}
            onRemove={
              when === 'several' && dates.length > 2
                ? () => onChange({ dates: dates.filter(({ key }) => key !== date.key) })
                : undefined
            }
          />
        ))}
        {when === 'several' && dates.length < 50 && (
          <div>
            <Button size="small" onPress={() => onChange({ dates: [...dates, nextDate(dates)] })}>
              <Plus aria-hidden="true" />
              Add a date
            </Button>
          </div>
        )}
        {when === 'repeating' && (
          <Repeat
            first={first}
            repeat={repeat}
            zone={zone}
            onChange={changes => onChange({ repeat: { ...repeat, ...changes } })}
          />
        )}
      </div>
    </Panel>
  )
}

/** The weekday of the first date goes along when that one is moved. */
function moveWeekday(weekdays: readonly number[], { date }: DateDraft, to: number): number[] {
  const before = date && weekdayOf(date)
  return [...new Set([...weekdays.filter(day => day !== before), to])]
}
