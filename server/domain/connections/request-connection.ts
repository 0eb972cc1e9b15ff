import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { type ConnectionStatus, changeConnection } from './change-connection.ts'

/** What a client is told: one who is blocked sees a request that nobody answers. */
export type ShownStatus = Exclude<ConnectionStatus, 'blocked'>

/**
 * A client who proved the address asks a coach to connect, or accepts the coach's invitation. 403 `CLIENTS_ONLY`
 * for anybody else, `PROVE_ADDRESS` for an address that isn't proven.
 */
export async function requestConnection(
  command: Command,
  { coachId }: { coachId: string },
): Promise<{ status: ShownStatus }> {
  const clientId = await requireProvenClient(command)
  await requireActiveCoach(command, coachId)
  await lockCalendars(command, [coachId])
  await command.trx
    .insertInto('clients')
    .values({ tenant_id: command.tenantId, person_id: clientId, created_at: command.now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const status = await changeConnection(command, {
    coachId,
    clientId,
    by: 'client',
    to: old => (old === 'none' ? 'requested' : old === 'invited' ? 'accepted' : old),
  })
  return { status: shownToClient(status) }
}

export function shownToClient(status: ConnectionStatus): ShownStatus {
  return status === 'blocked' ? 'requested' : status
}

async function requireProvenClient({ trx, tenantId, actor }: Command): Promise<string> {
  if (actor.as !== 'client' || !actor.signedIn) {
    throw new Refusal('forbidden', 'CLIENTS_ONLY', 'Only clients connect with a coach.')
  }
  const person = await trx
    .selectFrom('people')
    .select('email_proven_at')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', actor.personId)
    .executeTakeFirst()
  if (person?.email_proven_at) return actor.personId
  const how = 'Please open the link in the mail we send you when you sign in by mail, then connect.'
  throw new Refusal('forbidden', 'PROVE_ADDRESS', how)
}

async function requireActiveCoach({ trx, tenantId }: Command, coachId: string): Promise<void> {
  const coach = await trx
    .selectFrom('coaches as c')
    .innerJoin('members as m', join =>
      join.onRef('m.tenant_id', '=', 'c.tenant_id').onRef('m.person_id', '=', 'c.person_id'),
    )
    .select('c.id')
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', coachId)
    .where('m.active', '=', true)
    .executeTakeFirst()
  if (!coach) throw notFound('coach')
}
