import type { SessionKind } from '@rapport/sdk'
import type { Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { nearestStarts } from '../slots/nearest-starts.ts'
import type { CalendarCache } from './cache.ts'
import { type ListSlots, listSlots, type SlotViewer } from './list-slots.ts'

const WEEKS = 14 * 86_400_000

export interface Alternative {
  startsAt: string
  endsAt: string
  coachId: string
}

/** The three slots nearest to the one that could not be had, within two weeks on either side, for this client. */
export async function nearestAlternatives(
  query: Query & { kind(id: string): SessionKind },
  cache: CalendarCache,
  viewer: SlotViewer,
  { offer, coachId, startsAt }: Pick<ListSlots, 'offer' | 'coachId'> & { startsAt: Date },
): Promise<Alternative[]> {
  const wanted = startsAt.getTime()
  const now = query.now.getTime()
  const from = new Date(Math.max(now, wanted - WEEKS))
  const to = new Date(Math.max(now, wanted) + WEEKS)
  try {
    const { slots } = await listSlots(
      query,
      cache,
      { ...viewer, seesBookingsOf: () => false },
      { offer, coachId, from, to },
    )
    const byStart = new Map(slots.map(slot => [slot.startsAt, slot]))
    const others = [...byStart.keys()].filter(start => start !== wanted)
    return nearestStarts(others, wanted, 3).map(start => {
      const slot = byStart.get(start)!
      return { startsAt: iso(slot.startsAt), endsAt: iso(slot.endsAt), coachId: slot.coachId }
    })
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
