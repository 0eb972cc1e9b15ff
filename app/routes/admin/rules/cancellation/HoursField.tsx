import { useState } from 'react'
import { inputLook } from '../../../../components/Field.tsx'
import { NumberField } from '../../../../components/NumberField.tsx'

interface HoursFieldProps {
  label: string
  /** Hours; null where it is empty. */
  value: number | null
  onChange: (hours: number | null) => void
  error?: string | null
}

/** A length of time before the start, in hours or in days. */
export function HoursField({ label, value, onChange, error }: HoursFieldProps) {
  const [unit, setUnit] = useState<'hours' | 'days'>(
    value !== null && value >= 72 && value % 24 === 0 ? 'days' : 'hours',
  )
  const size = unit === 'days' ? 24 : 1
  return (
    <div className="flex items-end gap-2">
      <NumberField
        label={label}
        value={value === null ? null : value / size}
        onChange={next => onChange(next === null ? null : Math.round(next * size))}
        minValue={0}
        maxValue={unit === 'days' ? 365 : 8760}
        formatOptions={{ maximumFractionDigits: 1 }}
        error={error ?? null}
        className="w-28"
      />
      <select
        aria-label={`${label}: unit`}
        value={unit}
        onChange={event => setUnit(event.target.value === 'days' ? 'days' : 'hours')}
        className={`${inputLook} w-auto cursor-pointer`}
      >
        <option value="hours">hours before</option>
        <option value="days">days before</option>
      </select>
    </div>
  )
}
