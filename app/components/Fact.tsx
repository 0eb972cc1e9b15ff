import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface FactProps {
  icon: LucideIcon
  /** What is said of it, for those who don't see the icon. */
  name: string
  children: ReactNode
}

/** One line of a `<dl>` of facts about a session. */
export function Fact({ icon: Icon, name, children }: FactProps) {
  return (
    <div className="flex gap-3">
      <dt className="shrink-0">
        <Icon aria-hidden="true" className="mt-0.5 size-5 text-muted" />
        <span className="sr-only">{name}</span>
      </dt>
      <dd className="min-w-0 flex-1 wrap-anywhere">{children}</dd>
    </div>
  )
}
