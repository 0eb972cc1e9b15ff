import type { CancellationTerms } from '@rapport/sdk'
import { sayDuration, sayTimeLeft } from '../rules/durations.ts'
import type { Cost } from './cost.ts'

const MINUTE = 60_000

/**
 * Terms read out to a client or coach, a sentence for each thing they say and no amounts: of a free offer nothing is
 * paid, so only what is said of moving remains.
 */
export function cancellationSentences(terms: CancellationTerms, { isFree = false } = {}): string[] {
  const money = isFree
    ? ['Cancel at any time before it starts.']
    : [...tierSentences(terms), ...graceSentence(terms), ...noShowSentence(terms)]
  return [...money, ...(isFree && terms.lateMove.outcome === 'fee' ? [] : lateMoveSentence(terms))]
}

/** What holds where nothing is charged for cancelling: of terms that were suspended, since staff moved it, and without any. */
export function freeSentences(terms: CancellationTerms | null, { isFree = false } = {}): string[] {
  const stays = terms && !isFree ? noShowSentence(terms) : []
  return ['It can be cancelled free of charge until it starts.', ...stays]
}

/** Why cancelling costs what it costs at that instant. Names no amounts: they stand beside. */
export function costSentence(
  { why, feeMinor, refundMinor }: Cost,
  { startsAt, now }: { startsAt: Date; now: Date },
): string {
  const ahead = left(startsAt, now)
  if (feeMinor + refundMinor === 0) return 'It costs nothing, so there is nothing to lose.'
  if (why === 'request') return 'Withdrawing a request costs nothing.'
  if (why === 'coach') return 'The client didn’t cancel it, so nothing is charged.'
  if (why === 'moved') return 'Your coach moved it, so you can cancel free of charge.'
  if (why === 'unsold') return 'It can be cancelled free of charge until it starts.'
  if (why === 'lateMove') return 'Free but for what moving it late has cost.'
  if (why === 'grace') return 'Free: you have only just booked it.'
  if (refundMinor === 0) return `No refund: it starts in ${ahead}.`
  if (feeMinor === 0) return `Free: it starts in ${ahead}.`
  return `Part of the price comes back: it starts in ${ahead}.`
}

function tierSentences({ tiers }: CancellationTerms): string[] {
  const [first, ...others] = tiers
  if (!first) return ['Once it is booked, nothing comes back when you cancel.']
  const last = tiers.at(-1)!
  const sentences = [
    `${what(first)} until ${before(first.hoursBefore)}.`,
    ...others.map(tier => `After that, ${part(tier)} back until ${before(tier.hoursBefore)}.`),
  ]
  return last.hoursBefore === 0 ? sentences : [...sentences, 'Later than that, nothing comes back.']
}

function what(tier: CancellationTerms['tiers'][number]): string {
  if (tier.refundPercent === 100 && !tier.keepsDeposit) return 'Cancel free of charge'
  const words = part(tier)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} back when you cancel`
}

/** "all but the deposit", "50 % of the price". */
function part({ refundPercent, keepsDeposit }: CancellationTerms['tiers'][number]): string {
  if (keepsDeposit && refundPercent === 100) return 'all but the deposit'
  return keepsDeposit ? `${refundPercent} % of the rest after the deposit` : `${refundPercent} % of the price`
}

function before(hours: number): string {
  return hours === 0 ? 'it starts' : `${said(hours)} before it starts`
}

function graceSentence({ graceMinutes, tiers }: CancellationTerms): string[] {
  const isFreeAnyway = tiers[0]?.hoursBefore === 0 && tiers[0].refundPercent === 100 && !tiers[0].keepsDeposit
  if (graceMinutes === 0 || isFreeAnyway) return []
  return [
    `Within ${sayDuration(graceMinutes)} after booking it is free in any case, if it starts at least a day later.`,
  ]
}

function noShowSentence({ noShowRefundPercent }: CancellationTerms): string[] {
  if (noShowRefundPercent === 100) return []
  return [
    noShowRefundPercent === 0
      ? 'If you don’t come, nothing comes back.'
      : `If you don’t come, ${noShowRefundPercent} % of the price comes back.`,
  ]
}

function lateMoveSentence({ lateMove }: CancellationTerms): string[] {
  const { hoursBefore, outcome, feePercent } = lateMove
  if (outcome === 'free' || hoursBefore === 0) return []
  const late = `Moving it later than ${said(hoursBefore)} before it starts`
  if (outcome === 'fee') return [`${late} costs ${feePercent} % of the price.`]
  return [outcome === 'ask' ? `${late} is up to your coach.` : `${late} isn’t possible.`]
}

function said(hours: number): string {
  return sayDuration(hours * 60)
}

function left(startsAt: Date, now: Date): string {
  return sayTimeLeft((startsAt.getTime() - now.getTime()) / MINUTE, Number.POSITIVE_INFINITY)
}
