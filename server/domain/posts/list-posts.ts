import { sql } from 'kysely'
import type { Query } from '../command.ts'
import type { HeldSession } from '../participation/held-session.ts'
import { nameForOthers } from '../participation/participant.ts'

const PAGE = 50

export interface PostView {
  id: string
  author: { name: string; isStaff: boolean }
  /** Whether whoever asks wrote it. */
  mine: boolean
  isUpdate: boolean
  /** As typed, to be shown as plain text; null once removed. */
  text: string | null
  removedBy: 'author' | 'staff' | null
  at: Date
}

export interface PostsPage {
  /** Newest first. */
  posts: PostView[]
  /** For the page before it, as `before`; null at the beginning. */
  nextBefore: string | null
}

export interface ListPosts {
  session: HeldSession
  /** Who asks. */
  personId: string
  /** The id of a post: only older ones. */
  before?: string | undefined
}

interface Row {
  id: string
  personId: string
  isUpdate: boolean
  text: string
  at: Date
  removedBy: string | null
  staffName: string | null
  shownAs: string | null
  clientName: string | null
}

/** What was posted in a session: the updates, and the chat where there is one (291, 294). */
export async function listPosts(
  { trx, tenantId }: Query,
  { session, personId, before }: ListPosts,
): Promise<PostsPage> {
  const { rows } = await sql<Row>`
    SELECT t.id, t.person_id AS "personId", t.is_update AS "isUpdate", t.text, t.created_at AS at,
      t.removed_by AS "removedBy", CASE WHEN m.person_id IS NOT NULL THEN p.name END AS "staffName",
      b.shown_as AS "shownAs", CASE WHEN p.erased_at IS NULL THEN b.client_name END AS "clientName"
    FROM posts t
    JOIN people p ON p.tenant_id = t.tenant_id AND p.id = t.person_id
    LEFT JOIN members m ON m.tenant_id = t.tenant_id AND m.person_id = t.person_id
    LEFT JOIN LATERAL (
      SELECT shown_as, client_name FROM bookings
      WHERE tenant_id = t.tenant_id AND session_id = t.session_id AND client_id = t.person_id
      ORDER BY (status IN ('FIRM_BOOKED', 'CONFIRMED')) DESC, created_at DESC, id LIMIT 1) b ON true
    WHERE t.tenant_id = ${tenantId} AND t.session_id = ${session.id}
      AND (t.is_update OR ${session.terms.chat})
      AND (${before ?? null}::uuid IS NULL OR (t.created_at, t.id) < (
        SELECT created_at, id FROM posts
        WHERE tenant_id = ${tenantId} AND session_id = ${session.id} AND id = ${before ?? null}::uuid))
    ORDER BY t.created_at DESC, t.id DESC LIMIT ${PAGE + 1}`.execute(trx)
  const shown = rows.slice(0, PAGE)
  return {
    posts: shown.map(row => viewPost(row, personId)),
    nextBefore: rows.length > PAGE ? shown.at(-1)!.id : null,
  }
}

function viewPost(row: Row, viewerId: string): PostView {
  return {
    id: row.id,
    author: { name: authorName(row), isStaff: row.staffName !== null },
    mine: row.personId === viewerId,
    isUpdate: row.isUpdate,
    text: row.removedBy ? null : row.text,
    removedBy: row.removedBy === null ? null : row.removedBy === row.personId ? 'author' : 'staff',
    at: row.at,
  }
}

function authorName({ staffName, shownAs, clientName }: Row): string {
  if (staffName) return staffName
  return clientName ? nameForOthers({ shownAs, name: clientName }) : 'Former participant'
}
