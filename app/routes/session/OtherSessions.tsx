import { Link } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { buttonLook } from '../../components/Button.tsx'
import { type SessionView, seatsLeftInWords } from '../../components/sessions/session.ts'
import { Time } from '../../components/Time.tsx'

export type OtherSession = Pick<SessionView, 'id' | 'startsAt' | 'capacity'>

interface OtherSessionsProps {
  /** Why this one can't be had. */
  message: string
  sessions: readonly OtherSession[]
  offer: { slug: string }
  /** The search of each page, such as the coach's personal link. */
  search: string
  /** Whether somebody was just filling in the form: then they are told at once, and keep what they typed. */
  isSudden: boolean
}

/** For whoever came too late: other sessions of the offer, each in one tap (Q5). */
export function OtherSessions({ message, sessions, offer, search, isSudden }: OtherSessionsProps) {
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (isSudden) box.current?.focus()
  }, [isSudden])

  return (
    <div
      ref={box}
      role={isSudden ? 'alert' : undefined}
      tabIndex={-1}
      className="rounded-control border border-wait-line bg-wait-soft p-4 outline-none"
    >
      <p className="font-semibold text-wait">{message}</p>
      <p className="mt-0.5 text-[0.9375rem]">
        {isSudden && 'Nothing you typed is lost. '}
        {sessions.length > 0 ? 'There is room here:' : 'No other date has room just now.'}
      </p>
      <ul className="mt-3 flex flex-col gap-2">
        {sessions.map(({ id, startsAt, capacity }) => (
          <li key={id}>
            <Link
              to={`/${offer.slug}/${id}${search}`}
              preventScrollReset={isSudden}
              className={buttonLook({}, 'w-full !justify-between !py-2 text-left')}
            >
              <Time at={startsAt} className="font-semibold" />
              <span className="shrink-0 text-sm font-normal text-muted">{seatsLeftInWords(capacity)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Link
        to={`/${offer.slug}${search}`}
        className={buttonLook({ variant: 'quiet', size: 'small' }, 'mt-2 -ml-3')}
      >
        See all dates
      </Link>
    </div>
  )
}
