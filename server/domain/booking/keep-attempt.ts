import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Query } from '../command.ts'
import { Refusal } from '../refusal.ts'
import type { Decision } from '../rules/decide.ts'
import type { DecisionFacts } from '../rules/facts.ts'
import type { RestrictionCode } from '../rules/restrictions.ts'

/** An attempt to book with everything it was decided by, so that it can be decided again. Money in minor units. */
export interface Tried {
  offerId: string
  coachId: string
  startsAt: Date
  /** Once for each way in which it was judged (see `waysToJudge`). */
  ways: readonly DecisionFacts[]
  decision: Pick<Decision, 'outcome' | 'code' | 'policyVersion'>
  priceMinor: number
  currency: string
}

/** What another policy or other settings might have answered otherwise: only these are kept of what was refused. */
const REFUSED_BY_CHOICE: ReadonlySet<RestrictionCode> = new Set([
  'BUFFER',
  'NOTICE',
  'HORIZON',
  'LIMIT_DAY',
  'LIMIT_WEEK',
  'RULE',
] as const)

/** A refused attempt to book: it remembers what it was decided by. */
export class RefusedAttempt extends Refusal {
  readonly tried: Tried

  constructor({ family, code, message, data }: Refusal, tried: Tried) {
    super(family, code, message, { data })
    this.tried = tried
  }
}

/** Keeps the attempt of a booking, as a part of the statement that writes it and has its client as `person`. */
export function attemptOfBooking(
  query: Pick<Query, 'tenantId' | 'now'>,
  bookingId: string,
  tried: Tried,
): RawBuilder<unknown> {
  return sql`${insertInto} SELECT ${valuesOf(query, tried)}, person.id, ${bookingId}::uuid, NULL FROM person`
}

/**
 * Keeps a refused attempt, once for the same visitor, offer, coach, start, reason and day. Nothing where no rule or
 * setting refused it. In a transaction of its own, after the refusal.
 */
export async function keepRefused(query: Query, tried: Tried, visitor: string): Promise<void> {
  const { code } = tried.decision
  if (code === null || !REFUSED_BY_CHOICE.has(code)) return
  const clientId = tried.ways.at(-1)!.client.id
  const day = query.now.toISOString().slice(0, 10)
  const sameness = createHash('sha256')
    .update([visitor, tried.offerId, tried.coachId, tried.startsAt.toISOString(), code, day].join('\n'))
    .digest('base64url')
  await sql`${insertInto} SELECT ${valuesOf(query, tried)}, ${clientId}::uuid, NULL, ${sameness}
    ON CONFLICT (tenant_id, sameness) DO NOTHING`.execute(query.trx)
}

const insertInto = sql`INSERT INTO attempts (tenant_id, id, at, offer_id, coach_id, starts_at, facts, outcome, code,
  policy_version, price_minor, currency, client_id, booking_id, sameness)`

function valuesOf({ tenantId, now }: Pick<Query, 'tenantId' | 'now'>, tried: Tried): RawBuilder<unknown> {
  const { outcome, code, policyVersion } = tried.decision
  return sql`${tenantId}::uuid, ${uuidv7()}::uuid, ${now}::timestamptz, ${tried.offerId}::uuid, ${tried.coachId}::uuid,
    ${tried.startsAt}::timestamptz, ${JSON.stringify(tried.ways)}::jsonb, ${outcome}, ${code},
    ${policyVersion}::integer, ${tried.priceMinor}::bigint, ${tried.currency}`
}
