import type { Command } from '../command.ts'
import type { MessageType } from './message.ts'
import type { DispatchedEvent } from './plan-event-messages.ts'
import { planMessage } from './plan-message.ts'

interface Told {
  type: MessageType
  to: 'client' | 'coach'
}

/** Who is told of a change in the tie between a client and a coach: the one who didn't make it. */
function toldOf({ name, data }: DispatchedEvent): Told | null {
  if (name === 'connection.invited') return { type: 'connection_invited', to: 'client' }
  if (name === 'connection.requested') return { type: 'connection_requested', to: 'coach' }
  if (name !== 'connection.accepted') return null
  if (data.old === 'requested') return { type: 'connection_accepted', to: 'client' }
  return data.old === 'invited' ? { type: 'connection_accepted', to: 'coach' } : null
}

/** Plans what a connection's event brings. May run twice for one event. */
export async function planConnectionMessages(
  command: Command,
  event: DispatchedEvent & { coachId: string | null },
): Promise<void> {
  const told = toldOf(event)
  if (!told || !event.coachId) return
  const clientId = event.subjectId
  const { person_id: coachPersonId } = await command.trx
    .selectFrom('coaches')
    .select('person_id')
    .where('tenant_id', '=', command.tenantId)
    .where('id', '=', event.coachId)
    .executeTakeFirstOrThrow()
  await planMessage(command, {
    type: told.type,
    cause: event.id,
    personId: told.to === 'client' ? clientId : coachPersonId,
    data: { audience: told.to, clientId, coachId: event.coachId },
  })
}
