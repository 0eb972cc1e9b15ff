import { Video } from 'lucide-react'
import { useEffect, useState } from 'react'
import { buttonLook } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Time } from '../../components/Time.tsx'
import type { BookingView } from './route.tsx'

/** The way into the room: a button as soon as it opens, and before that when it will. */
export function Join({ booking: { session } }: { booking: BookingView }) {
  const { joinUrl, joinOpensAt } = session
  const isOpen = useIsPast(joinOpensAt)
  if (!joinUrl || !joinOpensAt) return null

  if (!isOpen) {
    return (
      <p className="text-center text-[0.9375rem] text-muted">
        <Video aria-hidden="true" className="mr-2 inline size-5 align-text-bottom" />
        It’s online. Join from here from <Time at={joinOpensAt} className="whitespace-nowrap text-ink" /> on.
      </p>
    )
  }
  return (
    <Card as="section" className="p-5 text-center sm:p-6">
      <a
        href={new URL(joinUrl).pathname}
        className={buttonLook({ variant: 'primary', size: 'large' }, 'w-full sm:w-auto')}
      >
        <Video aria-hidden="true" />
        Join the session
      </a>
    </Card>
  )
}

/** Turns true while the page is open; false on the server, whose clock the visitor's page must not wait for. */
function useIsPast(instant: string | null): boolean {
  const [isPast, setPast] = useState(false)
  useEffect(() => {
    const look = () => setPast(instant !== null && Date.parse(instant) <= Date.now())
    look()
    const timer = setInterval(look, 5_000)
    return () => clearInterval(timer)
  }, [instant])
  return isPast
}
