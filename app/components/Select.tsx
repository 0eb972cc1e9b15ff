import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import {
  type SelectProps as AriaProps,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { FieldFrame, inputLook } from './Field.tsx'

export interface Choice<Id extends string = string> {
  id: Id
  label: string
  /** A second line that helps to choose. */
  detail?: string
  /** Shown, but not to be chosen. */
  isDisabled?: boolean
}

interface SelectProps<Id extends string>
  extends Omit<AriaProps<Choice<Id>>, 'children' | 'className' | 'onChange' | 'value'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | null
  choices: Choice<Id>[]
  value?: Id
  defaultValue?: Id
  onChange?: (id: Id) => void
  className?: string
}

/** One of a list, opened by a button. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, hint, error, choices, onChange, className = '', ...select } = props
  return (
    <AriaSelect
      validationBehavior="aria"
      {...select}
      isInvalid={Boolean(error)}
      onChange={key => onChange?.(key as Id)}
      className={`flex flex-col gap-1.5 ${className}`}
    >
      <FieldFrame label={label} hint={hint} error={error}>
        <Button className={`${inputLook} flex cursor-pointer items-center justify-between gap-2 text-left`}>
          <SelectValue className="truncate data-placeholder:text-faint [&_[slot=description]]:hidden [&_svg]:hidden" />
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </Button>
      </FieldFrame>
      <Popover className="w-(--trigger-width) min-w-48 animate-enter overflow-auto rounded-control border border-line bg-surface p-1 shadow-raised">
        <ListBox items={choices} className="outline-none">
          {({ id, label: text, detail, isDisabled }) => (
            <ListBoxItem id={id} textValue={text} isDisabled={isDisabled} className={optionLook}>
              <span className="flex-1">
                {text}
                {detail && (
                  <Text slot="description" className="block text-sm text-muted">
                    {detail}
                  </Text>
                )}
              </span>
              <Check
                aria-hidden="true"
                className="invisible size-4 text-accent-ink in-data-selected:visible"
              />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

/** One line of a list to choose from. */
export const optionLook =
  'flex min-h-10 cursor-pointer items-center gap-2 rounded-md px-3 py-2 outline-none data-focused:bg-sunken data-selected:font-medium data-disabled:text-faint'
