import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import { requireCoach } from '../coaches/require-coach.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { LocalRange } from '../slots/types.ts'
import { overlapInDay } from './overlap.ts'

interface SaveOverride {
  coachId: string
  /** A day of the coach's own zone, `YYYY-MM-DD`. */
  date: string
  /** The hours of that day instead of the weekly ones; none means closed, null means as every week. */
  ranges: LocalRange[] | null
}

/** Says what hours one date has. 400 `HOURS_OVERLAP` where two ranges overlap; touching ones may stand. */
export async function saveOverride(command: Command, { coachId, date, ranges }: SaveOverride): Promise<void> {
  await requireCoach(command, coachId, 'coaches.edit')
  const overlap = overlapInDay(ranges ?? [])
  if (overlap) throw new Refusal('input', 'HOURS_OVERLAP', overlap, { field: 'ranges' })

  await lockCalendars(command, [coachId])
  if (ranges === null) await removeOverride(command, coachId, date)
  else await putOverride(command, coachId, date, ranges)
  await record(command, 'hours.changed', {
    subject: 'coach',
    subjectId: coachId,
    coachId,
    data: { part: 'override', date, ranges },
  })
}

async function removeOverride({ trx, tenantId }: Command, coachId: string, date: string) {
  await trx
    .deleteFrom('overrides')
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .where('local_date', '=', date)
    .execute()
}

async function putOverride({ trx, tenantId }: Command, coachId: string, date: string, ranges: LocalRange[]) {
  await trx
    .insertInto('overrides')
    .values({ tenant_id: tenantId, coach_id: coachId, local_date: date, ranges: JSON.stringify(ranges) })
    .onConflict(conflict =>
      conflict
        .columns(['tenant_id', 'coach_id', 'local_date'])
        .doUpdateSet({ ranges: JSON.stringify(ranges) }),
    )
    .execute()
}
