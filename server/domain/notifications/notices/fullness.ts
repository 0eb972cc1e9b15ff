import { sql } from 'kysely'
import type { Query } from '../../command.ts'
import { localDays } from '../../slots/local-days.ts'

/** One local day or week of a coach against the limit that holds for it. */
export interface Stretch {
  per: 'day' | 'week'
  /** The day, or the first of the week, `YYYY-MM-DD`. */
  from: string
  /** The limit, and whether a rule set it: it may hold for some bookings only. */
  most: number
  ofRule: boolean
}

/** What a stretch has, as limits count it: over all offers, and requests whose time is kept with what is confirmed. */
export interface Taken {
  sessions: number
  /** Of requests that wait for an answer; not among `sessions`. */
  requests: number
}

export type Level = 'near' | 'full' | 'over'

/**
 * How far a stretch is: near from 80 % of the limit, where that is less than all of it; full; over once more is
 * confirmed than the limit allows. Null below.
 */
export function levelOf({ sessions, requests }: Taken, most: number): Level | null {
  if (sessions > most) return 'over'
  const taken = sessions + requests
  if (taken >= most) return 'full'
  return taken >= Math.ceil((most * 4) / 5) ? 'near' : null
}

/** Whose day or week it is, as far as counting goes. */
export interface CountedCoach {
  id: string
  timeZone: string
  weekStartsOn: number
}

const DAY = 86_400_000

/** Counts what a coach has on a local day, or in a local week. */
export async function countTaken(
  { trx, tenantId }: Query,
  coach: CountedCoach,
  { per, from }: Pick<Stretch, 'per' | 'from'>,
): Promise<Taken> {
  const near = Date.parse(from)
  const { rows } = await sql<{ startsAt: Date; isRequest: boolean }>`
    SELECT x.starts_at AS "startsAt", EXISTS (SELECT FROM bookings b WHERE b.tenant_id = x.tenant_id
      AND b.session_id = x.session_id AND b.status = 'REQUESTED' AND s.terms IS NULL) AS "isRequest"
    FROM claims x
    JOIN sessions s ON s.tenant_id = x.tenant_id AND s.id = x.session_id
    WHERE x.tenant_id = ${tenantId} AND x.coach_id = ${coach.id} AND x.released_at IS NULL AND x.exclusive
      AND x.starts_at > ${new Date(near - DAY)} AND x.starts_at < ${new Date(near + 9 * DAY)}`.execute(trx)
  const { dayOf, weekOf } = localDays(coach.timeZone, coach.weekStartsOn)
  const nameOf = per === 'day' ? dayOf : weekOf
  const within = rows.filter(({ startsAt }) => nameOf(startsAt.getTime()) === from)
  const requests = within.filter(({ isRequest }) => isRequest).length
  return { sessions: within.length - requests, requests }
}
