import { type RawBuilder, sql } from 'kysely'
import type { Query } from '../command.ts'
import type { CoachCalendar, Interval } from '../slots/types.ts'

/** A coach's hours and absences around a window; epoch milliseconds. */
export interface HoursOfCoach extends Pick<CoachCalendar, 'coachId' | 'timeZone' | 'hours' | 'overrides'> {
  timeOff: (Interval & { id: string; note: string })[]
  externalBusy: Interval[]
}

/** In one statement: of the coach named, or of all who work here now. */
export async function readCalendars(
  { trx, tenantId }: Query,
  { coachId, from, to }: { coachId: string | null; from: Date; to: Date },
): Promise<HoursOfCoach[]> {
  const meets = sql`starts_at < ${to} AND ends_at > ${from}`
  const { rows } = await sql<HoursOfCoach>`
    SELECT c.id AS "coachId", c.time_zone AS "timeZone",
      (SELECT coalesce(json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute,
          'endMinute', end_minute)), '[]')
        FROM hours WHERE tenant_id = ${tenantId} AND coach_id = c.id) AS hours,
      (SELECT coalesce(json_agg(json_build_object('date', local_date, 'ranges', ranges)), '[]')
        FROM overrides WHERE tenant_id = ${tenantId} AND coach_id = c.id
          AND local_date BETWEEN ${from}::timestamptz::date - 3 AND ${to}::timestamptz::date + 3) AS overrides,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'note', note, ${startAndEnd}) ORDER BY starts_at), '[]')
        FROM time_off WHERE tenant_id = ${tenantId} AND coach_id = c.id AND ${meets}) AS "timeOff",
      (SELECT coalesce(json_agg(json_build_object(${startAndEnd}) ORDER BY starts_at), '[]')
        FROM external_busy WHERE tenant_id = ${tenantId} AND coach_id = c.id AND ${meets}) AS "externalBusy"
    FROM coaches c JOIN members m ON m.tenant_id = c.tenant_id AND m.person_id = c.person_id
    WHERE c.tenant_id = ${tenantId}
      AND CASE WHEN ${coachId}::uuid IS NULL THEN m.active ELSE c.id = ${coachId}::uuid END
    ORDER BY c.created_at, c.id`.execute(trx)
  return rows
}

const startAndEnd: RawBuilder<unknown> = sql`'startsAt', round(extract(epoch FROM starts_at) * 1000)::bigint,
  'endsAt', round(extract(epoch FROM ends_at) * 1000)::bigint`
