import type { Command } from '../command.ts'
import type { MessageData } from './message.ts'
import type { DispatchedEvent } from './plan-event-messages.ts'
import { planMessages } from './plan-message.ts'

/**
 * Tells those who lead the sessions of a schedule of each round that was made: once, with all its dates. May run twice
 * for one event.
 */
export async function planScheduleMessages(command: Command, event: DispatchedEvent): Promise<void> {
  if (event.name !== 'schedule.round_made') return
  const { sessions, skipped } = event.data as {
    sessions: string[]
    skipped: NonNullable<MessageData['skipped']>
  }
  const data: MessageData = {
    audience: 'coach',
    scheduleId: event.subjectId,
    sessionIds: sessions,
    skipped,
  }
  const leaders = await findLeaders(command, event.subjectId)
  await planMessages(
    command,
    leaders.map(({ personId }) => ({ type: 'schedule_round', cause: event.id, personId, data })),
  )
}

function findLeaders({ trx, tenantId }: Command, scheduleId: string): Promise<{ personId: string }[]> {
  return trx
    .selectFrom('schedules as s')
    .innerJoin('coaches as c', join =>
      join
        .onRef('c.tenant_id', '=', 's.tenant_id')
        .on(({ eb, fn }) => eb('c.id', '=', fn.any('s.coach_ids'))),
    )
    .select('c.person_id as personId')
    .where('s.tenant_id', '=', tenantId)
    .where('s.id', '=', scheduleId)
    .execute()
}
