import { sql } from 'kysely'
import type { Db } from '#server/db/connection.ts'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'

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

/** Lets a member be mailed the address of this business. */
export async function mailBusiness(command: Command, personId: string): Promise<void> {
  await record(command, 'person.business_sought', { subject: 'person', subjectId: personId })
}
