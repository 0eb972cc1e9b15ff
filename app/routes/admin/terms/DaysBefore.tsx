import { NumberField } from '../../../components/NumberField.tsx'
import { useView } from '../../../view.tsx'
import { dateInWords, instantBefore, type Start } from './deadlines.ts'

interface DaysBeforeProps {
  label: string
  value: number | null
  onChange: (days: number | null) => void
  /** Where it is known, the field says which moment the days lead to. */
  start: Start | null
  minValue?: number
  error?: string | null
}

/** A deadline as a number of days before the start. */
export function DaysBefore({ label, value, onChange, start, minValue = 0, error }: DaysBeforeProps) {
  const { formats } = useView()
  const date =
    start && value !== null ? `= ${dateInWords(instantBefore(start, { days: value }), start, formats)}` : null
  return (
    <NumberField
      label={label}
      hint={date && <span suppressHydrationWarning>{date}</span>}
      unit={value === 1 ? 'day before' : 'days before'}
      minValue={minValue}
      maxValue={365}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}
