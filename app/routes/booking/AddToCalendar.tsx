import { CalendarPlus } from 'lucide-react'
import { buttonLook } from '../../components/Button.tsx'
import type { BookingView } from './route.tsx'

/** Puts the session into the client's own calendar. */
export function AddToCalendar({ calendar }: Pick<BookingView, 'calendar'>) {
  const links = [
    { name: 'Google', href: calendar.google },
    { name: 'Outlook', href: calendar.outlook },
    ...(calendar.ics ? [{ name: 'Apple or other', href: calendar.ics }] : []),
  ]
  return (
    <div className="border-t border-line px-5 py-4 sm:px-6">
      <h3 className="mb-2.5 flex items-center gap-2 text-sm font-medium">
        <CalendarPlus aria-hidden="true" className="size-4 text-muted" />
        Add to your calendar
      </h3>
      <ul className="flex flex-wrap gap-2">
        {links.map(({ name, href }) => (
          <li key={name}>
            <a
              href={href}
              {...(href !== calendar.ics && { target: '_blank', rel: 'noreferrer' })}
              className={buttonLook({ size: 'small' })}
            >
              {name}
              {href !== calendar.ics && <span className="sr-only"> (opens a new tab)</span>}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
