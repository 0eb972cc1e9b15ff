import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaProps,
} from 'react-aria-components/NumberField'
import { FieldFrame, inputLook } from './Field.tsx'

interface NumberFieldProps
  extends Omit<AriaProps, 'children' | 'className' | 'isInvalid' | 'value' | 'onChange'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | null
  /** A word after the number, such as `minutes`. */
  unit?: string
  /** Null where the field is empty. */
  value: number | null
  onChange: (value: number | null) => void
  /** Buttons for one step less and more; leave them out where steps mean little, as in prices. */
  steppers?: boolean
  className?: string
}

/** A number with its limits, typed or stepped. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, error, unit, value, onChange, steppers, className = '', ...field } = props
  return (
    <AriaNumberField
      validationBehavior="aria"
      {...field}
      value={value ?? Number.NaN}
      onChange={next => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={Boolean(error)}
      className={`flex flex-col gap-1.5 ${className}`}
    >
      <FieldFrame label={label} hint={hint} error={error}>
        <Group className="flex items-center gap-1.5">
          {steppers && (
            <Button slot="decrement" className={stepperLook}>
              <Minus aria-hidden="true" className="size-4" />
            </Button>
          )}
          <Input className={`${inputLook} tabular ${steppers ? 'max-w-20 text-center' : ''}`} />
          {steppers && (
            <Button slot="increment" className={stepperLook}>
              <Plus aria-hidden="true" className="size-4" />
            </Button>
          )}
          {unit && <span className="ml-1 shrink-0 text-muted">{unit}</span>}
        </Group>
      </FieldFrame>
    </AriaNumberField>
  )
}

const stepperLook =
  'flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-control border border-line bg-surface hover:border-line-strong disabled:cursor-default disabled:text-line-strong'
