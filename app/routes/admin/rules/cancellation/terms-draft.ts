import type { Outcome, Terms } from './terms.ts'

/** Terms as they are typed: fields may be empty. */
export interface TermsDraft {
  tiers: TierDraft[]
  graceMinutes: number | null
  noShowRefundPercent: number | null
  lateMove: { hoursBefore: number | null; outcome: Outcome; feePercent: number | null }
}

export interface TierDraft {
  /** For the list only. */
  key: number
  hoursBefore: number | null
  refundPercent: number | null
  keepsDeposit: boolean
}

/** What a place that has no terms yet begins with. */
export const FIRST_TERMS: Terms = {
  tiers: [{ hoursBefore: 24, refundPercent: 100, keepsDeposit: false }],
  graceMinutes: 15,
  noShowRefundPercent: 0,
  lateMove: { hoursBefore: 24, outcome: 'ask', feePercent: 0 },
}

let keys = 0

export function draftOf(terms: Terms): TermsDraft {
  return { ...terms, tiers: terms.tiers.map(tier => ({ ...tier, key: ++keys })) }
}

/** A further line: half as long before the start, for half as much. */
export function nextTier(tiers: readonly TierDraft[]): TierDraft {
  const last = tiers.at(-1)
  return {
    key: ++keys,
    hoursBefore: last ? Math.floor((last.hoursBefore ?? 48) / 2) : 24,
    refundPercent: last ? Math.max(1, Math.floor((last.refundPercent ?? 100) / 2)) : 100,
    keepsDeposit: last?.keepsDeposit ?? false,
  }
}

/** As the server reads them; what is empty is named by it. */
export function termsOf({ tiers, ...rest }: TermsDraft) {
  return { ...rest, tiers: tiers.map(({ key: _, ...tier }) => tier) }
}
