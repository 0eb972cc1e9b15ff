import { sql } from 'kysely'
import type { Listener } from '#server/events/dispatch.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import type { HeldSession } from '../participation/held-session.ts'
import { Refusal } from '../refusal.ts'
import { type LockedMaterial, lockMaterial } from './materials-of.ts'
import { type Released, releaseOf } from './release.ts'

type Announced = Released & { id: string; session: HeldSession }

/**
 * Sees to it that participants are told once of a material that staff add, when it comes out (295). Of what
 * participants share nobody is told by mail.
 */
export async function announce(command: Command, material: Announced): Promise<void> {
  if (material.phase === 'shared') return
  const release = releaseOf(material, material.session)
  if (release > command.now) {
    const payload = { tenantId: command.tenantId, materialId: material.id }
    return command.send('release', payload, { startAfter: release })
  }
  if (await wasAnnounced(command, material)) return
  await record(command, 'material.released', {
    subject: 'session',
    subjectId: material.session.id,
    coachId: material.session.coaches[0]!.id,
    data: { materialId: material.id },
  })
  command.hint(`session:${material.session.id}`)
}

async function wasAnnounced({ trx, tenantId }: Command, { id, session }: Announced): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM events WHERE tenant_id = ${tenantId} AND subject_id = ${session.id}
      AND name = 'material.released' AND data ->> 'materialId' = ${id} LIMIT 1`.execute(trx)
  return rows.length > 0
}

/** The job of a release: at its time as it is by now, which may have moved on. */
export async function announceDue(command: Command, materialId: string): Promise<void> {
  const material = await findOrNull(command, materialId)
  if (material && material.session.state !== 'CANCELLED') await announce(command, material)
}

async function findOrNull(command: Command, id: string): Promise<LockedMaterial | null> {
  try {
    return await lockMaterial(command, id)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Hears of sessions that change: what comes out with a session's end comes out with the new one. */
export const followSessions: Listener = async (command, { name, subjectId }) => {
  if (name !== 'session.moved' && name !== 'session.changed') return
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM materials WHERE tenant_id = ${command.tenantId} AND session_id = ${subjectId}
      AND phase IN ('after', 'recording') AND release_at IS NULL AND removed_at IS NULL
    ORDER BY id`.execute(command.trx)
  for (const { id } of rows) await announceDue(command, id)
}
