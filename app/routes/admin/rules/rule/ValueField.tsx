import { Input } from 'react-aria-components/Input'
import { NumberField } from 'react-aria-components/NumberField'
import { Chips } from '../../../../components/Chips.tsx'
import { inputLook } from '../../../../components/Field.tsx'
import { TimeField } from '../../../../components/TimeField.tsx'
import { useRootData } from '../../../../root-data.ts'
import { useView } from '../../../../view.tsx'
import { weekdayNames } from '../../weekday-names.ts'
import type { FactWord } from '../policy.ts'
import { TagField } from './TagField.tsx'
import { useWords } from './words.ts'

interface ValueFieldProps {
  fact: FactWord
  value: unknown
  /** Whether several values may be chosen. */
  isList: boolean
  isMissing: boolean
  onChange: (value: unknown) => void
}

/** What a fact is compared with, chosen or typed in the way that fits it; the server's own units come out. */
export function ValueField({ fact, value, isList, isMissing, onChange }: ValueFieldProps) {
  const label = `Value for “${fact.label}”`
  const { tags } = useWords()
  switch (fact.input) {
    case 'truth':
      return <TruthField label={label} value={value} onChange={onChange} />
    case 'weekday':
      return <Weekdays label={label} {...{ value, isList, onChange }} />
    case 'choice':
      return <ChoiceField label={label} choices={fact.choices ?? []} {...{ value, isList, onChange }} />
    case 'tag':
      return (
        <span className="w-48 min-w-0">
          <TagField
            aria-label={label}
            tags={tags}
            value={String(value ?? '')}
            onChange={onChange}
            isInvalid={isMissing}
          />
        </span>
      )
    case 'timeOfDay':
      return (
        <TimeField
          aria-label={label}
          value={typeof value === 'number' ? timeOf(value) : ''}
          onChange={time => onChange(time === '' ? '' : minutesOf(time))}
          isInvalid={isMissing}
        />
      )
    default:
      return <AmountField fact={fact} label={label} {...{ value, isMissing, onChange }} />
  }
}

type PartProps = Pick<ValueFieldProps, 'value' | 'onChange'> & { label: string }

function TruthField({ label, value, onChange }: PartProps) {
  return (
    <Chips
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      chips={[
        { id: 'true', text: 'yes' },
        { id: 'false', text: 'no' },
      ]}
      chosen={[String(value !== false)]}
      onChange={([chosen]) => onChange(chosen === 'true')}
    />
  )
}

function Weekdays({ label, value, isList, onChange }: PartProps & { isList: boolean }) {
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  const names = weekdayNames(useView().locale)
  const days = Array.from({ length: 7 }, (_, at) => ((weekStartsOn - 1 + at) % 7) + 1)
  return (
    <Chips
      aria-label={label}
      inOneRow
      selectionMode={isList ? 'multiple' : 'single'}
      chips={days.map(day => ({ id: String(day), text: names[day - 1]!.slice(0, 2), name: names[day - 1]! }))}
      chosen={listOf(value).map(String)}
      onChange={chosen => onChange(chosenOf(chosen.map(Number).toSorted(), isList))}
    />
  )
}

interface ChoiceFieldProps extends PartProps {
  choices: readonly { id: string; label: string }[]
  isList: boolean
}

function ChoiceField({ label, choices, value, isList, onChange }: ChoiceFieldProps) {
  const chosen = listOf(value).map(String)
  const gone = chosen.filter(id => !choices.some(choice => choice.id === id))
  return (
    <Chips
      aria-label={label}
      selectionMode={isList ? 'multiple' : 'single'}
      chips={[
        ...choices.map(({ id, label: text }) => ({ id, text })),
        ...gone.map(id => ({ id, text: 'No longer there' })),
      ]}
      chosen={chosen}
      onChange={ids => onChange(chosenOf(ids, isList))}
    />
  )
}

function AmountField({
  fact: { input, unit, from, to, whole },
  label,
  value,
  isMissing,
  onChange,
}: PartProps & Pick<ValueFieldProps, 'fact' | 'isMissing'>) {
  const { currency } = useWords()
  const isMoney = input === 'money'
  const minor = isMoney ? 10 ** minorDigits(currency) : 1
  return (
    <span className="flex items-center gap-2">
      <NumberField
        aria-label={label}
        validationBehavior="aria"
        isInvalid={isMissing}
        value={typeof value === 'number' ? value / minor : Number.NaN}
        onChange={next => onChange(Number.isNaN(next) ? '' : rounded(next * minor, whole))}
        minValue={(from ?? 0) / minor}
        maxValue={to === null ? undefined : to / minor}
        formatOptions={isMoney ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : undefined}
      >
        <Input className={`${inputLook} tabular w-24! text-center`} />
      </NumberField>
      {unit && <span className="text-muted">{unit}</span>}
    </span>
  )
}

function rounded(amount: number, whole: boolean): number {
  return whole ? Math.round(amount) : Math.round(amount * 100) / 100
}

function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return maximumFractionDigits ?? 2
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return value === '' || value === undefined ? [] : [value]
}

function chosenOf(chosen: readonly (string | number)[], isList: boolean) {
  return isList ? chosen : (chosen[0] ?? '')
}

function timeOf(minutes: number): string {
  const part = (number: number) => String(number).padStart(2, '0')
  return `${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
