import { useView } from '../../../view.tsx'
import { deadlineInWords, type Start } from '../terms/deadlines.ts'
import { priceInWords } from '../terms/price-words.ts'
import type { TermsDraft } from '../terms/terms-draft.ts'

interface TermsInBriefProps {
  terms: TermsDraft
  currency: string
  start: Start | null
}

const outcomes = {
  cancel: 'it is cancelled otherwise',
  extend: 'it is decided later otherwise',
  ask: 'you decide otherwise',
}

/** The terms in a few lines. */
export function TermsInBrief({ terms, currency, start }: TermsInBriefProps) {
  const { formats } = useView()
  const { format, capacity, onlineCapacity, minimum, deposit, venue } = terms
  const seats =
    format === 'hybrid' ? `${capacity} seats in the room, ${onlineCapacity} online` : `${capacity} seats`
  const place = format === 'online' ? 'online' : venue.address || 'in person'
  const price = priceInWords(terms, currency, start, formats)
  const lines = [
    `${seats}, ${place}.`,
    price,
    deposit &&
      deposit.balanceDaysBefore !== null &&
      `A deposit, the rest by ${deadlineInWords(deposit.balanceDaysBefore, start, formats)}.`,
    minimum &&
      minimum.decidesDaysBefore !== null &&
      `Held if ${minimum.seats} seats are taken by ${deadlineInWords(minimum.decidesDaysBefore, start, formats)}; ${outcomes[minimum.otherwise]}.`,
    terms.approval && 'You approve every booking.',
    terms.certificate && 'With a certificate.',
  ]
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 marker:text-accent-ink" suppressHydrationWarning>
      {lines.filter(Boolean).map(line => (
        <li key={String(line)}>{line}</li>
      ))}
    </ul>
  )
}
