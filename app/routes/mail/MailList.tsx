import { Link } from '@remix-run/react'
import { CalendarDays } from 'lucide-react'
import { Time } from '../../components/Time.tsx'
import type { MailSummary } from './route.tsx'

interface MailListProps {
  mails: MailSummary[]
  openId: string | null
}

/** Newest first: to whom, what about, when. */
export function MailList({ mails, openId }: MailListProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface md:max-h-[75dvh] md:overflow-y-auto">
      {mails.map(({ id, to, subject, at, hasCalendar }) => (
        <li key={id} className="relative">
          <Link
            to={`/mail?id=${id}`}
            preventScrollReset
            aria-current={id === openId ? 'true' : undefined}
            className="block px-4 py-3 -outline-offset-2 hover:bg-ground aria-[current]:bg-accent-soft"
          >
            <span className="flex items-baseline justify-between gap-3 text-sm text-muted">
              <span className="truncate">{to}</span>
              <Time at={at} as="time" className="shrink-0" />
            </span>
            <span className="mt-0.5 flex items-start justify-between gap-2 text-[0.9375rem] font-medium">
              <span className="min-w-0 break-words">{subject}</span>
              {hasCalendar && (
                <>
                  <CalendarDays aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
                  <span className="sr-only">with a calendar entry</span>
                </>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
