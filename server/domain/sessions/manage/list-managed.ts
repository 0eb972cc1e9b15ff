import { type RawBuilder, sql } from 'kysely'
import type { Query } from '../../command.ts'
import { permits } from '../../people/roles.ts'
import { Refusal } from '../../refusal.ts'
import { loadSessions } from '../load-sessions.ts'
import { judgeView, type Looking, type SessionView, viewSession } from '../view.ts'

const PAGE = 30

export interface ListManaged {
  from?: Date | undefined
  to?: Date | undefined
  offerId?: string | undefined
  coachId?: string | undefined
  /** Those that are over, the latest first, instead of those that aren't, the soonest first. */
  past?: boolean | undefined
  cursor?: string | undefined
}

export interface ManagedSessionRow extends SessionView {
  offer: { id: string; slug: string; title: string }
  /** Why it was cancelled: `coach` or `minimum_not_met`. */
  stateReason: string | null
  scheduleId: string | null
}

/** Sessions with dates of their own, cancelled ones too, a page at a time: coaches see those they take part in leading. */
export async function listManagedSessions(
  query: Query & Looking,
  asked: ListManaged,
): Promise<{ sessions: ManagedSessionRow[]; nextCursor: string | null }> {
  const found = await findPage(query, asked)
  const page = found.slice(0, PAGE)
  const views = await viewManaged(query, page)
  const last = page.at(-1)
  return {
    sessions: page.flatMap(({ id }) => views.get(id) ?? []),
    nextCursor: found.length > PAGE && last ? `${last.startsAt.toISOString()}_${last.id}` : null,
  }
}

interface Found {
  id: string
  startsAt: Date
  stateReason: string | null
  scheduleId: string | null
}

async function findPage(
  query: Query,
  { from, to, offerId, coachId, past = false, cursor }: ListManaged,
): Promise<Found[]> {
  const { trx, tenantId, now } = query
  const after = cursor === undefined ? null : readCursor(cursor)
  const order = past ? sql`d.starts_at DESC, s.id DESC` : sql`d.starts_at, s.id`
  const conditions = [
    past ? sql`e.ends_at <= ${now}` : sql`e.ends_at > ${now}`,
    ...(from ? [sql`d.starts_at >= ${from}`] : []),
    ...(to ? [sql`d.starts_at < ${to}`] : []),
    ...(offerId ? [sql`s.offer_id = ${offerId}`] : []),
    ...(coachId ? [ledBy(coachId)] : []),
    ...seenBy(query),
    ...(after
      ? [
          sql`(d.starts_at, s.id) ${past ? sql`<` : sql`>`} (${after.startsAt}::timestamptz, ${after.id}::uuid)`,
        ]
      : []),
  ]
  const { rows } = await sql<Found>`
    SELECT s.id, d.starts_at AS "startsAt", s.state_reason AS "stateReason", s.schedule_id AS "scheduleId"
    FROM sessions s
    JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.position = 0
    CROSS JOIN LATERAL (SELECT max(ends_at) AS ends_at FROM session_dates
      WHERE tenant_id = s.tenant_id AND session_id = s.id) e
    WHERE s.tenant_id = ${tenantId} AND s.terms IS NOT NULL AND ${sql.join(conditions, sql` AND `)}
    ORDER BY ${order} LIMIT ${PAGE + 1}`.execute(trx)
  return rows
}

function ledBy(coachId: string): RawBuilder<unknown> {
  return sql`EXISTS (SELECT FROM session_coaches sc WHERE sc.tenant_id = s.tenant_id AND sc.session_id = s.id
    AND sc.coach_id = ${coachId})`
}

/** Owners and admins see all. */
function seenBy({ actor }: Query): RawBuilder<unknown>[] {
  if (actor.as !== 'member') return [sql`false`]
  if (permits(actor.role, 'bookings.see')) return []
  return [actor.coachId ? ledBy(actor.coachId) : sql`false`]
}

/** Views of sessions as staff have them, by id. */
export async function viewManaged(
  query: Query & Looking,
  found: readonly Found[],
): Promise<Map<string, ManagedSessionRow>> {
  if (found.length === 0) return new Map()
  const asker = { by: 'staff' as const, proven: false, invitedBy: [] }
  const sessions = await loadSessions(query, {
    condition: sql`s.id = ANY(${found.map(({ id }) => id)}::uuid[])`,
    own: { visitorHash: null, holdId: null },
  })
  const rows = await Promise.all(
    sessions.map(async session => {
      const { stateReason, scheduleId } = found.find(({ id }) => id === session.id)!
      const { id, slug, title } = session.offer
      return {
        ...viewSession(session, await judgeView(session, asker, query), query, asker),
        offer: { id, slug, title },
        ...{ stateReason, scheduleId },
      }
    }),
  )
  return new Map(rows.map(row => [row.id, row]))
}

function readCursor(cursor: string): { startsAt: Date; id: string } {
  const [at = '', id = ''] = cursor.split('_')
  const startsAt = new Date(at)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  if (!Number.isNaN(startsAt.getTime()) && startsAt.getTime() > 0 && isId) return { startsAt, id }
  throw new Refusal('input', 'BAD_CURSOR', 'This list has changed. Load it again.', { field: 'cursor' })
}
