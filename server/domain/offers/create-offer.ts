import type { Insertable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { OffersTable } from '#server/db/tables.ts'
import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { type OfferInput, requireCoaches, requireSensible } from './check-offer.ts'
import { requireKind, settleKind } from './offer-kind.ts'
import { currencyOf, nameCoaches, offerColumns, slugTaken } from './offer-rows.ts'
import { getManagedOffer, type ManagedOffer } from './read-offers.ts'
import { slugsFrom } from './slugs.ts'

/**
 * Makes an offer, the last in the list, in the business's currency. 409 `SLUG_TAKEN` for an address that was asked
 * for, 400 `KIND_UNKNOWN` for a kind that no plugin provides, and what `requireSensible` and `settleKind` refuse.
 */
export async function createOffer(command: Command, input: OfferInput): Promise<ManagedOffer> {
  const { trx, tenantId, now } = command
  const { kindSettings, terms } = settleKind(requireKind(command, input.kind), input)
  requireSensible(input)
  await requireCoaches(command, input.coachIds)
  await lockCalendars(command, input.coachIds)

  const last = await trx
    .selectFrom('offers')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
  const id = uuidv7()
  await insertUnderFreeSlug(command, input, {
    ...offerColumns(input),
    tenant_id: tenantId,
    id,
    kind: input.kind,
    kind_settings: JSON.stringify(kindSettings),
    terms: terms && JSON.stringify(terms),
    currency: await currencyOf(command),
    position: (last?.position ?? -1) + 1,
    created_at: now,
  })
  await nameCoaches(command, id, input.coachIds)
  await record(command, 'offer.created', { subject: 'offer', subjectId: id, data: { kind: input.kind } })
  command.hint('offers')
  return getManagedOffer(command, { id })
}

/** A slug that was typed is had or refused; one made from the title gives way to others. */
async function insertUnderFreeSlug(
  { trx }: Command,
  { slug, title }: OfferInput,
  values: Omit<Insertable<OffersTable>, 'slug'>,
): Promise<void> {
  for (const candidate of slug ? [slug] : slugsFrom(title)) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('offers')
      .values({ ...values, slug: candidate })
      .onConflict(conflict => conflict.columns(['tenant_id', 'slug']).doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows) return
  }
  throw slugTaken()
}
