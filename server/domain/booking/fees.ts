import { type LateMove, lateMoveOf, type Sale } from '../cancellation/cost.ts'
import { readSoldTerms } from '../cancellation/terms.ts'
import { Refusal } from '../refusal.ts'
import type { LockedBooking, PendingMove } from './lock-booking.ts'

/** A locked booking as far as its cancellation goes. */
export function saleOf(booking: LockedBooking): Sale {
  return { ...booking, sold: readSoldTerms(booking.policySnapshot) }
}

/** What a booking that stands owes beside its price: what its late moves have cost, unless that was waived. */
export function standingFee(booking: LockedBooking): number {
  return readSoldTerms(booking.policySnapshot)?.moveFeeMinor ?? 0
}

/** Of a fee that there is no longer, nothing was waived. */
export const NOT_WAIVED = {
  fee_waived_minor: 0,
  fee_waived_at: null,
  fee_waived_by: null,
  fee_waive_reason: null,
}

/** Refuses with 409 `FEE_CHANGED` what would cost more by now than the page said it does. */
export function requireAgreed(feeMinor: number, agreedFeeMinor: number | undefined): void {
  if (agreedFeeMinor === undefined || feeMinor <= agreedFeeMinor) return
  throw new Refusal(
    'conflict',
    'FEE_CHANGED',
    'The time in which it cost less has just ended. Please look again.',
    { data: { feeMinor } },
  )
}

/**
 * How late a client's own move of this booking is; null where it isn't. Refuses with 409 `LATE_MOVE` what the terms it
 * was sold with don't allow so close to the start.
 */
export function lateMoveNow(booking: LockedBooking, now: Date): LateMove | null {
  const late = lateMoveOf(saleOf(booking), now)
  if (!late?.isLate) return null
  if (late.outcome === 'refuse') throw tooLate('It starts too soon to be moved.')
  return late
}

/** What a client's move costs once its coach agrees, by when it was asked for. */
export function feeOfMove(booking: LockedBooking, { proposedBy, askedAt }: PendingMove): number {
  const late = proposedBy === 'client' ? lateMoveOf(saleOf(booking), askedAt) : null
  return late?.isLate ? late.feeMinor : 0
}

/** For what can't wait for an answer of the coach's, who may move it without the client's asking here. */
export function tooLate(sentence: string): Refusal {
  return new Refusal('conflict', 'LATE_MOVE', `${sentence} Please write to your coach, who can move it.`, {
    field: 'startsAt',
  })
}

/**
 * What a move changes of the terms a booking is held to. From then on hours count to the new start, so a client who
 * moves late and then cancels keeps what the move cost; one whose coach moved it may cancel free of charge.
 */
export function termsAfterMove(
  booking: LockedBooking,
  { feeMinor = 0, byStaff = false }: { feeMinor?: number; byStaff?: boolean },
): { policy_snapshot?: string; fee_minor?: number } {
  const sold = readSoldTerms(booking.policySnapshot)
  if (!sold || (feeMinor === 0 && sold.movedByStaff === byStaff)) return {}
  const moveFeeMinor = sold.moveFeeMinor + feeMinor
  return {
    policy_snapshot: JSON.stringify({ ...sold, moveFeeMinor, movedByStaff: byStaff }),
    fee_minor: moveFeeMinor,
  }
}
