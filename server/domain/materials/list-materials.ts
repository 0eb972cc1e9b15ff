import { sql } from 'kysely'
import type { Query } from '../command.ts'
import type { HeldSession } from '../participation/held-session.ts'
import { nameForOthers } from '../participation/participant.ts'
import { findStanding, type Place } from '../participation/standing.ts'
import { expiryOf, type MaterialState, type Phase, releaseOf, stateOf } from './release.ts'

/** A material as its session's staff or one of its participants sees it. */
export interface MaterialView {
  id: string
  phase: Phase
  title: string
  /** Where it is had: an address of ours, or the link itself; null while it isn't released, and once it ended. */
  href: string | null
  /** Of a file; its name and size are told from its release on. */
  file: { name: string; type: string; bytes: number } | null
  /** Of a recording. */
  format: 'video' | 'audio' | 'link' | null
  releaseAt: Date
  /** Until when a recording can be had; null for ever. */
  endsAt: Date | null
  /** For participants; what staff see is never locked to them. */
  state: MaterialState
  /** Who added a shared one: staff see the name of the booking, participants the one chosen for them (C45). */
  addedBy: string | null
  /** Whether the reader may take it away. */
  mayRemove: boolean
}

/** What staff see besides. */
export interface StaffMaterialView extends MaterialView {
  /** The link as it was given; null for a file. */
  url: string | null
  fileId: string | null
  /** Whether it has a date of its own, or comes out as its phase says. */
  hasOwnDate: boolean
}

interface Row {
  id: string
  phase: Phase
  title: string
  url: string | null
  format: MaterialView['format']
  releaseAt: Date | null
  createdAt: Date
  addedBy: string
  fileId: string | null
  fileName: string | null
  fileType: string | null
  fileBytes: number | null
  /** Of the newest booking by which its author takes part. */
  clientName: string | null
  shownAs: string | null
  staffName: string
}

/**
 * A session's materials in order of release: for staff all of them, for a participant those released, and of the
 * others the title and the date (289, 290, 293, 317).
 */
export async function listMaterials(
  query: Query,
  place: Place,
): Promise<(MaterialView | StaffMaterialView)[]> {
  const { as, personId, session } = await findStanding(query, place, 'bookings.see')
  const rows = await readRows(query, session.id)
  const views = rows.map(row => {
    const common = viewOf(row, session, query.now)
    if (as === 'staff') {
      const { url, fileId, releaseAt } = row
      const href = url ?? `/files/${fileId}`
      const addedBy = row.clientName ?? row.staffName
      return { ...common, url, fileId, href, addedBy, mayRemove: true, hasOwnDate: releaseAt !== null }
    }
    const isOpen = common.state === 'open'
    return {
      ...common,
      href: isOpen ? hrefOf(row) : null,
      file: isOpen ? common.file : null,
      mayRemove: row.phase === 'shared' && row.addedBy === personId,
    }
  })
  return views.sort((a, b) => a.releaseAt.getTime() - b.releaseAt.getTime())
}

async function readRows({ trx, tenantId }: Query, sessionId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT m.id, m.phase, m.title, m.url, m.format, m.release_at AS "releaseAt", m.created_at AS "createdAt",
      m.added_by AS "addedBy", f.id AS "fileId", f.name AS "fileName", f.type AS "fileType", f.bytes AS "fileBytes",
      b.client_name AS "clientName", b.shown_as AS "shownAs", p.name AS "staffName"
    FROM materials m
    JOIN people p ON p.tenant_id = m.tenant_id AND p.id = m.added_by
    LEFT JOIN files f ON f.tenant_id = m.tenant_id AND f.id = m.file_id
    LEFT JOIN LATERAL (
      SELECT b.client_name, b.shown_as FROM bookings b
      WHERE b.tenant_id = m.tenant_id AND b.session_id = m.session_id AND b.client_id = m.added_by
      ORDER BY b.created_at DESC LIMIT 1) b ON m.phase = 'shared'
    WHERE m.tenant_id = ${tenantId} AND m.session_id = ${sessionId} AND m.removed_at IS NULL
    ORDER BY m.created_at, m.id`.execute(trx)
  return rows
}

function viewOf(row: Row, session: HeldSession, now: Date) {
  const { id, phase, title, format, fileName, fileType, fileBytes, clientName, shownAs } = row
  return {
    ...{ id, phase, title, format },
    file: fileName === null ? null : { name: fileName, type: fileType!, bytes: fileBytes! },
    releaseAt: releaseOf(row, session),
    endsAt: expiryOf(row, session),
    state: stateOf(row, session, now),
    addedBy: clientName === null ? null : nameForOthers({ shownAs, name: clientName }),
  }
}

/** A recording's link goes by us, so that it works for as many days as it should (322). */
function hrefOf({ id, phase, url, fileId }: Row): string {
  if (!url) return `/files/${fileId}`
  return phase === 'recording' ? `/files/${id}` : url
}
