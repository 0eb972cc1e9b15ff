import type { Outputs } from '../../api.ts'
import type { Formats } from '../../formats.ts'

export type Cancellation = Outputs['offers']['cancellation']
export type Step = Cancellation['timeline'][number]

/** `€80 back`, `nothing back`; of what costs nothing, `free of charge`. */
export function backInWords(
  { feeMinor, refundMinor }: Pick<Step, 'feeMinor' | 'refundMinor'>,
  currency: string,
  formats: Formats,
): string {
  if (feeMinor + refundMinor === 0) return 'free of charge'
  return refundMinor === 0 ? 'nothing back' : `${formats.money(refundMinor, currency)} back`
}

/** One sentence before booking: `Free to cancel until Tue, 9 Mar, 09:00; after that nothing back.` */
export function cancelInShort({ now, timeline, currency }: Cancellation, formats: Formats): string | null {
  const [first, second] = timeline
  if (!now || !first || now.feeMinor + now.refundMinor === 0) return null
  if (now.refundMinor === 0) return now.sentence
  const begin = now.feeMinor === 0 ? 'Free to cancel' : `${backInWords(now, currency, formats)} if you cancel`
  if (!second) return `${begin} until it starts.`
  return `${begin} until ${formats.moment(first.until)}; after that ${backInWords(second, currency, formats)}.`
}
