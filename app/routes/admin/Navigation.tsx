import { Link, NavLink, useLocation } from '@remix-run/react'
import {
  CalendarDays,
  Clock,
  Contact,
  Ellipsis,
  ExternalLink,
  Inbox,
  type LucideIcon,
  NotebookText,
  Plug,
  SlidersHorizontal,
  Store,
  Tags,
  UsersRound,
} from 'lucide-react'
import { useState } from 'react'
import { Dialog } from '../../components/Dialog.tsx'

type Role = 'owner' | 'admin' | 'coach'

interface Place {
  to: string
  label: string
  icon: LucideIcon
  /** Only for those who run the business. */
  forManagers?: boolean
}

const places: Place[] = [
  { to: '/admin', label: 'Calendar', icon: CalendarDays },
  { to: '/admin/requests', label: 'Requests', icon: Inbox },
  { to: '/admin/bookings', label: 'Bookings', icon: NotebookText },
  { to: '/admin/sessions', label: 'Sessions', icon: UsersRound },
  { to: '/admin/clients', label: 'Clients', icon: Contact },
  { to: '/admin/offers', label: 'Offers', icon: Tags, forManagers: true },
  { to: '/admin/hours', label: 'Hours', icon: Clock },
  { to: '/admin/rules', label: 'Rules', icon: SlidersHorizontal },
  { to: '/admin/business', label: 'Business', icon: Store, forManagers: true },
  { to: '/admin/plugins', label: 'Plugins', icon: Plug, forManagers: true },
]
const inTheBar = 3

interface NavigationProps {
  role: Role
  /** Requests that wait for an answer. */
  waiting: number
}

/** The way around on a wide screen. */
export function SideBar({ role, waiting }: NavigationProps) {
  return (
    <nav aria-label="Staff pages">
      <ul className="flex flex-col gap-1">
        {placesFor(role).map(place => (
          <li key={place.to}>
            <PlaceLink place={place} waiting={waiting} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function placesFor(role: Role): Place[] {
  return places.filter(({ forManagers }) => !forManagers || role !== 'coach')
}

function PlaceLink({ place, waiting, onPress }: { place: Place; waiting: number; onPress?: () => void }) {
  const { to, label, icon: Icon } = place
  return (
    <NavLink
      to={to}
      end={to === '/admin'}
      onClick={onPress}
      className={({ isActive }) =>
        `flex min-h-11 items-center gap-3 rounded-control px-3 text-[0.9375rem] ${isActive ? 'bg-accent-soft font-semibold text-accent-ink' : 'text-ink hover:bg-ink/6'}`
      }
    >
      <Icon aria-hidden="true" className="size-5 shrink-0" />
      {label}
      {to === '/admin/requests' && <WaitingCount waiting={waiting} className="ml-auto" />}
    </NavLink>
  )
}

function WaitingCount({ waiting, className }: { waiting: number; className: string }) {
  if (waiting === 0) return null
  return (
    <span
      className={`tabular min-w-5 rounded-full bg-wait px-1.5 text-center text-xs leading-5 font-semibold text-white ${className}`}
    >
      {waiting}
      <span className="sr-only"> waiting for an answer</span>
    </span>
  )
}

/** The way around on a phone: the daily places below the thumb, the rest behind "More". */
export function BottomBar({ role, waiting }: NavigationProps) {
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  const all = placesFor(role)
  const rest = all.slice(inTheBar)
  const inRest = rest.some(({ to }) => pathname.startsWith(to))
  return (
    <nav
      aria-label="Staff pages"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="grid grid-cols-4">
        {all.slice(0, inTheBar).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <NavLink to={to} end={to === '/admin'} className={({ isActive }) => tabLook(isActive)}>
              <Icon aria-hidden="true" className="size-5" />
              {label}
              {to === '/admin/requests' && (
                <WaitingCount waiting={waiting} className="absolute top-1.5 left-[calc(50%+0.5rem)]" />
              )}
            </NavLink>
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => setOpen(true)}
            className={tabLook(inRest)}
          >
            <Ellipsis aria-hidden="true" className="size-5" />
            More
          </button>
        </li>
      </ul>
      <Dialog title="More" isOpen={open} onClose={() => setOpen(false)}>
        <ul className="flex flex-col gap-1">
          {rest.map(place => (
            <li key={place.to}>
              <PlaceLink place={place} waiting={waiting} onPress={() => setOpen(false)} />
            </li>
          ))}
          <li>
            <Link
              to="/"
              className="flex min-h-11 items-center gap-3 rounded-control px-3 text-[0.9375rem] hover:bg-ink/6"
            >
              <ExternalLink aria-hidden="true" className="size-5" />
              View your site
            </Link>
          </li>
        </ul>
      </Dialog>
    </nav>
  )
}

function tabLook(active: boolean): string {
  return `relative flex min-h-15 w-full cursor-pointer flex-col items-center justify-center gap-0.5 text-xs ${active ? 'font-semibold text-accent-ink' : 'text-muted'}`
}
