import { CircleCheck, CircleMinus, Hourglass, type LucideIcon, OctagonX } from 'lucide-react'
import { Panel } from '../../../components/Panel.tsx'
import type { BookingTimeline } from './route.tsx'

type Line = BookingTimeline['trace'][number]

const outcomes = {
  firm: 'Every rule was met, so it was confirmed at once.',
  request: 'At least one rule asks for your approval.',
  refuse: 'At least one rule refuses it.',
}

interface TraceProps {
  outcome: keyof typeof outcomes
  trace: readonly Line[]
}

/** Every rule that was asked when this was booked: what it said, where it comes from and what it saw. */
export function Trace({ outcome, trace }: TraceProps) {
  if (trace.length === 0) return null
  return (
    <Panel title="Why it was decided so" hint={outcomes[outcome]}>
      <ul className="flex flex-col divide-y divide-line">
        {trace
          .toSorted((a, b) => weight(a) - weight(b))
          .map(line => (
            <TraceLine key={line.rule} line={line} />
          ))}
      </ul>
    </Panel>
  )
}

/** What decided comes first, what has nothing to say last. */
function weight({ applied, passed }: Line): number {
  if (!applied) return 2
  return passed ? 1 : 0
}

function TraceLine({ line }: { line: Line }) {
  const { words, icon: Icon, className } = lookOf(line)
  const saw = Object.entries(line.saw)
  return (
    <li className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${className}`} />
      <div className="min-w-0 flex-1">
        <p>{line.coachSentence}</p>
        <p className="text-sm text-muted">
          {words} · {inWords(line.rule)} · set for the {line.scope}
        </p>
        {line.applied && saw.length > 0 && (
          <ul aria-label="What the rule saw" className="mt-1.5 flex flex-wrap gap-1.5">
            {saw.map(([name, value]) => (
              <li key={name} className="tabular rounded-md bg-sunken px-2 py-0.5 text-xs text-muted">
                {inWords(name)}: {valueInWords(value)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function lookOf({ applied, passed, outcome }: Line): { words: string; icon: LucideIcon; className: string } {
  if (!applied) return { words: 'Doesn’t apply', icon: CircleMinus, className: 'text-muted' }
  if (passed) return { words: 'Met', icon: CircleCheck, className: 'text-good' }
  if (outcome === 'refuse') return { words: 'Refuses', icon: OctagonX, className: 'text-bad' }
  return { words: 'Asks for approval', icon: Hourglass, className: 'text-wait' }
}

/** `maxSessionsPerDay` → `Max sessions per day` */
function inWords(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : String(value)
}
