import { Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'

interface PageHeaderProps {
  title: ReactNode
  /** One or two sentences under the title. */
  children?: ReactNode
  back?: { to: string; label: string }
  actions?: ReactNode
}

/** The page's one h1, with the way back and what can be done on the whole page. */
export function PageHeader({ title, children, back, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 sm:mb-8">
      {back && (
        <Link
          to={back.to}
          className="-ml-1 mb-2 inline-flex min-h-9 items-center gap-1 rounded-md pr-2 text-sm font-medium text-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-2xl">
          <h1 className="text-2xl sm:text-3xl">{title}</h1>
          {children && <div className="mt-2 text-muted">{children}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  )
}
