/** "€80.00", "Free". */
export function formatPrice(amountMinor: number, currency: string): string {
  return amountMinor === 0 ? 'Free' : formatMoney(amountMinor, currency)
}

/** "€80.00", "−€8.00", also of nothing. */
export function formatMoney(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  return format.format(amountMinor / 10 ** format.resolvedOptions().maximumFractionDigits!).replace('-', '−')
}
