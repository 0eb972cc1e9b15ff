import { discounted, type PriceLine, partOf } from '@rapport/sdk'
import type { Values } from '../rules/settle.ts'

/** What a slot costs one client: lines that add up to the amount, and of it what is due at once; null for all. Minor units. */
export interface SlotPrice {
  lines: PriceLine[]
  amountMinor: number
  depositMinor: number | null
}

/** The price of a slot by what the rules decided for a client (C28). */
export function slotPrice(
  offer: { title: string; priceMinor: number },
  values: Pick<Values, 'discountPercent' | 'depositPercent'>,
): SlotPrice {
  const full = [{ label: offer.title, amountMinor: offer.priceMinor }]
  const lines = discounted(full, 'Discount', values.discountPercent ?? 0)
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0)
  return { lines, amountMinor, depositMinor: partOf(amountMinor, values.depositPercent) }
}
