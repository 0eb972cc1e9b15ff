import { MessageCircleReply } from 'lucide-react'
import type { RefObject } from 'react'
import { Badge, bookingStatuses, StatusBadge } from '../../components/Badge.tsx'
import { toneLook } from '../../components/tones.ts'
import type { BookingView } from './route.tsx'
import type { ToldStatus } from './status.ts'

interface StatusBannerProps {
  told: ToldStatus
  booking: BookingView
  headingRef: RefObject<HTMLHeadingElement>
}

/** The page's head: icon, words and badge say the same (105). */
export function StatusBanner({ told, booking, headingRef }: StatusBannerProps) {
  const { status, awaiting } = booking
  const { icon: Icon, tone } = bookingStatuses[status]
  return (
    <header className="mb-6 flex flex-col items-center text-center wrap-anywhere">
      <span className={`mb-4 flex size-14 items-center justify-center rounded-full border ${toneLook[tone]}`}>
        <Icon aria-hidden="true" className="size-7" />
      </span>
      <h1 ref={headingRef} tabIndex={-1} className="text-2xl outline-none sm:text-3xl">
        {told.title}
      </h1>
      {told.text && (
        <p className="mt-2 max-w-md text-muted" suppressHydrationWarning>
          {told.text}
        </p>
      )}
      <div className="mt-3">
        {awaiting === 'client' ? (
          <Badge tone="info" icon={MessageCircleReply}>
            Waits for your answer
          </Badge>
        ) : (
          <StatusBadge status={status} />
        )}
      </div>
    </header>
  )
}
