import { sql } from 'kysely'
import { prepareAttempt } from '../availability/attempt.ts'
import type { CalendarCache } from '../availability/cache.ts'
import { recallAvailability } from '../availability/list-slots.ts'
import { waysToJudge } from '../availability/ways.ts'
import { requireCoaches } from '../booking/attempts.ts'
import { notFound } from '../refusal.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import type { Policy } from '../rules/policy.ts'
import { seatFacts, settleMode } from '../sessions/judge-seats.ts'
import { loadSessions } from '../sessions/load-sessions.ts'
import { requireOwn, type TryIt, type Trying, triedAs } from './try-it.ts'

/** By whom a booking is asked about, as a booking would be judged (see `waysToJudge`). */
export interface AskedWays {
  ways: readonly DecisionFacts[]
  bookedBy: 'slot' | 'session'
  /** Whether the buffer is the offer's, which is the larger one. */
  isOfOffer: boolean
}

interface AskedOffer extends TryIt {
  offerId: string
  coachId: string
}

/** For a slot of this offer with this coach, before it is known when. 404 for an unknown offer, coach or client. */
export async function waysOfOffer(
  query: Trying,
  cache: CalendarCache,
  policy: Policy,
  input: AskedOffer,
): Promise<AskedWays> {
  const { offerId, coachId } = input
  const { viewer, record } = await triedAs(query, input)
  const found = await recallAvailability(query, cache, {
    ...{ offer: offerId, coachId, from: query.now, client: record },
  })
  requireCoaches(found, coachId)
  const [coach] = requireOwn(query, found.coaches)
  const kind = query.kind(found.kind)
  const asker = {
    ...{ by: 'client' as const, proven: viewer.proven, invited: false, ownHoldId: null },
    timeZone: viewer.timeZone,
  }
  const now = query.now.getTime()
  const attempt = prepareAttempt({ ...found, policy }, coach!, asker, kind, now)
  return {
    ways: waysToJudge(attempt.facts(now, null)),
    bookedBy: kind.bookedBy,
    isOfOffer: found.bufferMinutes > coach!.bufferMinutes,
  }
}

/** For a seat of this session. 404 for an unknown session or client. */
export async function waysOfSession(query: Trying, input: TryIt & { sessionId: string }): Promise<AskedWays> {
  const { viewer, record } = await triedAs(query, input)
  const [session] = await loadSessions(query, {
    condition: sql`s.id = ${input.sessionId}`,
    ...{ client: record, own: { visitorHash: null, holdId: null }, limit: 1 },
  })
  if (!session) throw notFound('session')
  requireOwn(query, session.coaches)
  const asker = { by: 'client' as const, proven: viewer.proven, invitedBy: [], timeZone: viewer.timeZone }
  const wanted = { mode: settleMode(session, undefined, 1), seats: 1 }
  return {
    ways: waysToJudge(seatFacts(session, asker, wanted, query.now)),
    bookedBy: 'session',
    isOfOffer: false,
  }
}
