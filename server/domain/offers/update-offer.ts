import { record } from '#server/events/record.ts'
import { lockCalendars } from '../availability/lock.ts'
import type { Command } from '../command.ts'
import { notFound, Refusal } from '../refusal.ts'
import { type OfferInput, requireCoaches, requireSensible } from './check-offer.ts'
import { type KindFields, requireKind, settleKind } from './offer-kind.ts'
import { currencyOf, nameCoaches, offerColumns, slugTaken } from './offer-rows.ts'
import { getManagedOffer, type ManagedOffer } from './read-offers.ts'

type Offer = Omit<OfferInput, keyof KindFields> & KindFields & { slug: string }

/**
 * Changes what is given of an offer and leaves the rest; bookings that were made keep their length and price, and
 * sessions with dates of their own their terms. 409 `SLUG_TAKEN`, 400 `KIND_FIXED`, and what `requireSensible` and
 * `settleKind` refuse.
 */
export async function updateOffer(
  command: Command,
  { id, ...changes }: { id: string } & Partial<OfferInput>,
): Promise<ManagedOffer> {
  await lockOffer(command, id)
  const {
    id: _id,
    position: _position,
    currency: _currency,
    coaches: _coaches,
    bookedBy: _bookedBy,
    kindLabel: _kindLabel,
    format: _format,
    ...before
  } = await getManagedOffer(command, { id })
  const changed = { ...before, ...given(changes) }
  if (changed.kind !== before.kind) {
    const why = 'The kind of an offer can’t be changed. Make a new offer.'
    throw new Refusal('input', 'KIND_FIXED', why, { field: 'kind' })
  }
  const { kindSettings, terms } = changes
  const asked = { kindSettings, terms, priceMinor: changed.priceMinor }
  const after: Offer = { ...changed, ...settleKind(requireKind(command, before.kind), asked, before) }
  requireSensible(after)
  await requireCoaches(command, after.coachIds)
  await lockCalendars(command, [...new Set([...before.coachIds, ...after.coachIds])])

  await changeRow(command, id, after)
  await nameCoaches(command, id, after.coachIds)
  await record(command, 'offer.changed', {
    subject: 'offer',
    subjectId: id,
    data: differences(before, after),
  })
  command.hint('offers')
  return getManagedOffer(command, { id })
}

/** Lets changes of one offer take turns, while bookings, which only need its key to stay, go on. */
async function lockOffer({ trx, tenantId }: Command, id: string): Promise<void> {
  const offer = await trx
    .selectFrom('offers')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!offer) throw notFound('offer')
}

function given(changes: Partial<OfferInput>): Partial<OfferInput> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

async function changeRow(command: Command, id: string, offer: Offer): Promise<void> {
  const { trx, tenantId } = command
  try {
    await trx
      .updateTable('offers')
      .set({
        ...offerColumns(offer),
        slug: offer.slug,
        kind_settings: JSON.stringify(offer.kindSettings),
        terms: offer.terms && JSON.stringify(offer.terms),
        currency: await currencyOf(command),
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .execute()
  } catch (error) {
    throw (error as { constraint?: string }).constraint === 'offers_tenant_id_slug_key' ? slugTaken() : error
  }
}

const WRITTEN_BY_PEOPLE = new Set<keyof Offer>(['title', 'description', 'location', 'kindSettings', 'terms'])

/** Old and new values for the history; of text only that it changed. */
function differences(before: Offer, after: Offer): Record<string, unknown> {
  const changed = (Object.keys(after) as (keyof Offer)[]).filter(
    field => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  return Object.fromEntries(
    changed.map(field => [
      field,
      WRITTEN_BY_PEOPLE.has(field) ? 'changed' : { old: before[field], new: after[field] },
    ]),
  )
}
