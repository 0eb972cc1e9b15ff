import type { Room } from '@rapport/sdk'
import { sql, type Updateable } from 'kysely'
import type { RoomsTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import type { RoomPlan } from './plan-room.ts'

/**
 * Takes a session's room for one job: until then no other one works on it, so that two jobs at once don't make two
 * rooms. False where another has it.
 */
export async function takeRoom(
  { trx, tenantId, now }: Command,
  sessionId: string,
  { pluginId, sequence }: RoomPlan,
  until: Date,
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO rooms AS r (tenant_id, session_id, plugin_id, state, sequence, worked_until, changed_at)
    VALUES (${tenantId}, ${sessionId}, ${pluginId}, 'making', ${sequence}, ${until}, ${now})
    ON CONFLICT (tenant_id, session_id) DO UPDATE SET worked_until = excluded.worked_until
    WHERE r.worked_until IS NULL OR r.worked_until <= ${now}
    RETURNING session_id`.execute(trx)
  return rows.length === 1
}

/** Lets others have a room that was taken, as it is. */
export function leaveRoom(command: Command, sessionId: string): Promise<void> {
  return update(command, sessionId, {})
}

/** Notes what came of a plan: the room as it is now, or null where it was removed. */
export async function settleRoom(
  command: Command,
  sessionId: string,
  { pluginId, sequence, step }: RoomPlan,
  room: Room | null,
): Promise<void> {
  await update(command, sessionId, {
    plugin_id: pluginId,
    state: room ? 'ready' : 'removed',
    ref: room?.ref ?? null,
    join_url: room?.joinUrl ?? null,
    host_url: room?.hostUrl ?? null,
    sequence,
    last_error: null,
  })
  if (step !== 'create') return
  await record(command, 'session.room_ready', {
    subject: 'session',
    subjectId: sessionId,
    data: { pluginId },
  })
}

/**
 * Notes that it couldn't be done: a room that is there stays as it is. `final` where it isn't tried again by itself;
 * then it is an event too.
 */
export async function settleFailedRoom(
  command: Command,
  sessionId: string,
  { pluginId, step }: RoomPlan,
  { error, isThere, final }: { error: string; isThere: boolean; final: boolean },
): Promise<void> {
  await update(command, sessionId, {
    ...(!isThere && { plugin_id: pluginId, state: 'failed' }),
    last_error: error.slice(0, 500),
  })
  if (!final) return
  const data = { pluginId, step }
  await record(command, 'session.room_failed', { subject: 'session', subjectId: sessionId, data })
}

async function update(
  { trx, tenantId, now, hint }: Command,
  sessionId: string,
  change: Updateable<RoomsTable>,
): Promise<void> {
  await trx
    .updateTable('rooms')
    .set({ ...change, worked_until: null, changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .execute()
  hint(`session:${sessionId}`)
}
