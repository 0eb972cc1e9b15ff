import type { Query } from '../../command.ts'

/** The coach a notice goes to, with the limits of the own settings (011, 012). */
export interface NoticedCoach {
  id: string
  personId: string
  timeZone: string
  weekStartsOn: number
  maxSessionsPerDay: number | null
  maxSessionsPerWeek: number | null
  limitOutcome: 'refuse' | 'request'
}

/** Reads a coach of this tenant. Throws where there is none. */
export function readCoach({ trx, tenantId }: Query, coachId: string): Promise<NoticedCoach> {
  return trx
    .selectFrom('coaches as c')
    .innerJoin('tenants as t', 't.id', 'c.tenant_id')
    .select([
      'c.id',
      'c.person_id as personId',
      'c.time_zone as timeZone',
      't.week_starts_on as weekStartsOn',
    ])
    .select(['c.max_sessions_per_day as maxSessionsPerDay', 'c.max_sessions_per_week as maxSessionsPerWeek'])
    .select('c.limit_outcome as limitOutcome')
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', coachId)
    .executeTakeFirstOrThrow()
}
