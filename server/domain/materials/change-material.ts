import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { letGo, takeFile } from '../files/take-file.ts'
import { coversSession } from '../participation/held-session.ts'
import { notFound } from '../refusal.ts'
import { announce } from './announce.ts'
import { type LockedMaterial, lockMaterial } from './materials-of.ts'

/** What isn't named stays. */
export interface MaterialChange {
  id: string
  title?: string | undefined
  source?: { url: string } | { fileId: string } | undefined
  /** Null to come out as its phase says. */
  releaseAt?: Date | null | undefined
  format?: 'video' | 'audio' | 'link' | undefined
}

/** Changes a material of a session that the actor leads; whoever was told of it isn't told again. 404 for all others. */
export async function changeMaterial(command: Command, change: MaterialChange): Promise<void> {
  const { trx, tenantId, actor } = command
  const material = await lockMaterial(command, change.id)
  const { session, phase } = material
  if (!coversSession(actor, session, 'bookings.answer')) throw notFound('material')

  const releaseAt =
    change.releaseAt === undefined || phase === 'shared' ? material.releaseAt : change.releaseAt
  await trx
    .updateTable('materials')
    .set({ title: change.title, release_at: releaseAt, ...(await sourceOf(command, material, change)) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', change.id)
    .execute()
  await record(command, 'material.changed', {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coaches[0]!.id,
    data: { materialId: change.id, changed: namedIn(change) },
  })
  command.hint(`session:${session.id}`)
  await announce(command, { ...material, releaseAt })
}

async function sourceOf(command: Command, material: LockedMaterial, { source, format }: MaterialChange) {
  const isRecording = material.phase === 'recording'
  if (!source) return material.url && isRecording && format ? { format } : {}
  if ('fileId' in source && source.fileId === material.fileId) return {}
  await letGo(command, material.fileId)
  if ('url' in source)
    return { file_id: null, url: source.url, format: isRecording ? (format ?? 'link') : null }
  const purpose = isRecording ? 'recording' : 'material'
  const { type } = await takeFile(command, { fileId: source.fileId, purpose, field: 'fileId' })
  const media = type.startsWith('audio/') ? ('audio' as const) : ('video' as const)
  return { file_id: source.fileId, url: null, format: isRecording ? media : null }
}

function namedIn(change: MaterialChange): string[] {
  return Object.entries(change).flatMap(([name, value]) =>
    name === 'id' || value === undefined ? [] : [name],
  )
}

/** Takes a material away: staff of its session, or the participant who shared it. Its file goes with its last use. */
export async function removeMaterial(command: Command, { id }: { id: string }): Promise<void> {
  const { trx, tenantId, actor, now } = command
  const { session, phase, addedBy, fileId } = await lockMaterial(command, id)
  const isOwn = phase === 'shared' && 'personId' in actor && actor.personId === addedBy
  if (!isOwn && !coversSession(actor, session, 'bookings.answer')) throw notFound('material')
  await trx
    .updateTable('materials')
    .set({ removed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
  await letGo(command, fileId)
  await record(command, 'material.removed', {
    subject: 'session',
    subjectId: session.id,
    coachId: session.coaches[0]!.id,
    data: { materialId: id },
  })
  command.hint(`session:${session.id}`)
}
