import { useId } from 'react'
import { hintLook, inputLook, labelLook } from '../../../../components/Field.tsx'
import { errorAt, type Problem } from '../../problems.ts'
import type { Vocabulary } from '../policy.ts'
import { AmountRow } from './AmountRow.tsx'
import type { RuleDraft } from './rule-draft.ts'

type Sets = RuleDraft['sets']

interface NumberFieldsProps {
  values: Vocabulary['values']
  sets: Sets
  problems: readonly Problem[]
  onChange: (sets: Sets) => void
}

/** The numbers that a rule puts in the place of the usual ones: chosen from a list, then filled in. */
export function NumberFields({ values, sets, problems, onChange }: NumberFieldsProps) {
  const id = useId()
  const set = values.filter(({ name }) => name in sets)
  const free = values.filter(({ name }) => !(name in sets))
  const error = errorAt(problems, 'sets')

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend takes no part in its layout
    <div role="group" aria-labelledby={id} className="flex flex-col gap-4">
      <div>
        <p id={id} className={labelLook}>
          Numbers that differ
        </p>
        {set.length === 0 && <p className={hintLook}>None: everything else stays as it usually is.</p>}
      </div>
      {set.map(value => (
        <AmountRow
          key={value.name}
          value={value}
          amount={sets[value.name] ?? null}
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
          aria-invalid={error !== null || undefined}
          value=""
          onChange={event => {
            const value = free.find(({ name }) => name === event.target.value)
            if (value) onChange({ ...sets, [value.name]: value.usual })
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
      {error && <p className="text-sm font-medium text-bad">{error}</p>}
    </div>
  )
}
