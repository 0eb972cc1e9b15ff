import { sql } from 'kysely'
import type { SlotViewer } from '../availability/list-slots.ts'
import type { OfferQuery } from '../offers/read-offers.ts'
import { type PolicyRow, policyReader } from '../policies/current-policy.ts'
import { notFound } from '../refusal.ts'
import { seeSession } from '../sessions/get-session.ts'
import { cancellationTimeline, inText, type Sale, whatCancellingCosts } from './cost.ts'
import { cancellationSentences, costSentence } from './sentences.ts'
import { cancellationTermsFor, type SoldTerms } from './terms.ts'

export interface AboutToBook {
  /** A slug or an id. */
  offer: string
  startsAt?: Date | undefined
  sessionId?: string | undefined
  /** What the page shows it costs, all seats together; without it, the offer's price for one. Minor units. */
  priceMinor?: number | undefined
  depositMinor?: number | undefined
}

interface Found {
  sold: SoldTerms
  priceMinor: number
  currency: string
  startsAt: Date | null
}

/**
 * By which terms an offer would be sold now, and what cancelling would come to from now until the start of the slot or
 * session in question, the first minutes of grace aside. 404 and 403 as for the offer and the session themselves.
 */
export async function cancellationBeforeBooking(query: OfferQuery, viewer: SlotViewer, asked: AboutToBook) {
  const { now } = query
  const { sold, startsAt, ...offer } = asked.sessionId
    ? await termsOfSession(query, viewer, asked.sessionId)
    : await termsOfOffer(query, asked)
  const priceMinor = asked.priceMinor ?? offer.priceMinor
  const words = {
    sentences: cancellationSentences(sold.terms, { isFree: priceMinor === 0 }),
    priceMinor,
    currency: offer.currency,
  }
  if (startsAt === null || startsAt <= now) return { ...words, now: null, timeline: [] }
  const sale: Sale = {
    sold: { ...sold, terms: { ...sold.terms, graceMinutes: 0 } },
    status: 'CONFIRMED',
    priceMinor,
    depositMinor: asked.depositMinor ?? null,
    bookedAt: now,
    startsAt,
  }
  const cost = whatCancellingCosts(sale, { by: 'client', now })
  return {
    ...words,
    now: {
      feeMinor: cost.feeMinor,
      refundMinor: cost.refundMinor,
      sentence: costSentence(cost, { startsAt, now }),
    },
    timeline: inText(cancellationTimeline(sale, now)),
  }
}

async function termsOfSession(query: OfferQuery, viewer: SlotViewer, id: string): Promise<Found> {
  const { session } = await seeSession(query, viewer, id)
  const { offer, terms, policy } = session
  const about = { offerId: offer.id, settings: offer.kindSettings, terms }
  return {
    sold: cancellationTermsFor(policy, query.kind(session.kind), about),
    priceMinor: offer.priceMinor,
    currency: offer.currency,
    startsAt: session.dates[0]!.startsAt,
  }
}

async function termsOfOffer(query: OfferQuery, { offer, startsAt }: AboutToBook): Promise<Found> {
  const { trx, tenantId } = query
  const { row, read } = policyReader(tenantId)
  const found = await trx
    .selectFrom('offers')
    .select(['id', 'kind', 'kind_settings as settings', 'terms', 'price_minor as priceMinor', 'currency'])
    .select(sql<PolicyRow | null>`${row}`.as('policy'))
    .where('tenant_id', '=', tenantId)
    .where('active', '=', true)
    .where(where => where.or([where('slug', '=', offer), where(where.cast('id', 'text'), '=', offer)]))
    .executeTakeFirst()
  if (!found) throw notFound('offer')
  const { id, kind, settings, terms, priceMinor, currency, policy } = found
  const about = { offerId: id, settings, terms }
  return {
    sold: cancellationTermsFor(read(policy), query.kind(kind), about),
    priceMinor,
    currency,
    startsAt: startsAt ?? null,
  }
}
