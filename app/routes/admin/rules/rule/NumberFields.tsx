import { Trash2 } from 'lucide-react'
import { Button } from '../../../../components/Button.tsx'
import { hintLook, inputLook, labelLook } from '../../../../components/Field.tsx'
import { NumberField } from '../../../../components/NumberField.tsx'
import { errorAt, type Problem } from '../../problems.ts'
import type { Vocabulary } from '../policy.ts'
import type { RuleDraft } from './rule-draft.ts'

type Sets = RuleDraft['sets']
type Name = keyof Sets
type Value = Vocabulary['values'][number]

interface NumberFieldsProps {
  values: readonly Value[]
  sets: Sets
  problems: readonly Problem[]
  onChange: (sets: Sets) => void
}

/** The numbers that a rule puts in the place of the usual ones: chosen from a list, then filled in. */
export function NumberFields({ values, sets, problems, onChange }: NumberFieldsProps) {
  const set = values.filter(({ name }) => name in sets)
  const free = values.filter(({ name }) => !(name in sets))

  return (
    <fieldset className="flex flex-col gap-3">
      <legend className={labelLook}>Numbers that differ</legend>
      {set.length === 0 && <p className={hintLook}>None: everything else stays as it usually is.</p>}
      {set.map(value => (
        <Row
          key={value.name}
          value={value}
          amount={sets[value.name] ?? null}
          error={errorAt(problems, `sets.${value.name}`)}
          onChange={amount => onChange({ ...sets, [value.name]: amount })}
          onRemove={() => {
            const { [value.name]: _, ...rest } = sets
            onChange(rest)
          }}
        />
      ))}
      {free.length > 0 && (
        <select
          aria-label="Add a number that differs"
          value=""
          onChange={event => {
            const name = event.target.value as Name
            onChange({ ...sets, [name]: values.find(each => each.name === name)!.usual })
          }}
          className={`${inputLook} max-w-xs cursor-pointer`}
        >
          <option value="">Add a number…</option>
          {free.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      )}
      {errorAt(problems, 'sets') && (
        <p className="text-sm font-medium text-bad">{errorAt(problems, 'sets')}</p>
      )}
    </fieldset>
  )
}

interface RowProps {
  value: Value
  /** Null where the rule lifts the limit. */
  amount: number | null
  error: string | null
  onChange: (amount: number | null) => void
  onRemove: () => void
}

function Row({ value, amount, error, onChange, onRemove }: RowProps) {
  const { label, unit, from, to, nullable, none } = value
  return (
    <div className="flex items-end gap-2">
      <NumberField
        label={label}
        hint={none ? `Empty: ${none.toLowerCase()}.` : undefined}
        unit={unit}
        minValue={from}
        maxValue={to}
        value={amount}
        onChange={next => onChange(next === null && !nullable ? from : next)}
        error={error}
        className="min-w-0 max-w-64 flex-1"
      />
      <Button variant="quiet" aria-label={`Remove “${label}”`} onPress={onRemove}>
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  )
}
