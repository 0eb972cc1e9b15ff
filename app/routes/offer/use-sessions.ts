import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Outputs, useTRPC } from '../../api.ts'
import { type SessionView, seatsLeftInWords } from '../../components/sessions/session.ts'
import type { Formats } from '../../formats.ts'
import { useLive } from '../../live.ts'
import { useView } from '../../view.tsx'

export type SessionList = Outputs['sessions']['list']

interface Asked {
  offer: { id: string; slug: string }
  /** Token of a coach's personal link. */
  invite: string | null
  /** What the page was rendered from. */
  seed: SessionList | null
}

/** The sessions of an offer, with their seats kept up to date by the live stream. */
export function useSessions({ offer, invite, seed }: Asked) {
  const trpc = useTRPC()
  const question = trpc.sessions.list.queryOptions({
    offer: offer.slug,
    timeZone: useView().zone,
    ...(invite && { invite }),
  })
  const query = useQuery({ ...question, ...(seed && { initialData: seed }) })
  useLive([`sessions:${offer.id}`], [question.queryKey])
  return query
}

/** Says whose seats changed while the list was looked at, for screen readers. */
export function useSeatNews(sessions: readonly SessionView[], formats: Formats): string {
  const before = useRef(new Map<string, number>())
  const [news, setNews] = useState('')

  useEffect(() => {
    const changed = sessions.filter(({ id, capacity }) => {
      const last = before.current.get(id)
      return last !== undefined && last !== capacity.available
    })
    before.current = new Map(sessions.map(({ id, capacity }) => [id, capacity.available]))
    if (changed.length > 0) {
      setNews(
        changed
          .map(({ startsAt, capacity }) => `${formats.moment(startsAt)}: ${seatsLeftInWords(capacity)}.`)
          .join(' '),
      )
    }
  }, [sessions, formats])
  return news
}
