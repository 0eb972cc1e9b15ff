import type { Formats } from '../../../formats.ts'
import { deadlineInWords, type Start } from './deadlines.ts'
import { minorOf, type TermsDraft } from './terms-draft.ts'

/** What a seat costs when: "Early bird €80 until 14 days before, then €100." Null while a price is missing. */
export function priceInWords(
  { price, early, late }: Pick<TermsDraft, 'price' | 'early' | 'late'>,
  currency: string,
  start: Start | null,
  formats: Formats,
): string | null {
  const money = (amount: number) => formats.money(minorOf(amount, currency), currency)
  if (price === null || early?.price === null || late?.price === null) return null
  if (!early && !late) return `${money(price)} for each seat, all along.`

  const parts: string[] = []
  if (early?.price != null) {
    const ends = [
      early.endsDaysBefore !== null && `until ${deadlineInWords(early.endsDaysBefore, start, formats)}`,
      early.seats !== null && `${early.endsDaysBefore === null ? 'until' : 'or'} ${seats(early.seats)} sold`,
    ]
    parts.push(`Early bird ${money(early.price)} ${ends.filter(Boolean).join(' ')}`.trim())
  }
  parts.push(early ? `then ${money(price)}` : money(price))
  if (late?.price != null) {
    const from =
      late.startsDaysBefore === null ? '' : ` from ${deadlineInWords(late.startsDaysBefore, start, formats)}`
    parts.push(`and ${money(late.price)}${from}`)
  }
  return `${parts.join(', ')}.`
}

function seats(count: number): string {
  return count === 1 ? '1 seat is' : `${count} seats are`
}
