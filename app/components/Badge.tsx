import { Ban, CircleCheck, CircleX, Hourglass, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Tone, toneLook } from './tones.ts'

interface BadgeProps {
  tone?: Tone
  icon?: LucideIcon
  children: ReactNode
}

/** A few words about the state of something. */
export function Badge({ tone = 'plain', icon: Icon, children }: BadgeProps) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full border px-2 py-0.5 text-[0.8125rem] leading-5 font-medium whitespace-nowrap ${toneLook[tone]}`}
    >
      {Icon && <Icon aria-hidden="true" className="size-3.5 shrink-0" />}
      {children}
    </span>
  )
}

export type BookingStatus = 'REQUESTED' | 'FIRM_BOOKED' | 'CONFIRMED' | 'DECLINED' | 'CANCELLED'

/** How each status of a booking is told: words, icon and tone, so never by colour alone (105). */
export const bookingStatuses: Record<BookingStatus, { words: string; icon: LucideIcon; tone: Tone }> = {
  REQUESTED: { words: 'Awaiting approval', icon: Hourglass, tone: 'wait' },
  FIRM_BOOKED: { words: 'Booked', icon: CircleCheck, tone: 'good' },
  CONFIRMED: { words: 'Confirmed', icon: CircleCheck, tone: 'good' },
  DECLINED: { words: 'Declined', icon: CircleX, tone: 'bad' },
  CANCELLED: { words: 'Cancelled', icon: Ban, tone: 'plain' },
}

export function StatusBadge({ status }: { status: BookingStatus }) {
  const { words, icon, tone } = bookingStatuses[status]
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  )
}
