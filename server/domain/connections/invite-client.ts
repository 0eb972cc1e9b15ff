import { lockCalendars } from '../availability/lock.ts'
import { requireCoach } from '../coaches/require-coach.ts'
import type { Command } from '../command.ts'
import { findOrMakeClient } from '../people/find-or-make-client.ts'
import { Refusal } from '../refusal.ts'
import { type ConnectionStatus, changeConnection } from './change-connection.ts'

/**
 * A coach invites somebody by address; one who had asked already is thereby accepted. Whoever isn't known yet
 * becomes a client; one who is keeps the name they have. 409 `CONNECTION_BLOCKED` for a client who is blocked.
 */
export async function inviteClient(
  command: Command,
  { coachId, email, name }: { coachId: string; email: string; name: string },
): Promise<{ clientId: string; status: ConnectionStatus }> {
  await requireCoach(command, coachId, 'connections.edit')
  await lockCalendars(command, [coachId])
  const clientId = await findOrMakeClient(command, { email, name })
  const status = await changeConnection(command, {
    coachId,
    clientId,
    by: 'coach',
    to(old) {
      if (old === 'blocked') {
        throw new Refusal(
          'conflict',
          'CONNECTION_BLOCKED',
          'This client is blocked. Accept them again first.',
        )
      }
      return old === 'none' ? 'invited' : old === 'requested' ? 'accepted' : old
    },
  })
  return { clientId, status }
}
