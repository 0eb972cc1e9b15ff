import type { CancellationTerms } from '@rapport/sdk'
import type { BookingStatus, Party } from '#server/db/tables.ts'
import type { SoldTerms } from './terms.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A booking as far as its cancellation goes; money in minor units of its currency. */
export interface Sale {
  /** Null where it was sold without terms: then nothing is ever charged. */
  sold: SoldTerms | null
  status: BookingStatus
  priceMinor: number
  /** Of the price, what was due at once; null for all of it. */
  depositMinor: number | null
  bookedAt: Date
  /** As it stands now, not as it was booked: a session that moved is counted to its present start. */
  startsAt: Date
}

/** What cancelling comes to: `feeMinor + refundMinor` is the price, always. Nothing is paid or paid back by this. */
export interface Cost {
  feeMinor: number
  refundMinor: number
  why: CostReason
}

/**
 * `request`: not confirmed yet · `coach`: not by the client · `moved`: its coach moved it · `unsold`: without terms ·
 * `grace`: just booked · `tier`: in time for a part of it or all · `late`: in time for nothing · `lateMove`: in time for
 * all but what moving it late has cost.
 */
export type CostReason = 'request' | 'coach' | 'moved' | 'unsold' | 'grace' | 'tier' | 'late' | 'lateMove'

/**
 * What comes back to a client when this booking is cancelled at `now` by `by` (Q3, 067). Free while it is a request,
 * where the coach or the system cancels, and after staff moved it; otherwise the terms it was sold with decide.
 */
export function whatCancellingCosts(sale: Sale, { by, now }: { by: Party; now: Date }): Cost {
  if (sale.status === 'REQUESTED') return free(sale, 'request')
  if (by !== 'client') return free(sale, 'coach')
  return costOfClient(sale, now)
}

/** What it costs a client who doesn't come; the whole booking, however many seats. */
export function whatNoShowCosts(sale: Sale): Cost {
  if (!sale.sold) return free(sale, 'unsold')
  return charge(sale, sale.sold, percentOf(sale.priceMinor, sale.sold.terms.noShowRefundPercent), 'late')
}

/** One stretch of a timeline: after `from` and up to `until`, that instant included. */
export interface Step {
  from: Date
  until: Date
  feeMinor: number
  refundMinor: number
}

/**
 * What cancelling costs its client from now until the start, in stretches of equal amounts; what comes back never
 * rises from one to the next. Of a request: what will hold once it is confirmed. Empty once it has begun.
 */
export function cancellationTimeline(sale: Sale, now: Date): Step[] {
  const start = sale.startsAt.getTime()
  const changes = changesOf(sale).filter(at => at > now.getTime() && at < start)
  const begins = now.getTime() < start ? [now.getTime(), ...changes] : []
  const steps: Step[] = []
  begins.forEach((from, at) => {
    // The instant of a change still belongs to the stretch before it.
    const { feeMinor, refundMinor } = costOfClient(sale, new Date(at === 0 ? from : from + 1))
    const until = new Date(begins[at + 1] ?? start)
    const before = steps.at(-1)
    if (before?.refundMinor === refundMinor) before.until = until
    else steps.push({ from: new Date(from), until, feeMinor, refundMinor })
  })
  return steps
}

/** A timeline for an answer: its instants as text. */
export function inText(steps: readonly Step[]) {
  return steps.map(({ from, until, ...amounts }) => ({
    from: from.toISOString(),
    until: until.toISOString(),
    ...amounts,
  }))
}

/** What a client's own move comes to at one instant. */
export interface LateMove {
  /** The last instant at which a move is not late yet. */
  until: Date
  isLate: boolean
  outcome: CancellationTerms['lateMove']['outcome']
  /** What a late move adds to what is owed: 0 but for `fee`. */
  feeMinor: number
}

/** How a client's own move of a confirmed booking is treated; null where none is ever late, or adds to what is owed. */
export function lateMoveOf(sale: Sale, now: Date): LateMove | null {
  const { sold, status, startsAt, priceMinor } = sale
  if (!sold || sold.movedByStaff || status === 'REQUESTED') return null
  const { hoursBefore, outcome, feePercent } = sold.terms.lateMove
  if (outcome === 'free' || hoursBefore === 0) return null
  const until = startsAt.getTime() - hoursBefore * HOUR
  const fee = outcome === 'fee' ? priceMinor - percentOf(priceMinor, 100 - feePercent) : 0
  const feeMinor = Math.min(fee, priceMinor - sold.moveFeeMinor)
  if (outcome === 'fee' && feeMinor === 0) return null
  const isLate = now.getTime() > until && !isInGrace(sale, sold, now.getTime())
  return { until: new Date(until), isLate, outcome, feeMinor }
}

function costOfClient(sale: Sale, now: Date): Cost {
  const { sold, startsAt, priceMinor, depositMinor } = sale
  if (!sold) return free(sale, 'unsold')
  if (sold.movedByStaff) return free(sale, 'moved')
  if (isInGrace(sale, sold, now.getTime())) return charge(sale, sold, priceMinor, 'grace')
  const tier = sold.terms.tiers.find(
    ({ hoursBefore }) => now.getTime() <= startsAt.getTime() - hoursBefore * HOUR,
  )
  if (!tier) return charge(sale, sold, 0, 'late')
  const kept = tier.keepsDeposit ? Math.min(depositMinor ?? 0, priceMinor) : 0
  return charge(sale, sold, percentOf(priceMinor - kept, tier.refundPercent), 'tier')
}

function isInGrace({ bookedAt, startsAt }: Sale, { terms }: SoldTerms, now: number): boolean {
  return now <= bookedAt.getTime() + terms.graceMinutes * MINUTE && startsAt.getTime() - now >= DAY
}

/** The instants after which the terms may say something else, in order of time. */
function changesOf({ sold, startsAt, bookedAt }: Sale): number[] {
  if (!sold) return []
  const start = startsAt.getTime()
  const grace = Math.min(bookedAt.getTime() + sold.terms.graceMinutes * MINUTE, start - DAY)
  const tiers = sold.terms.tiers.map(({ hoursBefore }) => start - hoursBefore * HOUR)
  return [...new Set([grace, ...tiers])].sort((a, b) => a - b)
}

/** Moves that were charged are owed beside, yet in all never more than the price. */
function charge({ priceMinor }: Sale, sold: SoldTerms, backMinor: number, why: CostReason): Cost {
  const refundMinor = Math.max(0, backMinor - sold.moveFeeMinor)
  const isForMoves = backMinor === priceMinor && sold.moveFeeMinor > 0
  return { feeMinor: priceMinor - refundMinor, refundMinor, why: isForMoves ? 'lateMove' : why }
}

function free({ priceMinor }: Sale, why: CostReason): Cost {
  return { feeMinor: 0, refundMinor: priceMinor, why }
}

/** In whole minor units, halves up. */
function percentOf(minor: number, percent: number): number {
  return Math.round((minor * percent) / 100)
}
