import type { RoomsTable } from '#server/db/tables.ts'
import type { Query } from '../command.ts'

/** The video room of a session as staff see it. */
export interface RoomState {
  pluginId: string
  state: RoomsTable['state']
  /** Why it couldn't be made, moved or removed the last time it was tried; null where that went well. */
  lastError: string | null
  changedAt: Date
}

/** A session's room; null where none was ever needed. Its addresses are given out by `joinRoom` alone. */
export async function roomFor({ trx, tenantId }: Query, sessionId: string): Promise<RoomState | null> {
  const row = await trx
    .selectFrom('rooms')
    .select(['plugin_id', 'state', 'last_error', 'changed_at'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return (
    (row && {
      pluginId: row.plugin_id,
      state: row.state,
      lastError: row.last_error,
      changedAt: row.changed_at,
    }) ??
    null
  )
}
