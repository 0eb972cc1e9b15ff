import { requireCoach } from '../coaches/require-coach.ts'
import type { Query } from '../command.ts'
import { permits } from '../people/roles.ts'
import type { ConnectionStatus } from './change-connection.ts'
import { type ShownStatus, shownToClient } from './request-connection.ts'

export interface OwnConnection {
  coachId: string
  coachName: string
  status: ShownStatus
  changedAt: Date
}

export interface ListedConnection {
  coachId: string
  clientId: string
  clientName: string
  clientEmail: string
  status: ConnectionStatus
  changedAt: Date
}

/** The coaches to whom the person signed in has a tie. */
export async function listOwnConnections({ trx, tenantId, actor }: Query): Promise<OwnConnection[]> {
  if (!('personId' in actor)) return []
  const rows = await trx
    .selectFrom('connections as cn')
    .innerJoin('coaches as c', join =>
      join.onRef('c.tenant_id', '=', 'cn.tenant_id').onRef('c.id', '=', 'cn.coach_id'),
    )
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'c.tenant_id').onRef('p.id', '=', 'c.person_id'),
    )
    .where('cn.tenant_id', '=', tenantId)
    .where('cn.client_id', '=', actor.personId)
    .select(['cn.coach_id as coachId', 'p.name as coachName', 'cn.status', 'cn.changed_at as changedAt'])
    .orderBy('cn.created_at')
    .execute()
  return rows.map(row => ({ ...row, status: shownToClient(row.status) }))
}

/** The clients of one coach or of all; a coach sees the own ones. Those who wait for an answer come first. */
export async function listConnections(
  query: Query,
  { coachId }: { coachId?: string | undefined },
): Promise<ListedConnection[]> {
  const { trx, tenantId, actor } = query
  if (actor.as !== 'member') return []
  const seen = coachId ?? (permits(actor.role, 'connections.edit') ? undefined : actor.coachId)
  if (seen === null) return []
  if (seen !== undefined) await requireCoach(query, seen, 'connections.edit')
  return trx
    .selectFrom('connections as cn')
    .innerJoin('people as p', join =>
      join.onRef('p.tenant_id', '=', 'cn.tenant_id').onRef('p.id', '=', 'cn.client_id'),
    )
    .where('cn.tenant_id', '=', tenantId)
    .$if(seen !== undefined, select => select.where('cn.coach_id', '=', seen!))
    .select([
      'cn.coach_id as coachId',
      'cn.client_id as clientId',
      'p.name as clientName',
      'p.email as clientEmail',
      'cn.status',
      'cn.changed_at as changedAt',
    ])
    .orderBy(({ eb }) => eb('cn.status', '=', 'requested'), 'desc')
    .orderBy('p.name')
    .execute()
}
