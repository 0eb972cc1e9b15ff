import { type ReactNode, useId } from 'react'
import { Card } from './Card.tsx'

interface PanelProps {
  title: string
  /** A sentence under the title. */
  hint?: ReactNode
  actions?: ReactNode
  children: ReactNode
  className?: string
}

/** A card with a heading: one part of a page. */
export function Panel({ title, hint, actions, children, className = '' }: PanelProps) {
  const heading = useId()
  return (
    <section aria-labelledby={heading} className={className}>
      <Card>
        <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
          <div>
            <h2 id={heading} className="text-lg">
              {title}
            </h2>
            {hint && <p className="mt-0.5 text-sm text-muted">{hint}</p>}
          </div>
          {actions}
        </div>
        {children}
      </Card>
    </section>
  )
}
