import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#server/db/connection.ts'
import type { Command } from '../command.ts'
import { planMessage } from '../notifications/plan-message.ts'

/** Where somebody works, across tenants: the one thing that may be asked without a tenant, and is only mailed. */
export async function findBusinesses(
  db: Db,
  email: string,
): Promise<{ tenantId: string; personId: string }[]> {
  const { rows } = await sql<{ tenantId: string; personId: string }>`
    SELECT tenant_id AS "tenantId", person_id AS "personId" FROM find_businesses(${email}) LIMIT 20`.execute(
    db,
  )
  return rows
}

/** Mails a member the address of this business. */
export function mailBusiness(command: Command, personId: string): Promise<void> {
  return planMessage(command, { type: 'business_found', cause: uuidv7(), personId })
}
