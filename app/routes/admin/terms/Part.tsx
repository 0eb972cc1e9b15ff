import type { ReactNode } from 'react'
import { Switch } from '../../../components/Choices.tsx'

interface PartProps {
  label: string
  hint?: string
  isOn: boolean
  onToggle: (isOn: boolean) => void
  /** What is asked for while it is on. */
  children: ReactNode
  /** What is wrong with it as a whole. */
  error?: string | null
}

/** A part of the terms that can be left out: a switch, and under it what it needs. */
export function Part({ label, hint, isOn, onToggle, children, error }: PartProps) {
  return (
    <div className="border-line border-t pt-3 first:border-0 first:pt-0">
      <Switch label={label} hint={hint} isSelected={isOn} onChange={onToggle} />
      {isOn && <div className="mt-2 flex flex-col gap-4 pb-2 sm:pl-13">{children}</div>}
      {error && (
        <p role="alert" className="mt-1 text-sm font-medium text-bad sm:pl-13">
          {error}
        </p>
      )}
    </div>
  )
}
