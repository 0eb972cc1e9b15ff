import { type SqlBool, sql } from 'kysely'
import type { Query } from '../command.ts'
import { expiryOf, type MaterialState, type Released, stateOf } from '../materials/release.ts'
import { coversSession, findHeldSession, type HeldSession } from '../participation/held-session.ts'
import { notFound } from '../refusal.ts'

export interface ReadableFile {
  id: string
  name: string
  type: string
  bytes: number
  sha256: string
  isPublic: boolean
}

/** What is found at a file's address: the file, where a link leads, or that its time is over. */
export type Readable =
  | { file: ReadableFile }
  | { url: string }
  | { endedAt: Date; timeZone: string; title: string }

/**
 * A file, or by its material's id a link, for those who may have it: anybody the logo, staff whose role covers the
 * session, participants with a confirmed booking what is released to them. `bookingId` is the one booking that a
 * manage token speaks for; null lets all bookings of the actor count. 404 for everything else (111).
 */
export async function findReadable(query: Query, id: string, bookingId: string | null): Promise<Readable> {
  const file = await findFile(query, id)
  if (file?.isPublic) return { file }
  const uses = await listUses(query, id, bookingId)
  const judged = await Promise.all(
    uses.map(async use => judge(use, await findHeldSession(query, use.sessionId), query)),
  )
  const open = judged.find(({ state }) => state === 'open')
  if (open) return file ? { file } : { url: open.use.url! }
  const ended = judged.find(({ state }) => state === 'ended')
  if (!ended) throw notFound('file')
  const { use, session } = ended
  return { endedAt: expiryOf(use, session)!, timeZone: session.timeZone, title: session.offer.title }
}

async function findFile({ trx, tenantId }: Query, id: string): Promise<ReadableFile | null> {
  const file = await trx
    .selectFrom('files')
    .select(['id', 'name', 'type', 'bytes', 'sha256', 'purpose'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!file) return null
  const { purpose, ...rest } = file
  return { ...rest, isPublic: purpose === 'logo' }
}

interface Use extends Released {
  sessionId: string
  url: string | null
  takesPart: SqlBool
}

/** The materials that are this file, or this link, and whether the actor takes part in their sessions. */
async function listUses(
  { trx, tenantId, actor }: Query,
  id: string,
  bookingId: string | null,
): Promise<Use[]> {
  const personId = 'personId' in actor ? actor.personId : null
  const { rows } = await sql<Use>`
    SELECT m.session_id AS "sessionId", m.phase, m.url, m.release_at AS "releaseAt", m.created_at AS "createdAt",
      EXISTS (SELECT FROM bookings b WHERE b.tenant_id = m.tenant_id AND b.session_id = m.session_id
        AND b.client_id = ${personId}::uuid AND b.status IN ('FIRM_BOOKED', 'CONFIRMED')
        AND (${bookingId}::uuid IS NULL OR b.id = ${bookingId}::uuid)) AS "takesPart"
    FROM materials m
    WHERE m.tenant_id = ${tenantId} AND m.removed_at IS NULL
      AND (m.file_id = ${id} OR (m.id = ${id} AND m.url IS NOT NULL))`.execute(trx)
  return rows
}

interface Judged {
  use: Use
  session: HeldSession
  /** Null for who has nothing to do with it. */
  state: MaterialState | null
}

function judge(use: Use, session: HeldSession, { actor, now }: Query): Judged {
  if (coversSession(actor, session, 'bookings.see')) return { use, session, state: 'open' }
  return { use, session, state: use.takesPart ? stateOf(use, session, now) : null }
}
