import { requireCoach } from '../coaches/require-coach.ts'
import type { Query } from '../command.ts'
import type { DatedOverride, WeeklyHours } from '../slots/types.ts'

export interface HoursView {
  /** The zone in which the coach's hours are wall-clock times. */
  timeZone: string
  hours: WeeklyHours[]
  overrides: DatedOverride[]
  timeOff: { id: string; startsAt: Date; endsAt: Date; note: string }[]
}

/** A coach's weekly hours, and from yesterday on the dates that differ and the time off. */
export async function readHours(query: Query, { coachId }: { coachId: string }): Promise<HoursView> {
  const { trx, tenantId, now } = query
  await requireCoach(query, coachId, 'coaches.edit')
  const yesterday = new Date(now.getTime() - 86_400_000)
  const { timeZone } = await trx
    .selectFrom('coaches')
    .select('time_zone as timeZone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', coachId)
    .executeTakeFirstOrThrow()
  const hours = await trx
    .selectFrom('hours')
    .select(['weekday', 'start_minute as startMinute', 'end_minute as endMinute'])
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .orderBy('weekday')
    .orderBy('start_minute')
    .execute()
  const overrides = await trx
    .selectFrom('overrides')
    .select(['local_date as date', 'ranges'])
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .where('local_date', '>=', yesterday.toISOString().slice(0, 10))
    .orderBy('local_date')
    .execute()
  const timeOff = await trx
    .selectFrom('time_off')
    .select(['id', 'starts_at as startsAt', 'ends_at as endsAt', 'note'])
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .where('ends_at', '>', yesterday)
    .orderBy('starts_at')
    .execute()
  return { timeZone, hours, overrides, timeOff }
}
