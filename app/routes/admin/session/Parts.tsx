import { Link, useSearchParams } from '@remix-run/react'
import { useEffect, useRef } from 'react'

export const parts = [
  { id: 'overview', label: 'Overview' },
  { id: 'participants', label: 'Participants' },
  { id: 'check-in', label: 'Check-in' },
  { id: 'materials', label: 'Materials' },
  { id: 'messages', label: 'Messages' },
  { id: 'terms', label: 'Terms' },
  { id: 'afterwards', label: 'Afterwards' },
] as const
export type Part = (typeof parts)[number]['id']

/** The part of the page that the address names. */
export function usePart(): Part {
  const [params] = useSearchParams()
  const asked = params.get('part')
  return parts.find(({ id }) => id === asked)?.id ?? 'overview'
}

/** The way between the parts of a session's page: links, so that each has its address. */
export function Parts({ part }: { part: Part }) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => showChosen(nav.current, part), [part])
  return (
    <nav
      ref={nav}
      aria-label="Parts of this session"
      className="relative -mx-4 mb-6 overflow-x-auto px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex min-w-max gap-1 border-line border-b">
        {parts.map(({ id, label }) => (
          <li key={id} data-part={id}>
            <Link
              to={id === 'overview' ? '.' : `?part=${id}`}
              aria-current={id === part ? 'page' : undefined}
              preventScrollReset
              className={`-mb-px flex min-h-11 items-center border-b-2 px-3 text-[0.9375rem] ${id === part ? 'border-accent-ink font-semibold text-accent-ink' : 'border-transparent text-muted hover:text-ink'}`}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** On a phone the later parts are beyond the edge: brings the chosen one into view, without moving the page. */
function showChosen(nav: HTMLElement | null, part: Part): void {
  const chosen = nav?.querySelector<HTMLElement>(`[data-part=${part}]`)
  if (nav && chosen) nav.scrollLeft = chosen.offsetLeft - (nav.clientWidth - chosen.offsetWidth) / 2
}
