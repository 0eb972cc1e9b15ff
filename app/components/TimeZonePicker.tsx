import { Globe } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useView } from '../view.tsx'
import { zoneCity, zoneInWords } from '../zone.ts'
import { hintLook, inputLook, labelLook } from './Field.tsx'

/** With its search and list it weighs as much as a page, so it comes only when opened. */
const TimeZoneDialog = lazy(() => import('./TimeZoneDialog.tsx'))

interface TimeZonePickerProps {
  /** The instant whose offset is named; now where absent. */
  at?: string
  /** Zones to show first, such as the coach's. */
  suggestions?: string[]
  /** Called after the chosen zone took effect. */
  onChange?: (zone: string) => void
}

/** Says which zone times are shown in and changes it for the whole site (time zone always visible). */
export function TimeZonePicker({ at, suggestions, onChange }: TimeZonePickerProps) {
  const { zone, setZone, formats } = useView()
  const [open, setOpen] = useState(false)
  return (
    <>
      <p className="text-sm text-muted">
        <Globe aria-hidden="true" className="mr-1.5 inline size-4 align-text-bottom" />
        Times in <strong className="font-medium text-ink">{zoneInWords(zone)}</strong>{' '}
        <span className="whitespace-nowrap">
          <span suppressHydrationWarning>({formats.offset(at ?? new Date())})</span>{' '}
          <Button
            onPress={() => setOpen(true)}
            className="min-h-9 cursor-pointer rounded-md px-1 font-medium text-accent-ink underline underline-offset-2"
          >
            Change<span className="sr-only"> time zone</span>
          </Button>
        </span>
      </p>
      {open && (
        <Suspense>
          <TimeZoneDialog
            zone={zone}
            suggestions={suggestions}
            onChoose={chosen => {
              setZone(chosen)
              onChange?.(chosen)
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}

interface TimeZoneFieldProps {
  label: string
  hint?: string
  /** Also the name of a hidden input, for forms that post. */
  name?: string
  value: string
  onChange: (zone: string) => void
}

/** A zone in a form. */
export function TimeZoneField({ label, hint, name, value, onChange }: TimeZoneFieldProps) {
  const { formats } = useView()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className={labelLook}>
        {label}
      </span>
      {hint && <span className={hintLook}>{hint}</span>}
      {name && <input type="hidden" name={name} value={value} />}
      <button
        type="button"
        id={`${id}-button`}
        onClick={() => setOpen(true)}
        aria-labelledby={`${id}-label ${id}-button`}
        aria-haspopup="dialog"
        className={`${inputLook} flex cursor-pointer items-center justify-between gap-2 text-left`}
        suppressHydrationWarning
      >
        <span className="truncate">{zoneCity(value)}</span>
        <span className="shrink-0 text-sm text-muted">
          {value.includes('/') ? `${value.slice(0, value.indexOf('/'))}, ` : ''}
          {formats.in(value).offset(new Date())}
        </span>
      </button>
      {open && (
        <Suspense>
          <TimeZoneDialog zone={value} onChoose={onChange} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
