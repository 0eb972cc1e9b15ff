import type { ReactNode } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'

interface StepFormProps {
  children: ReactNode
  /** What the server said against it. */
  problem: string | null
  isPending: boolean
  onSubmit: () => void
  onBack?: () => void
}

/** One step: its fields, and on to the next. Enter does what the button does. */
export function StepForm({ children, problem, isPending, onSubmit, onBack }: StepFormProps) {
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (!isPending) onSubmit()
      }}
      className="flex flex-col gap-6"
    >
      {children}
      {problem && (
        <Banner tone="bad" role="alert">
          {problem}
        </Banner>
      )}
      <div className="flex justify-between gap-3 border-t border-line pt-5">
        {onBack ? <Button onPress={onBack}>Back</Button> : <span />}
        <Button type="submit" variant="primary" isPending={isPending}>
          Continue
        </Button>
      </div>
    </form>
  )
}
