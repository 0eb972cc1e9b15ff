import { Money } from '../Money.tsx'
import { Time } from '../Time.tsx'

interface PriceTableProps {
  /** Minor units of an ISO 4217 currency. The lines add up to the amount. */
  price: {
    lines: readonly { label: string; amountMinor: number }[]
    amountMinor: number
    currency: string
    /** Of the amount, what is due at once; null for all of it. */
    depositMinor: number | null
    balanceDueAt: string | null
  }
}

/** What is to be paid, line by line, and what of it is due when (304). */
export function PriceTable({ price }: PriceTableProps) {
  const { lines, amountMinor, currency, depositMinor, balanceDueAt } = price
  const explains = amountMinor > 0 && (lines.length > 1 || lines[0]?.label !== '1 seat')
  return (
    <dl className="flex flex-col gap-1 text-[0.9375rem] [&>div]:flex [&>div]:justify-between [&>div]:gap-4 [&_dd]:tabular-nums [&_dt]:min-w-0 [&_dt]:wrap-anywhere">
      {explains &&
        lines.map(line => (
          <div key={line.label} className="text-muted">
            <dt>{line.label}</dt>
            <dd>
              <Money minor={line.amountMinor} currency={currency} />
            </dd>
          </div>
        ))}
      <div className={`font-semibold ${explains ? 'border-t border-line pt-1.5' : ''}`}>
        <dt>{explains ? 'Total' : 'Price'}</dt>
        <dd>
          <Money minor={amountMinor} currency={currency} />
        </dd>
      </div>
      {depositMinor !== null && (
        <>
          <div className="text-muted">
            <dt>Deposit</dt>
            <dd>
              <Money minor={depositMinor} currency={currency} />
            </dd>
          </div>
          <div className="text-muted">
            <dt>
              Balance
              {balanceDueAt && (
                <>
                  , due <Time at={balanceDueAt} as="shortDay" />
                </>
              )}
            </dt>
            <dd>
              <Money minor={amountMinor - depositMinor} currency={currency} />
            </dd>
          </div>
        </>
      )}
    </dl>
  )
}
