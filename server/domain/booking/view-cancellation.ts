import { type RawBuilder, sql } from 'kysely'
import type { Party } from '#server/db/tables.ts'
import {
  cancellationTimeline,
  inText,
  lateMoveOf,
  type Sale,
  whatCancellingCosts,
} from '../cancellation/cost.ts'
import { cancellationSentences, costSentence, freeSentences } from '../cancellation/sentences.ts'
import { readSoldTerms } from '../cancellation/terms.ts'
import { isLive } from './transitions.ts'
import type { BookingRow } from './view.ts'

/** What a view of a booking's money needs beside its price. Instants inside JSON come as text. */
export interface OwedRow {
  feeMinor: number
  policySnapshot: Record<string, unknown>
  waived: { amountMinor: number; at: string; by: string | null; reason: string } | null
}

/** That JSON value, where `b` is the booking. */
export const owedOfBooking: RawBuilder<OwedRow> = sql`json_build_object('feeMinor', b.fee_minor,
  'policySnapshot', b.policy_snapshot,
  'waived', CASE WHEN b.fee_waived_at IS NOT NULL THEN json_build_object('amountMinor', b.fee_waived_minor,
    'at', b.fee_waived_at, 'reason', b.fee_waive_reason, 'by', (SELECT w.name FROM people w
      WHERE w.tenant_id = b.tenant_id AND w.id = b.fee_waived_by)) END)`

/**
 * What a booking owes and by which terms, for the one who looks (005, 067). Amounts are what is due: money is moved
 * elsewhere. `refundMinor` is what comes back of the price, null while nothing has ended.
 */
export function viewCancellation(row: BookingRow, { by, now }: { by: Party; now: Date }) {
  const { feeMinor, policySnapshot, waived } = row.owed
  const sold = readSoldTerms(policySnapshot)
  const sale: Sale = { ...row, sold, bookedAt: row.createdAt }
  // Who stayed away from what was sold without terms was promised nothing back, either.
  const hasEnded =
    row.status === 'CANCELLED' || row.status === 'DECLINED' || (row.attendance === 'no_show' && sold !== null)
  const canCancel = isLive(row.status) && (row.startsAt > now || row.status === 'REQUESTED')
  return {
    feeMinor,
    refundMinor: hasEnded ? row.priceMinor - feeMinor : null,
    feeWaived: waived && {
      amountMinor: waived.amountMinor,
      at: new Date(waived.at).toISOString(),
      ...(by !== 'client' && { by: waived.by, reason: waived.reason }),
    },
    cancellation: {
      sentences: sentencesOf(sale),
      /** Whose word it is; null for one that was sold without terms. */
      from: sold?.from ?? null,
      /** What cancelling comes to for the one who looks; null where it can't be cancelled. */
      now: canCancel ? costNow(sale, { by, now }) : null,
      /** What it comes to for its client until it starts. */
      timeline: canCancel ? inText(cancellationTimeline(sale, now)) : [],
      lateMove: canCancel ? lateMoveView(sale, now) : null,
    },
  }
}

function sentencesOf({ sold, priceMinor }: Sale): string[] {
  const offer = { isFree: priceMinor === 0 }
  if (!sold || sold.movedByStaff) return freeSentences(sold?.terms ?? null, offer)
  return cancellationSentences(sold.terms, offer)
}

function costNow(sale: Sale, { by, now }: { by: Party; now: Date }) {
  const { why, ...amounts } = whatCancellingCosts(sale, { by, now })
  return { ...amounts, sentence: costSentence({ why, ...amounts }, { startsAt: sale.startsAt, now }) }
}

function lateMoveView(sale: Sale, now: Date) {
  const late = lateMoveOf(sale, now)
  return late && { ...late, until: late.until.toISOString() }
}
