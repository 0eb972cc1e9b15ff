import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Outputs, useTRPC } from '../../api.ts'
import type { Formats } from '../../formats.ts'
import { useLive } from '../../live.ts'
import { type Month, monthAfter, windowOf } from './months.ts'
import { type Start, startsByDay } from './slots.ts'

export type SlotList = Outputs['slots']['list']

/** What was asked for when a page was rendered, with its answer. */
export interface SlotSeed {
  month: Month
  zone: string
  coachId: string | null
  list: SlotList
}

export interface SlotQuestion {
  offer: { slug: string; coaches: readonly { id: string }[] }
  /** Null for any coach of the offer. */
  coachId: string | null
  month: Month
  zone: string
  /** Token of a coach's personal link. */
  invite: string | null
  seed: SlotSeed | null
}

/** The slots of a month, kept up to date by the live stream; the next month comes along after it (064, 108). */
export function useSlots({ offer, coachId, month, zone, invite, seed }: SlotQuestion) {
  const trpc = useTRPC()
  const asked = (of: Month) =>
    trpc.slots.list.queryOptions({
      offer: offer.slug,
      ...(coachId && { coachId }),
      ...windowOf(of, zone),
      timeZone: zone,
      ...(invite && { invite }),
    })
  const isSeeded = seed?.month === month && seed.zone === zone && seed.coachId === coachId
  const current = useQuery({
    ...asked(month),
    ...(isSeeded && { initialData: seed.list }),
    placeholderData: (previous, query) =>
      // The same month in another zone is nearly right at once; another month isn't.
      sameMonth(query?.queryKey, asked(month).queryKey) ? keepPreviousData(previous) : undefined,
  })
  const next = useQuery({ ...asked(monthAfter(month)), enabled: current.data !== undefined })

  const followed = coachId ? [coachId] : offer.coaches.map(({ id }) => id)
  useLive(current.data?.visibility === 'open' ? followed.map(id => `calendar:${id}`) : [], [
    asked(month).queryKey,
    asked(monthAfter(month)).queryKey,
  ])

  const days = useMemo(() => startsByDay(current.data?.slots ?? [], zone), [current.data, zone])
  const nextDays = useMemo(() => startsByDay(next.data?.slots ?? [], zone), [next.data, zone])
  return { query: current, days, nextDays, isLoadingNext: next.isLoading }
}

function sameMonth(before: unknown, after: unknown): boolean {
  return monthOfKey(before) === monthOfKey(after)
}

/** The middle of the asked window tells the month, whatever the zone. */
function monthOfKey(key: unknown): string | null {
  const from = /"from":"([^"]+)"/.exec(JSON.stringify(key) ?? '')?.[1]
  return from ? new Date(Date.parse(from) + 15 * 86_400_000).toISOString().slice(0, 7) : null
}

/**
 * Says which of the times on view went away while they were looked at, for screen readers and eyes alike (064).
 * `view` names what is looked at: a day, in a zone, of a coach.
 */
export function useGoneTimes(view: string, starts: readonly Start[], formats: Formats): string | null {
  const before = useRef({ view, starts })
  const [gone, setGone] = useState<string | null>(null)

  useEffect(() => {
    const { view: lastView, starts: lastStarts } = before.current
    before.current = { view, starts }
    if (lastView !== view) return setGone(null)
    const left = new Set(starts.map(({ startsAt }) => startsAt))
    const times = lastStarts.filter(({ startsAt }) => !left.has(startsAt))
    const [first] = times
    if (!first) return
    setGone(
      times.length === 1
        ? `${formats.time(first.startsAt)} is no longer free.`
        : `${times.length} times are no longer free.`,
    )
  }, [view, starts, formats])
  return gone
}
