import { ArrowRight } from 'lucide-react'
import { Time } from '../../components/Time.tsx'

/** What moves from when to when. */
export function FromTo({ from, to }: { from: string; to: string }) {
  return (
    <p className="flex flex-col gap-2 rounded-control bg-sunken p-4 sm:flex-row sm:items-center sm:gap-4">
      <span>
        <span className="block text-sm text-muted">From</span>
        <Time at={from} className="line-through decoration-muted" />
      </span>
      <ArrowRight aria-hidden="true" className="size-5 shrink-0 rotate-90 text-muted sm:rotate-0" />
      <span>
        <span className="block text-sm text-muted">To</span>
        <Time at={to} className="font-semibold" />
      </span>
    </p>
  )
}
