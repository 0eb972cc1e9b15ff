import type { BookingStatus } from '#server/db/tables.ts'
import type { DecidedSlot } from '../rules/decide.ts'
import type { Outcome } from '../rules/default-rule.ts'
import type { DecisionFacts } from '../rules/facts.ts'

/** An attempt as it was kept. */
export interface KeptAttempt {
  id: string
  at: Date
  startsAt: Date
  offer: { id: string; title: string }
  coach: { id: string; name: string }
  /** Null for somebody whose address wasn't known. */
  client: { id: string; name: string } | null
  /** Of what wasn't refused, as it stands now. */
  booking: { id: string; status: BookingStatus } | null
  facts: DecisionFacts[]
  /** As it was answered. */
  outcome: Outcome
  /** As it was charged, or would have been; minor units. */
  priceMinor: number
  currency: string
}

/** What the business would answer, and charge for it. */
export interface Answer {
  outcome: Outcome
  sentence: string
  priceMinor: number
}

export interface ChangedAttempt extends Omit<KeptAttempt, 'facts' | 'outcome' | 'priceMinor'> {
  before: Answer
  after: Answer
}

/** Minor units of one currency. */
export interface MoneyChange {
  currency: string
  /** Of what would be refused, or cost less. */
  lostMinor: number
  /** Of what would no longer be refused, or cost more. */
  gainedMinor: number
  /** Of what would wait for approval instead of being confirmed at once. */
  waitingMinor: number
}

export interface Comparison {
  judged: number
  /** How many went from which answer to which: `counts.firm.request`. */
  counts: Record<Outcome, Record<Outcome, number>>
  /** Attempts whose answer or price would be another, in the order given. */
  changed: ChangedAttempt[]
  /** Those that were answered otherwise at the time than before the change they would be. */
  decidedOtherwise: number
  money: MoneyChange[]
}

/**
 * What a change would have meant for attempts, decided before and after it. Money is that of attempts which still
 * stand for some: a booking that was declined or cancelled later brings nothing either way.
 */
export function compareReplays(
  attempts: readonly KeptAttempt[],
  before: readonly DecidedSlot[],
  after: readonly DecidedSlot[],
): Comparison {
  const counts = countsOfNone()
  const changed: ChangedAttempt[] = []
  let decidedOtherwise = 0
  attempts.forEach((attempt, at) => {
    const [old, now] = [before[at]!, after[at]!]
    counts[old.outcome][now.outcome]++
    if (old.outcome !== attempt.outcome) decidedOtherwise++
    const change = changeOf(attempt, old, now)
    if (change) changed.push(change)
  })
  return { judged: attempts.length, counts, changed, decidedOtherwise, money: moneyOf(changed) }
}

function countsOfNone(): Comparison['counts'] {
  const none = () => ({ firm: 0, request: 0, refuse: 0 })
  return { firm: none(), request: none(), refuse: none() }
}

function changeOf(attempt: KeptAttempt, old: DecidedSlot, now: DecidedSlot): ChangedAttempt | null {
  const before = answer(attempt.priceMinor, old)
  const after = answer(priceUnder(attempt, old, now), now)
  if (before.outcome === after.outcome && before.priceMinor === after.priceMinor) return null
  const { facts: _facts, outcome: _outcome, priceMinor: _price, ...shown } = attempt
  return { ...shown, before, after }
}

function answer(priceMinor: number, { outcome, sentence }: DecidedSlot): Answer {
  return { outcome, sentence, priceMinor }
}

/** The price with another discount. What a session's own prices made of it is taken to stay in proportion. */
function priceUnder({ priceMinor }: KeptAttempt, old: DecidedSlot, now: DecidedSlot): number {
  const [paid, pays] = [100 - old.values.discountPercent!, 100 - now.values.discountPercent!]
  if (paid === pays || paid === 0) return priceMinor
  return Math.round((priceMinor * pays) / paid)
}

function moneyOf(changed: readonly ChangedAttempt[]): MoneyChange[] {
  const byCurrency = new Map<string, MoneyChange>()
  for (const { booking, currency, before, after } of changed) {
    if (booking?.status === 'DECLINED' || booking?.status === 'CANCELLED') continue
    const money = byCurrency.get(currency) ?? { currency, lostMinor: 0, gainedMinor: 0, waitingMinor: 0 }
    byCurrency.set(currency, money)
    const more = worth(after) - worth(before)
    if (more < 0) money.lostMinor -= more
    else money.gainedMinor += more
    if (before.outcome === 'firm' && after.outcome === 'request') money.waitingMinor += after.priceMinor
  }
  return [...byCurrency.values()]
}

function worth({ outcome, priceMinor }: Answer): number {
  return outcome === 'refuse' ? 0 : priceMinor
}
