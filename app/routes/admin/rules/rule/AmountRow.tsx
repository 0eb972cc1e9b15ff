import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../../components/Button.tsx'
import { inputLook } from '../../../../components/Field.tsx'
import { NumberField } from '../../../../components/NumberField.tsx'
import type { Vocabulary } from '../policy.ts'

type Value = Vocabulary['values'][number]

interface AmountRowProps {
  value: Value
  /** In the value's own unit; null where the rule lifts the limit. */
  amount: number | null
  onChange: (amount: number | null) => void
  onRemove: () => void
}

/** One number of a rule, in the unit that reads best. */
export function AmountRow({ value, amount, onChange, onRemove }: AmountRowProps) {
  const { label, from, to, nullable, none } = value
  const scales = scalesOf(value)
  const [factor, setFactor] = useState(
    () => scales.findLast(scale => (amount ?? 0) % scale.factor === 0)!.factor,
  )
  return (
    <div className="flex flex-wrap items-end gap-2">
      <NumberField
        label={label}
        hint={none ? `Empty: ${none.toLowerCase()}.` : undefined}
        unit={scales.length === 1 ? scales[0]!.unit : undefined}
        minValue={from / factor}
        maxValue={to / factor}
        value={amount === null ? null : amount / factor}
        onChange={next => onChange(next === null ? (nullable ? null : from) : Math.round(next * factor))}
        className="w-32 sm:w-44 [&>label]:whitespace-nowrap"
      />
      {scales.length > 1 && (
        <select
          aria-label={`Unit of “${label}”`}
          value={factor}
          onChange={event => {
            const chosen = Number(event.target.value)
            if (amount !== null) onChange(Math.min(Math.max((amount / factor) * chosen, from), to))
            setFactor(chosen)
          }}
          className={`${inputLook} w-auto! cursor-pointer`}
        >
          {scales.map(scale => (
            <option key={scale.unit} value={scale.factor}>
              {scale.unit}
            </option>
          ))}
        </select>
      )}
      <Button variant="quiet" aria-label={`Remove “${label}”`} onPress={onRemove}>
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  )
}

/** The units that a number may be typed in, by how many of its own they are; the smallest first. */
function scalesOf({ unit, to }: Value): { unit: string; factor: number }[] {
  const larger = {
    minutes: [
      { unit: 'hours', factor: 60 },
      { unit: 'days', factor: 1440 },
    ],
    hours: [{ unit: 'days', factor: 24 }],
  }
  const all = unit === 'minutes' || unit === 'hours' ? larger[unit] : []
  return [
    { unit: unit === 'percent' ? '%' : unit, factor: 1 },
    ...all.filter(({ factor }) => factor * 2 <= to),
  ]
}
