import { Refusal } from '../refusal.ts'

/**
 * Refuses with 409 `PRICE_CHANGED` to book for more than the client was shown: a favour may be shown to whoever looks
 * and not hold for an address that is on record. `shownMinor` is undefined where nobody was shown a price.
 */
export function requireShownPrice(amountMinor: number, shownMinor: number | undefined): void {
  if (shownMinor === undefined || amountMinor <= shownMinor) return
  throw new Refusal(
    'conflict',
    'PRICE_CHANGED',
    'The price for you isn’t what was shown. Look at it again, and send once more if you agree.',
    { data: { priceMinor: amountMinor } },
  )
}
