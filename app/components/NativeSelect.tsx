import { ChevronDown } from 'lucide-react'
import { type SelectHTMLAttributes, useId } from 'react'
import { inputLook, labelLook } from './Field.tsx'

interface NativeSelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string
}

/** One of a long list, chosen in the browser's own way: works before scripts do, and best on a phone. */
export function NativeSelect({ label, className = '', ...select }: NativeSelectProps) {
  const id = useId()
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className={labelLook}>
        {label}
      </label>
      <span className="relative">
        <select {...select} id={id} className={`${inputLook} cursor-pointer appearance-none truncate pr-9`} />
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-3.5 right-3 size-4 text-muted"
        />
      </span>
    </div>
  )
}
