import type { SessionKind } from '@rapport/sdk'
import type { Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { nearestStarts } from '../slots/nearest-starts.ts'
import type { CalendarCache } from './cache.ts'
import { type ListSlots, recallAvailability, type SlotViewer, slotsIn } from './list-slots.ts'
import type { BookableOffer } from './load.ts'

const WEEKS = 14 * 86_400_000

export interface Alternative {
  startsAt: string
  endsAt: string
  coachId: string
}

type Wanted = Pick<ListSlots, 'offer' | 'coachId'> & { startsAt: Date }
type Asking = Query & { kind(id: string): SessionKind }

/** The three slots nearest to the one that could not be had, within two weeks on either side, for this client. */
export async function nearestAlternatives(
  query: Asking,
  cache: CalendarCache,
  viewer: SlotViewer,
  { offer: slugOrId, coachId, startsAt }: Wanted,
): Promise<Alternative[]> {
  const client = viewer.personId ? { personId: viewer.personId } : undefined
  const wanted = { offer: slugOrId, coachId, from: windowAround(query, startsAt).from, client }
  try {
    return await alternativesIn(await recallAvailability(query, cache, wanted), query, viewer, startsAt)
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

/** The same from an offer whose facts are at hand. */
export async function alternativesIn(
  offer: BookableOffer,
  query: Pick<Asking, 'now' | 'kind'>,
  viewer: SlotViewer,
  startsAt: Date,
): Promise<Alternative[]> {
  const forClients = { ...viewer, seesBookingsOf: () => false }
  const { slots } = await slotsIn(offer, query, forClients, windowAround(query, startsAt))
  const byStart = new Map(slots.map(slot => [slot.startsAt, slot]))
  const others = [...byStart.keys()].filter(start => start !== startsAt.getTime())
  return nearestStarts(others, startsAt.getTime(), 3).map(start => {
    const slot = byStart.get(start)!
    return { startsAt: iso(slot.startsAt), endsAt: iso(slot.endsAt), coachId: slot.coachId }
  })
}

function windowAround({ now }: Pick<Query, 'now'>, startsAt: Date): { from: Date; to: Date } {
  const wanted = startsAt.getTime()
  return {
    from: new Date(Math.max(now.getTime(), wanted - WEEKS)),
    to: new Date(Math.max(now.getTime(), wanted) + WEEKS),
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
