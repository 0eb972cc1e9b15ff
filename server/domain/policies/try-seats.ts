import { type RawBuilder, sql } from 'kysely'
import { notFound } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import { judgeSeats, settleMode } from '../sessions/judge-seats.ts'
import { loadSessions, type SessionFacts } from '../sessions/load-sessions.ts'
import { requireOwn, seesAny, type Tried, type TryIt, type Trying, triedAs, triedUnder } from './try-it.ts'

const AROUND = 31 * 86_400_000

export interface TrySeats extends TryIt {
  sessionId: string
  seats: number
}

/**
 * How booking seats of this session would be answered, by the code that shows and books them; it changes nothing. A
 * coach may try the own sessions and the own clients. 404 for an unknown session or client.
 */
export async function trySeats(query: Trying, input: TrySeats): Promise<Tried> {
  const { viewer, record } = await triedAs(query, input)
  const policy = await triedUnder(query, input)
  const load = (condition: RawBuilder<unknown>) =>
    loadSessions(query, { condition, client: record, own: { visitorHash: null, holdId: null }, limit: 100 })
  const decide = async (session: SessionFacts): Promise<Decision> => {
    const wanted = { mode: settleMode(session, undefined, input.seats), seats: input.seats }
    const asker = { by: 'client' as const, proven: viewer.proven, invitedBy: [], timeZone: viewer.timeZone }
    return (await judgeSeats({ ...session, policy }, asker, wanted, query.now)).decision
  }

  const [session] = await load(sql`s.id = ${input.sessionId}`)
  if (!session) throw notFound('session')
  requireOwn(query, session.coaches)
  const { startsAt } = session.dates[0]!
  const earliest = new Date(Math.max(query.now.getTime(), startsAt.getTime() - AROUND))
  const latest = new Date(startsAt.getTime() + AROUND)
  const around = await load(
    sql`s.offer_id = ${session.offer.id} AND d.starts_at > ${earliest} AND d.starts_at < ${latest}`,
  )
  const own = around.filter(({ coaches }) => seesAny(query, coaches))
  const [coach] = session.coaches
  return {
    decision: await decide(session),
    coach: { id: coach!.id, name: coach!.name, timeZone: session.timeZone },
    startsAt,
    price: null,
    nearestFirm: await nearestFirm(own, startsAt, decide),
  }
}

async function nearestFirm(
  sessions: readonly SessionFacts[],
  wanted: Date,
  decide: (session: SessionFacts) => Promise<Decision>,
): Promise<Tried['nearestFirm']> {
  const distance = ({ dates }: SessionFacts) => Math.abs(dates[0]!.startsAt.getTime() - wanted.getTime())
  for (const session of sessions.toSorted((a, b) => distance(a) - distance(b))) {
    if ((await decide(session)).outcome !== 'firm') continue
    return { ...session.dates[0]!, coachId: session.coaches[0]!.id, sessionId: session.id }
  }
  return null
}
