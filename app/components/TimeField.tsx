import { Time } from '@internationalized/date'
import { useSyncExternalStore } from 'react'
import { DateInput, DateSegment } from 'react-aria-components/DateField'
import { TimeField as AriaTimeField } from 'react-aria-components/TimeField'
import { FieldFrame, inputLook } from './Field.tsx'

interface TimeFieldProps {
  /** Shown above the field; `aria-label` instead where the place says it all. */
  label?: string
  'aria-label'?: string
  'aria-describedby'?: string
  /** `HH:MM` on 24 hours; empty while it isn't known. */
  value: string
  onChange: (value: string) => void
  isInvalid?: boolean
  className?: string
}

/** A time of the day, typed in the viewer's own way (12 or 24 hours). */
export function TimeField({ label, value, onChange, className = '', ...field }: TimeFieldProps) {
  const [hours, minutes] = value.split(':').map(Number)
  // Browsers put another space before AM than Node does, which would make React throw the page away.
  const isOnServer = useSyncExternalStore(
    () => () => {},
    () => false,
    () => true,
  )
  const input = isOnServer ? (
    <div className={`${inputLook} tabular`}>{value}</div>
  ) : (
    <DateInput className={`${inputLook} tabular flex items-center whitespace-nowrap`}>
      {segment => (
        <DateSegment
          segment={segment}
          className="rounded px-0.5 outline-none data-focused:bg-accent data-focused:text-accent-text data-placeholder:text-faint"
        />
      )}
    </DateInput>
  )
  return (
    <AriaTimeField
      {...field}
      validationBehavior="aria"
      value={value === '' ? null : new Time(hours, minutes)}
      onChange={time => onChange(time ? time.toString().slice(0, 5) : '')}
      className={`flex flex-col gap-1.5 ${className}`}
    >
      {label ? <FieldFrame label={label}>{input}</FieldFrame> : input}
    </AriaTimeField>
  )
}
