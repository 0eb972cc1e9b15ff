import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { OfferInput } from './check-offer.ts'

/** The columns that staff may change, without the slug. */
export function offerColumns(offer: Omit<OfferInput, 'kindSettings' | 'terms'>) {
  return {
    title: offer.title,
    description: offer.description,
    location: offer.location,
    duration_minutes: offer.durationMinutes,
    step_minutes: offer.stepMinutes,
    buffer_minutes: offer.bufferMinutes,
    notice_minutes: offer.noticeMinutes,
    horizon_days: offer.horizonDays,
    price_minor: offer.priceMinor,
    listing: offer.listing,
    active: offer.active,
  }
}

/** Says who gives an offer, instead of whoever did. */
export async function nameCoaches(
  { trx, tenantId }: Command,
  offerId: string,
  coachIds: string[],
): Promise<void> {
  await trx
    .deleteFrom('offer_coaches')
    .where('tenant_id', '=', tenantId)
    .where('offer_id', '=', offerId)
    .execute()
  const rows = coachIds.map((coachId, position) => ({
    tenant_id: tenantId,
    offer_id: offerId,
    coach_id: coachId,
    position,
  }))
  await trx.insertInto('offer_coaches').values(rows).execute()
}

/** What the business charges in. */
export async function currencyOf({ trx, tenantId }: Command): Promise<string> {
  const tenant = await trx
    .selectFrom('tenants')
    .select('currency')
    .where('id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return tenant.currency
}

export function slugTaken(): Refusal {
  return new Refusal('conflict', 'SLUG_TAKEN', 'Another offer has this address. Choose another one.', {
    field: 'slug',
  })
}
