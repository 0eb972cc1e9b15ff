import { NavLink, Outlet, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { places } from './places.ts'

/** Around the pages about rules: what they are for, and the way between them. */
export default function RulesFrame() {
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader title="Rules">Who can book what and when, and what needs an answer from you.</PageHeader>
      <Places />
      <Outlet />
    </div>
  )
}

function Places() {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => showChosen(nav.current, pathname), [pathname])
  return (
    <nav
      ref={nav}
      aria-label="Pages about rules"
      className="relative -mx-4 mb-6 overflow-x-auto px-4 sm:mx-0 sm:px-0"
    >
      <ul className="flex min-w-max gap-1 border-line border-b">
        {places.map(({ to, label }) => (
          <li key={to} data-place={to}>
            <NavLink
              to={to}
              end
              className={({ isActive }) =>
                `-mb-px flex min-h-11 items-center border-b-2 px-3 text-[0.9375rem] ${isActive ? 'border-accent-ink font-semibold text-accent-ink' : 'border-transparent text-muted hover:text-ink'}`
              }
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** On a phone the later pages are beyond the edge: brings the one that is open into view, without moving the page. */
function showChosen(nav: HTMLElement | null, pathname: string): void {
  const chosen = nav?.querySelector<HTMLElement>(`[data-place="${CSS.escape(pathname)}"]`)
  if (nav && chosen) nav.scrollLeft = chosen.offsetLeft - (nav.clientWidth - chosen.offsetWidth) / 2
}
