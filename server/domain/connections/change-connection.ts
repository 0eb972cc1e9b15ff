import type { ConnectionsTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'

export type ConnectionStatus = ConnectionsTable['status']
type Party = 'client' | 'coach'

/** Every change there is of the tie between a client and a coach, and who may make it (C30). */
const transitions: Record<ConnectionStatus | 'none', Partial<Record<ConnectionStatus, Party>>> = {
  none: { requested: 'client', invited: 'coach' },
  invited: { accepted: 'client', blocked: 'coach' },
  requested: { accepted: 'coach', blocked: 'coach' },
  accepted: { blocked: 'coach' },
  blocked: { accepted: 'coach' },
}

interface Change {
  coachId: string
  clientId: string
  by: Party
  /** What it becomes, from what it is. */
  to(status: ConnectionStatus | 'none'): ConnectionStatus
}

/**
 * Makes or changes a connection, with its event; what stays as it is leaves no trace. The client must have their
 * row already, and the caller the lock of the coach's calendar, since the connection decides what of it they see. 409 `CONNECTION_STATUS` for a change that the table doesn't have. Returns the status it now has.
 */
export async function changeConnection(command: Command, change: Change): Promise<ConnectionStatus> {
  const { coachId, clientId, by } = change
  const old = await lockStatus(command, change)
  const status = change.to(old)
  if (status === old) return status
  if (transitions[old][status] !== by) {
    const why = 'This connection has changed meanwhile. Reload the page to see how it stands.'
    throw new Refusal('conflict', 'CONNECTION_STATUS', why, { data: { status: old } })
  }

  const isWritten = await writeStatus(command, change, old, status)
  if (!isWritten) return changeConnection(command, change)
  await record(command, `connection.${status}`, {
    subject: 'connection',
    subjectId: clientId,
    coachId,
    data: { clientId, old: old === 'none' ? null : old, new: status },
  })
  command.hint('requests')
  return status
}

async function lockStatus({ trx, tenantId }: Command, { coachId, clientId }: Change) {
  const connection = await trx
    .selectFrom('connections')
    .select('status')
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirst()
  return connection?.status ?? 'none'
}

/** False when another one made the connection at the same moment. */
async function writeStatus(
  { trx, tenantId, now }: Command,
  { coachId, clientId }: Change,
  old: ConnectionStatus | 'none',
  status: ConnectionStatus,
): Promise<boolean> {
  if (old === 'none') {
    const values = {
      tenant_id: tenantId,
      coach_id: coachId,
      client_id: clientId,
      status,
      created_at: now,
      changed_at: now,
    }
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('connections')
      .values(values)
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }
  await trx
    .updateTable('connections')
    .set({ status, changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('coach_id', '=', coachId)
    .where('client_id', '=', clientId)
    .execute()
  return true
}
