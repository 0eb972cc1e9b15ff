import { uuidv7 } from 'uuidv7'
import type { Command } from '../command.ts'

/** The client with this address: one who is known keeps the name they have, whoever isn't becomes a client. Returns the person's id. */
export async function findOrMakeClient(
  { trx, tenantId, now }: Command,
  { email, name }: { email: string; name: string },
): Promise<string> {
  const { id } = await trx
    .insertInto('people')
    .values({ tenant_id: tenantId, id: uuidv7(), email, name, created_at: now })
    .onConflict(conflict => conflict.columns(['tenant_id', 'email']).doUpdateSet({ email }))
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('clients')
    .values({ tenant_id: tenantId, person_id: id, created_at: now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return id
}
