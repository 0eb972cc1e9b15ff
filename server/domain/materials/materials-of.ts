import { sql } from 'kysely'
import type { Command } from '../command.ts'
import { findHeldSession, type HeldSession } from '../participation/held-session.ts'
import { notFound } from '../refusal.ts'
import type { Phase } from './release.ts'

/** A material that is there, locked by whoever changes it. */
export interface LockedMaterial {
  id: string
  sessionId: string
  phase: Phase
  fileId: string | null
  url: string | null
  releaseAt: Date | null
  addedBy: string
  createdAt: Date
  session: HeldSession
}

/** Locks a material and reads its session; 404 for one that isn't there or was removed. */
export async function lockMaterial(command: Command, id: string): Promise<LockedMaterial> {
  const { rows } = await sql<Omit<LockedMaterial, 'session'>>`
    SELECT id, session_id AS "sessionId", phase, file_id AS "fileId", url, release_at AS "releaseAt",
      added_by AS "addedBy", created_at AS "createdAt"
    FROM materials WHERE tenant_id = ${command.tenantId} AND id = ${id} AND removed_at IS NULL
    FOR UPDATE`.execute(command.trx)
  const [material] = rows
  if (!material) throw notFound('material')
  return { ...material, session: await findHeldSession(command, material.sessionId) }
}

/** The other sessions of the same schedule that are still to come, to their ends. */
export async function comingOfSchedule(command: Command, sessionId: string): Promise<HeldSession[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT s.id FROM sessions own
    JOIN sessions s ON s.tenant_id = own.tenant_id AND s.schedule_id = own.schedule_id AND s.id <> own.id
    WHERE own.tenant_id = ${command.tenantId} AND own.id = ${sessionId} AND s.state <> 'CANCELLED'
      AND EXISTS (SELECT FROM session_dates d
        WHERE d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.ends_at > ${command.now})
    ORDER BY s.id`.execute(command.trx)
  const sessions: HeldSession[] = []
  for (const { id } of rows) sessions.push(await findHeldSession(command, id))
  return sessions
}
