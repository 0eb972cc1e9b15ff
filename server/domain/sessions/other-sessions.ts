import { sql } from 'kysely'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { Query } from '../command.ts'
import { isGate } from '../rules/restrictions.ts'
import { judgeSeats } from './judge-seats.ts'
import { seatAsker, viewing } from './list-sessions.ts'
import { loadSessions, type SessionFacts } from './load-sessions.ts'
import type { Looking } from './view.ts'

const MOST = 3

export interface OtherSession {
  id: string
  startsAt: string
  endsAt: string
  timeZone: string
  /** Seats left. */
  available: number
}

/** Up to three other sessions of the same offer that this viewer could book so many seats of, the nearest first (Q5). */
export async function otherSessions(
  query: Query & Looking,
  viewer: SlotViewer,
  { sessionId, seats }: { sessionId: string; seats: number },
): Promise<OtherSession[]> {
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
  const distance = ({ startsAt }: OtherSession) =>
    Math.abs(Date.parse(startsAt) - wanted.dates[0]!.startsAt.getTime())
  return found
    .filter(session => session !== null)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST)
}

async function ifBookable(
  session: SessionFacts,
  { now }: Looking,
  { viewer, seats }: { viewer: SlotViewer; seats: number },
): Promise<OtherSession | null> {
  for (const { mode, total, booked, held } of session.seats) {
    const { outcome, restrictions } = await judgeSeats(session, seatAsker(viewer), { mode, seats }, now)
    if (restrictions.some(({ code }) => isGate(code))) return null
    if (outcome === 'refuse') continue
    return {
      id: session.id,
      startsAt: session.dates[0]!.startsAt.toISOString(),
      endsAt: session.dates.at(-1)!.endsAt.toISOString(),
      timeZone: session.timeZone,
      available: total - booked - held,
    }
  }
  return null
}
