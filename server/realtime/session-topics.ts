import { type RawBuilder, sql } from 'kysely'
import type { readManageToken } from '#server/domain/booking/manage-token.ts'
import type { Actor, Query } from '#server/domain/command.ts'
import { permitsFor } from '#server/domain/people/roles.ts'
import type { Granted } from './topics.ts'

/** The seats of an offer's sessions and the rules they are booked by: for everybody, since an offer that is active can be seen by its link. */
export async function seats({ trx, tenantId, now }: Query, ids: string[]): Promise<Granted> {
  if (ids.length === 0) return []
  const yesterday = new Date(now.getTime() - 86_400_000)
  const { rows } = await sql<{ offerId: string; version: string }>`
    SELECT o.id AS "offerId", concat_ws('.', coalesce(md5(string_agg(
        concat_ws('.', s.id, s.state, s.changed_at, q.mode, q.capacity, q.taken, q.held), ',' ORDER BY s.id, q.mode)), '0'),
      (SELECT max(version) FROM policies WHERE tenant_id = ${tenantId})) AS version
    FROM offers o
    LEFT JOIN (sessions s
      JOIN session_dates d ON d.tenant_id = s.tenant_id AND d.session_id = s.id AND d.position = 0
        AND d.starts_at > ${yesterday}
      JOIN session_seats q ON q.tenant_id = s.tenant_id AND q.session_id = s.id
    ) ON s.tenant_id = o.tenant_id AND s.offer_id = o.id AND s.terms IS NOT NULL
    WHERE o.tenant_id = ${tenantId} AND o.active AND o.id = ANY(${ids}::uuid[])
    GROUP BY o.id`.execute(trx)
  return rows.map(({ offerId, version }) => [`sessions:${offerId}`, version])
}

interface SessionRow {
  id: string
  version: string
  coachIds: string[]
  /** The bookings by which the one who asks takes part. */
  own: { id: string; clientId: string; manageVersion: number }[]
}

/** All that the participants of a session share: for those whose booking of it stands, and for its staff. */
export async function sessions(
  { trx, tenantId, actor }: Query,
  ids: string[],
  managed: ReturnType<typeof readManageToken>,
): Promise<Granted> {
  if (ids.length === 0) return []
  const { rows } = await sql<SessionRow>`
    SELECT s.id,
      concat_ws('.', s.changed_at,
        (SELECT string_agg(concat_ws('/', capacity, taken, held), ',' ORDER BY mode) FROM session_seats
          WHERE tenant_id = s.tenant_id AND session_id = s.id),
        ${latest('bookings', sql`x.changed_at`)}, ${latest('posts', sql`x.created_at, x.removed_at`)},
        ${latest('materials', sql`x.created_at, x.removed_at`)}, ${latest('rooms', sql`x.changed_at`)}) AS version,
      ARRAY(SELECT coach_id FROM session_coaches WHERE tenant_id = s.tenant_id AND session_id = s.id) AS "coachIds",
      (SELECT coalesce(json_agg(json_build_object('id', b.id, 'clientId', b.client_id,
          'manageVersion', b.manage_version)), '[]')
        FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id
          AND b.status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')
          AND (b.client_id = ${signedInAs(actor)}::uuid OR b.id = ${managed?.id ?? null}::uuid)) AS own
    FROM sessions s WHERE s.tenant_id = ${tenantId} AND s.id = ANY(${ids}::uuid[])`.execute(trx)
  return rows
    .filter(
      ({ coachIds, own }) =>
        isStaffOf(actor, coachIds) ||
        own.some(
          ({ id, clientId, manageVersion }) =>
            clientId === signedInAs(actor) || (id === managed?.id && manageVersion === managed.manageVersion),
        ),
    )
    .map(({ id, version }) => [`session:${id}`, version])
}

/** When a session's rows of a table last changed. */
function latest(table: string, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(SELECT max(greatest(${columns})) FROM ${sql.table(table)} x
    WHERE x.tenant_id = s.tenant_id AND x.session_id = s.id)`
}

function signedInAs(actor: Actor): string | null {
  if (actor.as === 'client') return actor.signedIn ? actor.personId : null
  return actor.as === 'member' ? actor.personId : null
}

/** Whether a member may see the bookings of any of these coaches. */
export function isStaffOf(actor: Actor, coachIds: readonly string[]): boolean {
  return actor.as === 'member' && coachIds.some(coachId => permitsFor(actor, 'bookings.see', coachId))
}
