import { sql } from 'kysely'
import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { requireClient } from './own-clients.ts'

export const MOST_TAGS = 20
export const LONGEST_TAG = 40

/**
 * Gives a client these tags and no others; rules for a tag hold for the client at once. Two tags are the same where
 * they differ in case alone, and one that other clients have is spelled as theirs. 400 `TAGS` for more than 20.
 */
export async function setTags(
  command: Command,
  { clientId, tags }: { clientId: string; tags: readonly string[] },
): Promise<{ clientId: string; tags: string[] }> {
  const { trx, tenantId } = command
  const client = await requireClient(command, clientId, 'clients.edit')
  const wanted = await asSpelled(command, distinct(tags))
  if (wanted.length > MOST_TAGS)
    throw new Refusal('input', 'TAGS', `A client has at most ${MOST_TAGS} tags. Remove some.`, {
      field: 'tags',
    })
  if (wanted.join('\n') === client.tags.join('\n')) return { clientId, tags: wanted }

  await trx
    .updateTable('clients')
    .set({ tags: wanted })
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', clientId)
    .execute()
  await record(command, 'client.tags_changed', {
    subject: 'client',
    subjectId: clientId,
    data: { tags: 'changed', count: wanted.length },
  })
  await hintSlots(command)
  return { clientId, tags: wanted }
}

function distinct(tags: readonly string[]): string[] {
  const byLowerCase = new Map(tags.map(tag => [tag.toLowerCase(), tag]))
  return [...byLowerCase.values()]
}

async function asSpelled({ trx, tenantId }: Command, tags: string[]): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`
    SELECT DISTINCT tag FROM clients cl CROSS JOIN LATERAL unnest(cl.tags) AS tag
    WHERE cl.tenant_id = ${tenantId} AND lower(tag) = ANY(${tags.map(tag => tag.toLowerCase())}::text[])
    ORDER BY tag`.execute(trx)
  const known = new Map(rows.map(({ tag }) => [tag.toLowerCase(), tag]))
  return tags.map(tag => known.get(tag.toLowerCase()) ?? tag)
}

/** Slots are computed for each viewer, so that no calendar changed; what the client has open is fetched again. */
async function hintSlots(command: Command): Promise<void> {
  const calendars = await command.trx
    .selectFrom('calendars')
    .select('coach_id')
    .where('tenant_id', '=', command.tenantId)
    .execute()
  for (const { coach_id } of calendars) command.hint(`calendar:${coach_id}`)
}
