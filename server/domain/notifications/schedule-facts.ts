import type { Query } from '../command.ts'
import type { MessageData } from './message.ts'
import { findAllSessionFacts, type SessionMessageFacts } from './session-facts.ts'

/** What a message says of a round of a schedule, to one who leads its sessions. */
export interface ScheduleFacts {
  title: string
  timeZone: string
  /** Those the reader leads that are held, in order of time. */
  sessions: SessionMessageFacts[]
  /** Dates that were left out since somebody's time was taken. */
  skipped: { startsAt: Date; coach: string }[]
}

/** Reads the round that a message tells of; undefined for one that tells of none. */
export async function findScheduleFacts(
  query: Query,
  { scheduleId, sessionIds = [], skipped = [] }: MessageData,
  personId: string,
): Promise<ScheduleFacts | undefined> {
  if (!scheduleId) return undefined
  const { trx, tenantId } = query
  const schedule = await trx
    .selectFrom('schedules as s')
    .innerJoin('offers as o', join =>
      join.onRef('o.tenant_id', '=', 's.tenant_id').onRef('o.id', '=', 's.offer_id'),
    )
    .select(['o.title', 's.time_zone'])
    .where('s.tenant_id', '=', tenantId)
    .where('s.id', '=', scheduleId)
    .executeTakeFirstOrThrow()
  const nameOf = await findNames(query, [...new Set(skipped.map(({ coachId }) => coachId))])
  const sessions = await findAllSessionFacts(query, sessionIds)
  return {
    title: schedule.title,
    timeZone: schedule.time_zone,
    sessions: sessions.filter(
      ({ state, leaders }) => state !== 'CANCELLED' && leaders.some(leader => leader.personId === personId),
    ),
    skipped: skipped.map(({ startsAt, coachId }) => ({
      startsAt: new Date(startsAt),
      coach: nameOf.get(coachId) ?? '',
    })),
  }
}

async function findNames(
  { trx, tenantId }: Query,
  coachIds: readonly string[],
): Promise<Map<string, string>> {
  if (coachIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('coaches as c')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.person_id'),
    )
    .select(['c.id', 'p.name'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', 'in', coachIds)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
