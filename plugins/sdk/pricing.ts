import type { Price, PriceAsk, PriceLine, TimedPhase } from './session-kind.ts'

const PHASE_LABELS: Record<TimedPhase['name'], string> = {
  early_bird: 'Early bird',
  regular: 'Regular price',
  late: 'Late booking',
}

/**
 * The price of seats in a session with dates of its own, as a pipeline of lines (C28): the price of each seat by the
 * phase that holds for it, then the group's discount, then the connected client's or, where it is more, what the
 * business's rules take off. Seats that are asked for together may straddle two phases, where the first of them use up
 * what an early price had left (276). Each discount is rounded to the minor unit, half of one upwards, so the lines
 * always add up to the amount.
 */
export function priceSeats(ask: PriceAsk): Price {
  const { groupDiscount, connectedPercent } = ask.terms
  let lines = seatLines(ask)
  if (groupDiscount && ask.seats >= groupDiscount.seats)
    lines = discounted(lines, `Group of ${groupDiscount.seats} or more`, groupDiscount.percent)
  const forConnected = ask.connected ? connectedPercent : 0
  lines =
    ask.discountPercent > forConnected
      ? discounted(lines, 'Discount', ask.discountPercent)
      : discounted(lines, 'Connected client', forConnected)

  const amountMinor = sum(lines)
  return { lines, amountMinor, depositMinor: depositOf(ask, amountMinor), phase: currentPhase(ask) }
}

/** Lines of a price with a further one for what is taken off, rounded to the minor unit; as they are where that is nothing. */
export function discounted(lines: PriceLine[], label: string, percent: number): PriceLine[] {
  const amountMinor = Math.round((sum(lines) * percent) / 100)
  return amountMinor > 0
    ? [...lines, { label: `${label}, ${percent} % off`, amountMinor: -amountMinor }]
    : lines
}

/** Of an amount, what is due at once where that is a part of it, at least one minor unit; null for all of it. */
export function partOf(amountMinor: number, percent: number | null): number | null {
  if (percent === null) return null
  const partMinor = Math.max(1, Math.round((amountMinor * percent) / 100))
  return partMinor < amountMinor ? partMinor : null
}

function seatLines({ priceMinor, phases, seats, sold, now }: PriceAsk): PriceLine[] {
  if (phases.length === 0)
    return [{ label: seats === 1 ? '1 seat' : `${seats} seats`, amountMinor: priceMinor * seats }]
  const counts = new Map<TimedPhase, number>()
  for (let seat = 0; seat < seats; seat++) {
    const phase = phaseOf(phases, sold + seat, now)!
    counts.set(phase, (counts.get(phase) ?? 0) + 1)
  }
  return [...counts].map(([phase, count]) => ({
    label: seats === 1 ? PHASE_LABELS[phase.name] : `${count} × ${PHASE_LABELS[phase.name]}`,
    amountMinor: phase.priceMinor * count,
  }))
}

/** The first phase that has neither reached its deadline nor sold its seats; the last one where all are over. */
export function phaseOf(phases: readonly TimedPhase[], sold: number, now: Date): TimedPhase | undefined {
  const holds = ({ until, seats }: TimedPhase) =>
    (until === null || now < until) && (seats === null || sold < seats)
  return phases.find(holds) ?? phases.at(-1)
}

function currentPhase({ phases, sold, now }: PriceAsk): Price['phase'] {
  const phase = phaseOf(phases, sold, now)
  if (!phase) return null
  const { name, until, seats } = phase
  return { name, until, seatsLeft: seats === null ? null : Math.max(0, seats - sold) }
}

/** What is due at once; null where that is all of it. */
function depositOf({ terms: { deposit }, depositPercent, seats }: PriceAsk, amountMinor: number) {
  if (depositPercent !== null) return partOf(amountMinor, depositPercent)
  if (!deposit) return null
  const depositMinor = deposit.amountMinor * seats
  return depositMinor < amountMinor ? depositMinor : null
}

function sum(lines: readonly PriceLine[]): number {
  return lines.reduce((total, { amountMinor }) => total + amountMinor, 0)
}
