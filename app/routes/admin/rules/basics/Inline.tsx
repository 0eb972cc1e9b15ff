import { Input } from 'react-aria-components/Input'
import { NumberField } from 'react-aria-components/NumberField'

interface InlineNumberProps {
  /** What the number means, for screen readers. */
  label: string
  /** Null for none, where `placeholder` says what that means. */
  value: number | null
  onChange: (value: number | null) => void
  maxValue: number
  minValue: number
  placeholder?: string
  /** The id of what is wrong with it or doubtful about it. */
  describedBy?: string
  isInvalid?: boolean
}

/** A number within a sentence. */
export function InlineNumber(props: InlineNumberProps) {
  const { label, value, onChange, placeholder, describedBy, ...field } = props
  return (
    <NumberField
      {...field}
      validationBehavior="aria"
      aria-label={label}
      aria-describedby={describedBy}
      value={value ?? Number.NaN}
      onChange={next => onChange(Number.isNaN(next) ? null : next)}
      className="mx-1 inline-block align-middle"
    >
      <Input
        placeholder={placeholder}
        className="tabular h-11 w-20 rounded-control border border-line-strong/70 bg-surface px-2 text-center text-base placeholder:text-sm placeholder:text-faint hover:border-line-strong focus:border-accent-ink focus:outline-2 focus:-outline-offset-1 focus:outline-accent-ink data-invalid:border-bad"
      />
    </NumberField>
  )
}

interface InlineChoiceProps<Id extends string> {
  label: string
  value: Id
  choices: { id: Id; label: string }[]
  onChange: (id: Id) => void
}

/** One of a few words within a sentence. */
export function InlineChoice<Id extends string>({ label, value, choices, onChange }: InlineChoiceProps<Id>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={event => onChange(event.target.value as Id)}
      className="mx-1 inline-block h-11 max-w-full cursor-pointer rounded-control border border-line-strong/70 bg-surface px-2 align-middle text-base hover:border-line-strong focus:border-accent-ink focus:outline-2 focus:-outline-offset-1 focus:outline-accent-ink"
    >
      {choices.map(({ id, label: text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  )
}
