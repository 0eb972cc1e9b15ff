import { sql } from 'kysely'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { FilePurpose } from './purposes.ts'

interface Wanted {
  fileId: string
  purpose: FilePurpose
  /** Where only this person's own uploads may be used. */
  addedBy?: string
  /** The input that named it. */
  field: string
}

/** Locks a file that something is about to use, so that it isn't removed meanwhile; 400 `FILE_MISSING` for all others. */
export async function takeFile({ trx, tenantId }: Command, { fileId, purpose, addedBy, field }: Wanted) {
  const file = await trx
    .selectFrom('files')
    .select(['name', 'type', 'added_by'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', fileId)
    .where('purpose', '=', purpose)
    .where('removed_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  if (!file || (addedBy && file.added_by !== addedBy)) {
    throw new Refusal('input', 'FILE_MISSING', 'This file isn’t here any more. Please upload it again.', {
      field,
    })
  }
  return { name: file.name, type: file.type }
}

/** After something stopped using a file: has it removed, unless something else uses it. */
export function letGo(command: Command, fileId: string | null): Promise<void> {
  const { tenantId } = command
  return fileId ? command.send('file', { tenantId, fileId }) : Promise.resolve()
}

/**
 * Notes that a file nothing uses is gone. Returns whether its bytes are to be removed, also again, where that didn't
 * succeed before, and for those that never became a file.
 */
export async function retireFile(command: Command, fileId: string): Promise<boolean> {
  const { trx, tenantId, now } = command
  const file = await trx
    .selectFrom('files')
    .select('removed_at')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', fileId)
    .forUpdate()
    .executeTakeFirst()
  if (!file || file.removed_at) return true
  if (await isUsed(command, fileId)) return false
  await trx
    .updateTable('files')
    .set({ removed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', fileId)
    .execute()
  await record(command, 'file.removed', { subject: 'file', subjectId: fileId })
  return true
}

/** Read after the lock: whoever takes a file into use holds it too. */
async function isUsed({ trx, tenantId }: Command, fileId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    SELECT EXISTS (SELECT FROM materials
        WHERE tenant_id = ${tenantId} AND file_id = ${fileId} AND removed_at IS NULL)
      OR EXISTS (SELECT FROM tenants WHERE id = ${tenantId} AND logo_file_id = ${fileId}) AS used`.execute(
    trx,
  )
  return rows[0]!.used
}
