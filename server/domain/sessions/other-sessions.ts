import { sql } from 'kysely'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { Query } from '../command.ts'
import { seatAsker, viewing } from './list-sessions.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import { judgeView, type Looking, type SessionView, viewSession } from './view.ts'

const MOST = 3

/** Up to three other sessions of the same offer that this viewer could book so many seats of, the nearest first (Q5). */
export async function otherSessions(
  query: Query & Looking,
  viewer: SlotViewer,
  { sessionId, seats }: { sessionId: string; seats: number },
): Promise<SessionView[]> {
  const sessions = await loadSessions(query, {
    condition: sql`s.offer_id = (SELECT offer_id FROM sessions WHERE tenant_id = ${query.tenantId} AND id = ${sessionId})
      AND (s.id = ${sessionId} OR (s.state <> 'CANCELLED' AND s.listing <> 'unlisted' AND d.starts_at > ${query.now}))`,
    ...viewing(viewer),
  })
  const wanted = sessions.find(({ id }) => id === sessionId)
  if (!wanted) return []
  const found = await Promise.all(
    sessions
      .filter(session => session !== wanted)
      .map(session => ifBookable(session, query, { viewer, seats })),
  )
  const distance = ({ startsAt }: SessionView) =>
    Math.abs(Date.parse(startsAt) - wanted.dates[0]!.startsAt.getTime())
  return found
    .filter(session => session !== null)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST)
}

async function ifBookable(
  session: SessionFacts,
  looking: Looking,
  { viewer, seats }: { viewer: SlotViewer; seats: number },
): Promise<SessionView | null> {
  const asker = seatAsker(viewer)
  const judged = await judgeView(session, asker, looking, seats)
  return judged.outcome === 'refuse' ? null : viewSession(session, judged, looking, asker)
}
