import { useView } from '../view.tsx'

interface MoneyProps {
  /** Minor units: 8050 is 80.50 euros. */
  minor: number
  currency: string
  className?: string
}

/** An amount as the viewer's region writes it; nothing to pay is `Free`. */
export function Money({ minor, currency, className }: MoneyProps) {
  const { formats } = useView()
  return (
    <span className={className} suppressHydrationWarning>
      {formats.money(minor, currency)}
    </span>
  )
}
