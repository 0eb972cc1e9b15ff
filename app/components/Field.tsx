import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'

/** The look of anything one types into or chooses from. 16 px text, so that phones don't zoom in. */
export const inputLook =
  'min-h-11 w-full rounded-control border border-line-strong/70 bg-surface px-3 py-2 text-base text-ink placeholder:text-faint hover:border-line-strong focus:border-accent-ink focus:outline-2 focus:-outline-offset-1 focus:outline-accent-ink disabled:bg-sunken disabled:text-muted invalid:border-bad aria-invalid:border-bad data-invalid:border-bad'

export const labelLook = 'text-sm font-medium text-ink'
export const hintLook = 'text-sm text-muted'

interface FieldFrameProps {
  label: ReactNode
  /** Says what it is for or what is expected, under the label. */
  hint?: ReactNode
  /** Shown after the label where leaving it empty is fine. */
  optional?: boolean
  /** What is wrong with the value; null or absent where nothing is. */
  error?: string | null
  children: ReactNode
}

/** Label, hint and error around an input of React Aria, which ties them together for screen readers. */
export function FieldFrame({ label, hint, optional, error, children }: FieldFrameProps) {
  return (
    <>
      <Label className={labelLook}>
        {label}
        {optional && <span className="font-normal text-faint"> (optional)</span>}
      </Label>
      {hint && (
        <Text slot="description" className={hintLook}>
          {hint}
        </Text>
      )}
      {children}
      <FieldError className="text-sm font-medium text-bad">{error ?? undefined}</FieldError>
    </>
  )
}
