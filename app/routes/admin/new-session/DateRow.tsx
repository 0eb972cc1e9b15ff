import { today } from '@internationalized/date'
import { X } from 'lucide-react'
import { Button } from '../../../components/Button.tsx'
import { DateField } from '../../../components/DateFields.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { TimeField } from '../../../components/TimeField.tsx'
import { useRootData } from '../../../root-data.ts'
import type { DateDraft } from './dates-draft.ts'

interface DateRowProps {
  date: DateDraft
  /** Named where there are several: "Date 2". */
  label?: string
  zone: string
  error?: string | null
  onChange: (changes: Partial<DateDraft>) => void
  onRemove?: (() => void) | undefined
}

/** A date with its start and its length. */
export function DateRow({ date, label = 'Date', zone, error, onChange, onRemove }: DateRowProps) {
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="min-w-44 flex-1">
        <DateField
          label={label}
          value={date.date}
          onChange={value => onChange({ date: value })}
          minValue={today(zone)}
          weekStartsOn={weekStartsOn}
          error={error ?? null}
        />
      </div>
      <TimeField label="Starts" value={date.time} onChange={time => onChange({ time })} className="w-32" />
      <NumberField
        label="Length"
        unit="minutes"
        minValue={5}
        maxValue={720}
        step={5}
        value={date.minutes}
        onChange={minutes => onChange({ minutes })}
        className="w-44"
      />
      {onRemove && (
        <Button variant="quiet" aria-label={`Remove ${label}`} onPress={onRemove}>
          <X aria-hidden="true" />
        </Button>
      )}
    </div>
  )
}
