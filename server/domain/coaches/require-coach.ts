import type { Query } from '../command.ts'
import { permitsFor } from '../people/roles.ts'
import { notFound, Refusal } from '../refusal.ts'

/**
 * Makes sure that there is such a coach here and that whoever acts may do this to them: 404 for a coach of
 * another tenant as for none, 403 `ROLE` where the role covers oneself only.
 */
export async function requireCoach(
  { trx, tenantId, actor }: Query,
  coachId: string,
  permission: Parameters<typeof permitsFor>[1],
): Promise<void> {
  const coach = await trx
    .selectFrom('coaches')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', coachId)
    .executeTakeFirst()
  if (!coach) throw notFound('coach')
  if (actor.as === 'system' || (actor.as === 'member' && permitsFor(actor, permission, coachId))) return
  throw new Refusal('forbidden', 'ROLE', 'You can do this for your own calendar only. Ask an owner.')
}
