import { uuidv7 } from 'uuidv7'
import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import { requireCoach } from '../coaches/require-coach.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'

interface AddTimeOff {
  coachId: string
  startsAt: Date
  endsAt: Date
  /** For the coach alone. */
  note: string
}

const LONGEST = 732 * 86_400_000

/** Takes a stretch of time out of a coach's hours. Sessions booked in it stay. Refuses with 400 `TIME_OFF`. */
export async function addTimeOff(command: Command, input: AddTimeOff): Promise<{ id: string }> {
  const { coachId, startsAt, endsAt, note } = input
  await requireCoach(command, coachId, 'coaches.edit')
  requireSensible(input, command.now)

  await lockCalendars(command, [coachId])
  const id = uuidv7()
  await command.trx
    .insertInto('time_off')
    .values({
      tenant_id: command.tenantId,
      id,
      coach_id: coachId,
      starts_at: startsAt,
      ends_at: endsAt,
      note,
    })
    .execute()
  await recordChange(command, coachId, 'time_off_added', { id, startsAt, endsAt })
  return { id }
}

function requireSensible({ startsAt, endsAt }: AddTimeOff, now: Date): void {
  const refuse = (sentence: string) => {
    throw new Refusal('input', 'TIME_OFF', sentence, { field: 'endsAt' })
  }
  if (endsAt <= startsAt) refuse('Time off must end after it begins.')
  if (endsAt <= now) refuse('This time is already past. Choose an end that is still to come.')
  if (endsAt.getTime() - startsAt.getTime() > LONGEST) refuse('Time off can last two years at most.')
}

/** Gives the time back. 404 for time off that isn't this coach's. */
export async function removeTimeOff(
  command: Command,
  { coachId, id }: { coachId: string; id: string },
): Promise<void> {
  await requireCoach(command, coachId, 'coaches.edit')
  await lockCalendars(command, [coachId])
  const removed = await command.trx
    .deleteFrom('time_off')
    .where('tenant_id', '=', command.tenantId)
    .where('coach_id', '=', coachId)
    .where('id', '=', id)
    .returning(['starts_at as startsAt', 'ends_at as endsAt'])
    .executeTakeFirst()
  if (!removed) throw notFound('time off')
  await recordChange(command, coachId, 'time_off_removed', { id, ...removed })
}

function recordChange(command: Command, coachId: string, part: string, data: Record<string, unknown>) {
  return record(command, 'hours.changed', {
    subject: 'coach',
    subjectId: coachId,
    coachId,
    data: { part, ...data },
  })
}
