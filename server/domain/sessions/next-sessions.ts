import { sql } from 'kysely'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { Query } from '../command.ts'
import { viewIfListed, viewing } from './list-sessions.ts'
import { loadSessions } from './load-sessions.ts'
import type { Looking, SessionView } from './view.ts'

const DAY = 86_400_000

/** What a card of an offer says of the next session that somebody could come to. */
export type NextSession = Pick<
  SessionView,
  'id' | 'offerId' | 'startsAt' | 'dates' | 'capacity' | 'canBook' | 'price'
>

/**
 * For each offer that this viewer sees in the list of offers and that is booked by session, the next session of the
 * coming year: the first with room, else the first.
 */
export async function nextSessions(
  query: Query & Looking,
  viewer: SlotViewer,
): Promise<{ sessions: NextSession[] }> {
  const { now } = query
  const sessions = await loadSessions(query, {
    condition: sql`o.active AND o.listing = 'public' AND s.state <> 'CANCELLED' AND s.listing <> 'unlisted'
      AND d.starts_at >= ${now} AND d.starts_at < ${new Date(now.getTime() + 365 * DAY)}`,
    ...viewing(viewer),
  })
  const views = await Promise.all(sessions.map(session => viewIfListed(session, query, viewer)))
  const byOffer = Map.groupBy(
    views.filter(view => view !== null),
    view => view.offerId,
  )
  return {
    sessions: [...byOffer.values()].map(listed => {
      const { id, offerId, startsAt, dates, capacity, canBook, price } =
        listed.find(view => view.canBook) ?? listed[0]!
      return { id, offerId, startsAt, dates, capacity, canBook, price }
    }),
  }
}
