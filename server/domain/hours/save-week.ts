import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import { requireCoach } from '../coaches/require-coach.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { WeeklyHours } from '../slots/types.ts'
import { overlapInWeek } from './overlap.ts'

interface SaveWeek {
  coachId: string
  /** The zone the hours are meant in; without it the coach's stays. */
  timeZone?: string | undefined
  hours: WeeklyHours[]
}

/**
 * Replaces a coach's weekly hours. 400 `HOURS_OVERLAP` where two ranges overlap; touching ones may stand.
 * Sessions that were booked stay where they are.
 */
export async function saveWeek(command: Command, { coachId, timeZone, hours }: SaveWeek): Promise<void> {
  await requireCoach(command, coachId, 'coaches.edit')
  const overlap = overlapInWeek(hours)
  if (overlap) throw new Refusal('input', 'HOURS_OVERLAP', overlap, { field: 'hours' })

  await lockCalendars(command, [coachId])
  const zoneChange = await changeZone(command, coachId, timeZone)
  const old = await replaceHours(command, coachId, hours)
  await record(command, 'hours.changed', {
    subject: 'coach',
    subjectId: coachId,
    coachId,
    data: { part: 'week', old, new: hours, ...(zoneChange && { timeZone: zoneChange }) },
  })
}

async function changeZone({ trx, tenantId }: Command, coachId: string, timeZone: string | undefined) {
  if (timeZone === undefined) return null
  const coach = await trx
    .selectFrom('coaches')
    .select('time_zone')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', coachId)
    .executeTakeFirstOrThrow()
  if (coach.time_zone === timeZone) return null
  await trx
    .updateTable('coaches')
    .set({ time_zone: timeZone })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', coachId)
    .execute()
  return { old: coach.time_zone, new: timeZone }
}

async function replaceHours({ trx, tenantId }: Command, coachId: string, hours: WeeklyHours[]) {
  const old = await trx
    .deleteFrom('hours')
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .returning(['weekday', 'start_minute as startMinute', 'end_minute as endMinute'])
    .execute()
  if (hours.length > 0) {
    const rows = hours.map(({ weekday, startMinute, endMinute }) => ({
      tenant_id: tenantId,
      id: uuidv7(),
      coach_id: coachId,
      weekday,
      start_minute: startMinute,
      end_minute: endMinute,
    }))
    await trx.insertInto('hours').values(rows).execute()
  }
  return old
}
