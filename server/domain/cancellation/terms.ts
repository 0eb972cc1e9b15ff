import type { CancellationTerms, SessionKind, SessionTerms } from '@rapport/sdk'
import type { CancellationRule, Policy } from '../rules/policy.ts'

/** What a booking was sold with, as its `policy_snapshot` keeps it: later changes of the policy don't touch it (067). */
export interface SoldTerms {
  terms: CancellationTerms
  /** Whose word it is: the business's own rule for the offer, the kind or all, or else what the kind starts out with. */
  from: CancellationRule['scope'] | 'default'
  policyVersion: number
  /** What late moves have cost so far, minor units of the booking's currency. */
  moveFeeMinor: number
  /** Whether staff moved it since the client last chose a time: then its client may cancel free of charge. */
  movedByStaff: boolean
}

interface OfferToCancel {
  offerId: string
  settings: Record<string, unknown>
  /** Of the session, or of the offer where none is chosen yet; null where clients pick a slot. */
  terms: SessionTerms | null
}

/** What holds for a kind that has no say in it. */
const STANDARD: CancellationTerms = {
  tiers: [{ hoursBefore: 24, refundPercent: 100, keepsDeposit: false }],
  graceMinutes: 15,
  noShowRefundPercent: 0,
  lateMove: { hoursBefore: 24, outcome: 'ask', feePercent: 0 },
}

const NEAREST = ['offer', 'kind', 'tenant'] as const

/** The terms an offer is sold with now: the nearest of the business's own, else those of the offer's kind (Q3). */
export function cancellationTermsFor(policy: Policy, kind: SessionKind, offer: OfferToCancel): SoldTerms {
  const targets = { offer: offer.offerId, kind: kind.id, tenant: null }
  const rules = NEAREST.flatMap(scope =>
    policy.cancellation.filter(rule => rule.scope === scope && rule.target === targets[scope]),
  )
  const [nearest] = rules
  return {
    terms: nearest?.terms ?? defaultTermsOf(kind, offer),
    from: nearest?.scope ?? 'default',
    policyVersion: policy.version,
    moveFeeMinor: 0,
    movedByStaff: false,
  }
}

/** What a kind's offers start out with. */
export function defaultTermsOf(
  kind: SessionKind,
  { settings, terms }: Omit<OfferToCancel, 'offerId'>,
): CancellationTerms {
  return kind.cancellation?.({ settings, terms }) ?? STANDARD
}

/** Reads a booking's `policy_snapshot`; null for one that was sold without terms, which is free to cancel. */
export function readSoldTerms(snapshot: Record<string, unknown>): SoldTerms | null {
  return 'terms' in snapshot ? (snapshot as unknown as SoldTerms) : null
}
