import { lockCalendars } from '../availability/lock.ts'
import { requireCoach } from '../coaches/require-coach.ts'
import type { Command } from '../command.ts'
import { notFound } from '../refusal.ts'
import { changeConnection } from './change-connection.ts'

/**
 * A coach accepts or blocks a client, also one answered otherwise before. 404 for a client without a connection
 * to this coach, 409 `CONNECTION_STATUS` where the client is yet to answer an invitation.
 */
export async function answerConnection(
  command: Command,
  { coachId, clientId, status }: { coachId: string; clientId: string; status: 'accepted' | 'blocked' },
): Promise<{ status: 'accepted' | 'blocked' }> {
  await requireCoach(command, coachId, 'connections.edit')
  await lockCalendars(command, [coachId])
  await changeConnection(command, {
    coachId,
    clientId,
    by: 'coach',
    to(old) {
      if (old === 'none') throw notFound('connection')
      return status
    },
  })
  return { status }
}
