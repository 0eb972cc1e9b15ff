import type { ReactNode } from 'react'
import { Input } from 'react-aria-components/Input'
import { TextArea } from 'react-aria-components/TextArea'
import { type TextFieldProps as AriaProps, TextField as AriaTextField } from 'react-aria-components/TextField'
import { FieldFrame, inputLook } from './Field.tsx'

export interface TextFieldProps extends Omit<AriaProps, 'children' | 'className' | 'isInvalid'> {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with the value, from the server or from a check of the form. */
  error?: string | null
  placeholder?: string
  /** More than one line, at least so many. */
  rows?: number
  /** Text right before or after the input, such as a unit or `.rapport.example`. */
  before?: ReactNode
  after?: ReactNode
  className?: string
}

/** A line or several of text with label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, placeholder, rows, before, after, className = '', ...field } = props
  return (
    <AriaTextField
      validationBehavior="aria"
      {...field}
      isInvalid={Boolean(error)}
      className={`flex flex-col gap-1.5 ${className}`}
    >
      <FieldFrame label={label} hint={hint} error={error} optional={!field.isRequired && !field.isReadOnly}>
        {rows ? (
          <TextArea
            rows={rows}
            placeholder={placeholder}
            className={`${inputLook} resize-y leading-normal`}
          />
        ) : (
          <span className="flex items-center gap-2">
            {before && <span className="shrink-0 text-muted">{before}</span>}
            <Input placeholder={placeholder} className={inputLook} />
            {after && <span className="shrink-0 text-muted">{after}</span>}
          </span>
        )}
      </FieldFrame>
    </AriaTextField>
  )
}
