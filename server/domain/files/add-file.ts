import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import type { FilePurpose } from './purposes.ts'

/** Milliseconds that a file may wait for something to use it. */
const UNUSED_FOR = 24 * 3_600_000

export interface NewFile {
  id: string
  purpose: FilePurpose
  name: string
  type: string
  bytes: number
  sha256: string
  addedBy: string
}

/** Before the first byte of a file is kept: sees to it that it goes again, should nothing come of it. */
export function expectFile(command: Command, fileId: string): Promise<void> {
  const { tenantId, now } = command
  return command.send('file', { tenantId, fileId }, { startAfter: new Date(now.getTime() + UNUSED_FOR) })
}

/** Notes a file whose bytes are kept. */
export async function addFile(command: Command, { addedBy, ...file }: NewFile): Promise<void> {
  const { trx, tenantId, now } = command
  await trx
    .insertInto('files')
    .values({ ...file, tenant_id: tenantId, added_by: addedBy, created_at: now, removed_at: null })
    .execute()
  const { id, purpose, type, bytes } = file
  await record(command, 'file.added', { subject: 'file', subjectId: id, data: { purpose, type, bytes } })
}
