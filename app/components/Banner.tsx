import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Tone, toneLook } from './tones.ts'

const icons = { good: CircleCheck, wait: TriangleAlert, bad: CircleAlert, info: Info, plain: Info }

interface BannerProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links at the end. */
  actions?: ReactNode
  /** `alert` is read out at once; `status` when the reader pauses. Give it where a banner appears later. */
  role?: 'alert' | 'status'
  className?: string
}

/** A message within the page: what happened, what it means, what to do. */
export function Banner({ tone = 'info', title, children, actions, role, className = '' }: BannerProps) {
  const Icon = icons[tone]
  return (
    <div role={role} className={`flex gap-3 rounded-control border p-4 ${toneLook[tone]} ${className}`}>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-[0.9375rem] text-ink">{children}</div>}
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
