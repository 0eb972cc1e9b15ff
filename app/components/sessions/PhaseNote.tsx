import { useView } from '../../view.tsx'
import { Time } from '../Time.tsx'
import { leftInWords, useNow } from '../use-now.ts'
import { phaseAfter, phaseInWords, type SessionPrice } from './session.ts'

const near = 48 * 3_600_000

/** Which price holds, until when, and what follows: "Early bird until Mon, 3 May, 18:00, then €100 · 5 hours left". */
export function PhaseNote({ price, className = '' }: { price: SessionPrice; className?: string }) {
  const { formats } = useView()
  const now = useNow()
  const { phase, currency } = price
  const next = phaseAfter(price)
  if (!phase || !next) return null

  const left = phase.until !== null && now !== null ? Date.parse(phase.until) - now : null
  const isNear = left !== null && left > 0 && left < near
  return (
    <p className={`text-sm text-muted ${className}`}>
      <span className="font-medium text-ink">{phaseInWords(phase.name)}</span>
      {phase.until !== null && (
        <>
          {' '}
          until <Time at={phase.until} />
        </>
      )}
      {phase.seatsLeft !== null && (
        <>
          {phase.until !== null ? ' or for' : ' for'}{' '}
          {phase.seatsLeft === 1 ? 'one more seat' : `${phase.seatsLeft} more seats`}
        </>
      )}
      , then <span suppressHydrationWarning>{formats.money(next.priceMinor, currency)}</span>
      {isNear && <span className="font-medium whitespace-nowrap text-wait"> · {leftInWords(left)} left</span>}
    </p>
  )
}
