import { cancellationTimeline, type Sale, type Step } from '../../cancellation/cost.ts'
import { readSoldTerms } from '../../cancellation/terms.ts'
import type { BookingFacts } from '../booking-facts.ts'
import type { BookingMail, Detail } from './content.ts'
import { formatMoney } from './money.ts'
import { formatInstant } from './when.ts'

/**
 * What a client may still do, and by when it costs what (186): "You can move or cancel it on its page. Cancelling is
 * free until …, after that nothing comes back." `can` names what the page offers.
 */
export function policyLine({ booking, now }: BookingMail, can = 'move or cancel'): string {
  const steps = cancellationTimeline(saleOf(booking), now)
  const [first] = steps
  if (!first || (steps.length === 1 && first.feeMinor === 0))
    return `You can ${can} it on its page until it begins.`
  const said = steps.map((step, at) => stepInWords(step, booking, at === 0, at === steps.length - 1))
  return `You can ${can} it on its page. ${said.join(', after that ')}.`
}

function stepInWords(
  { until, feeMinor, refundMinor }: Step,
  { currency, client }: BookingFacts,
  isFirst: boolean,
  isLast: boolean,
): string {
  const end = isLast ? '' : ` until ${formatInstant(until, client.timeZone)}`
  if (feeMinor === 0) return `Cancelling is free${end}`
  if (refundMinor === 0)
    return isFirst ? `If you cancel, nothing comes back${end}` : `nothing comes back${end}`
  const part = `${formatMoney(refundMinor, currency)} comes back`
  return isFirst ? `If you cancel, ${part}${end}` : `${part}${end}`
}

/** Of a cancelled booking that was confirmed and costs something: what is due back, and what is kept (180). */
export function refundRows({ booking }: BookingMail): Detail[] {
  const { endedFrom, priceMinor, feeMinor, currency } = booking
  if (endedFrom === 'REQUESTED' || priceMinor === 0) return []
  const refund = formatMoney(priceMinor - feeMinor, currency)
  return [
    {
      label: 'Refund due',
      value: feeMinor === priceMinor ? 'None, by the terms it was booked with' : refund,
    },
    ...(feeMinor > 0 && feeMinor < priceMinor
      ? [{ label: 'Fee', value: `${formatMoney(feeMinor, currency)}, by the terms it was booked with` }]
      : []),
  ]
}

/** Of a booking that stands, what its late moves have cost so far. */
export function lateMoveRows({ booking: { feeMinor, currency } }: BookingMail): Detail[] {
  return feeMinor === 0 ? [] : [{ label: 'Due for moving late', value: formatMoney(feeMinor, currency) }]
}

function saleOf({
  status,
  priceMinor,
  depositMinor,
  createdAt,
  session,
  policySnapshot,
}: BookingFacts): Sale {
  const sold = readSoldTerms(policySnapshot)
  return { sold, status, priceMinor, depositMinor, bookedAt: createdAt, startsAt: session.startsAt }
}
