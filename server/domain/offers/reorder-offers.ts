import { record } from '#server/events/record.ts'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'

/** Puts the offers into this order. 400 `OFFERS_DIFFER` unless each of them is named once. */
export async function reorderOffers(command: Command, { ids }: { ids: string[] }): Promise<void> {
  const { trx, tenantId } = command
  const offers = await trx
    .selectFrom('offers')
    .select(['id', 'position'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const positions = new Map(ids.map((id, position) => [id, position]))
  if (
    positions.size !== ids.length ||
    ids.length !== offers.length ||
    !offers.every(({ id }) => positions.has(id))
  ) {
    const why = 'The offers have changed meanwhile. Reload the page and sort them again.'
    throw new Refusal('input', 'OFFERS_DIFFER', why, { field: 'ids' })
  }
  for (const { id, position: old } of offers) {
    const position = positions.get(id)!
    if (position === old) continue
    await trx
      .updateTable('offers')
      .set({ position })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .execute()
    await record(command, 'offer.changed', {
      subject: 'offer',
      subjectId: id,
      data: { position: { old, new: position } },
    })
  }
  command.hint('offers')
}
