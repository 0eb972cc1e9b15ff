import { sql } from 'kysely'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { Query } from '../command.ts'
import { getOffer } from '../offers/read-offers.ts'
import { notFound, Refusal } from '../refusal.ts'
import { isGate } from '../rules/restrictions.ts'
import { seatAsker, viewing } from './list-sessions.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import { judgeView, type Looking, viewSession } from './view.ts'

/**
 * One session with its offer, an unlisted and a cancelled one too. 404 for one that this viewer may not see, 403
 * `CONNECTED_ONLY` for one that the viewer could see as a connected client. Staff see those of their coaches.
 */
export async function getSession(
  query: Query & Looking,
  viewer: SlotViewer,
  { session: id }: { session: string },
) {
  const { session, judged, asker } = await seeSession(query, viewer, id)
  return {
    ...viewSession(session, judged, query, asker),
    offer: await getOffer(query, { offer: session.offer.id }),
  }
}

/** A session as read and judged for this viewer; refuses as `getSession` does. */
export async function seeSession(query: Query & Looking, viewer: SlotViewer, id: string) {
  const session = await findSession(query, viewer, id)
  const asker = seatAsker(viewer)
  const judged = await judgeView(session, asker, query)
  const gate = judged.restrictions.find(({ code }) => isGate(code))
  if (gate && !session.coaches.some(coach => viewer.seesBookingsOf(coach.id))) {
    throw gate.code === 'CONNECTED_ONLY'
      ? new Refusal('forbidden', gate.code, gate.message)
      : notFound('session')
  }
  return { session, judged, asker }
}

/** A session with dates of its own, for this viewer; 404 where there is none. */
export async function findSession(query: Query, viewer: SlotViewer, id: string): Promise<SessionFacts> {
  const [session] = await loadSessions(query, { condition: sql`s.id = ${id}`, ...viewing(viewer) })
  if (!session) throw notFound('session')
  return session
}
