import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components/Checkbox'
import { Radio, RadioGroup, type RadioGroupProps } from 'react-aria-components/RadioGroup'
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components/Switch'
import { FieldFrame } from './Field.tsx'
import type { Choice } from './Select.tsx'

interface Labelled {
  label: ReactNode
  hint?: ReactNode
}

/** A box to tick. */
export function Checkbox({
  label,
  hint,
  ...props
}: Omit<AriaCheckboxProps, 'children' | 'className'> & Labelled) {
  return (
    <AriaCheckbox
      {...props}
      className="group flex cursor-pointer items-start gap-3 py-1.5 data-disabled:cursor-not-allowed data-disabled:opacity-55"
    >
      <span className="mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-md border border-line-strong bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent-ink group-data-selected:border-accent-ink group-data-selected:bg-accent-ink">
        <Check
          aria-hidden="true"
          strokeWidth={3}
          className="invisible size-3.5 text-white group-data-selected:visible"
        />
      </span>
      <LabelAndHint label={label} hint={hint} />
    </AriaCheckbox>
  )
}

/** Something that is on or off at once, without saving. */
export function Switch({
  label,
  hint,
  ...props
}: Omit<AriaSwitchProps, 'children' | 'className'> & Labelled) {
  return (
    <AriaSwitch
      {...props}
      className="group flex cursor-pointer items-start gap-3 py-1.5 data-disabled:cursor-not-allowed data-disabled:opacity-55"
    >
      <span className="mt-0.5 flex h-6 w-10 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent-ink group-data-selected:bg-accent-ink">
        <span className="size-5 rounded-full bg-white shadow-sm transition-transform group-data-selected:translate-x-4" />
      </span>
      <LabelAndHint label={label} hint={hint} />
    </AriaSwitch>
  )
}

interface RadiosProps<Id extends string>
  extends Omit<RadioGroupProps, 'children' | 'className' | 'onChange' | 'value'>,
    Labelled {
  choices: Choice<Id>[]
  value: Id
  onChange: (id: Id) => void
  error?: string | null
  className?: string
}

/** One of a few, all in view, as cards. */
export function Radios<Id extends string>(props: RadiosProps<Id>) {
  const { label, hint, choices, onChange, error, className = 'flex flex-col gap-2', ...group } = props
  return (
    <RadioGroup
      {...group}
      isInvalid={Boolean(error)}
      onChange={id => onChange(id as Id)}
      className="flex flex-col gap-1.5"
    >
      <FieldFrame label={label} hint={hint} error={error}>
        <div className={className}>
          {choices.map(({ id, label: text, detail, isDisabled }) => (
            <Radio
              key={id}
              value={id}
              isDisabled={isDisabled}
              className="group flex min-h-11 cursor-pointer items-center gap-3 rounded-control border border-line bg-surface px-4 py-2.5 hover:border-line-strong data-disabled:cursor-not-allowed data-disabled:bg-sunken data-disabled:text-muted data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent-ink data-selected:border-accent-ink data-selected:bg-accent-soft"
            >
              <span className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface group-data-selected:border-accent-ink">
                <span className="size-2.5 rounded-full group-data-selected:bg-accent-ink" />
              </span>
              <LabelAndHint label={text} hint={detail} />
            </Radio>
          ))}
        </div>
      </FieldFrame>
    </RadioGroup>
  )
}

function LabelAndHint({ label, hint }: Labelled) {
  return (
    <span className="min-w-0">
      <span className="block">{label}</span>
      {hint && <span className="block text-sm text-muted">{hint}</span>}
    </span>
  )
}
