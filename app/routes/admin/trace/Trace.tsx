import { CircleCheck, CircleSlash, Hourglass, type LucideIcon, OctagonX } from 'lucide-react'
import { Panel } from '../../../components/Panel.tsx'
import { factsInWords, type Line, ruleInWords } from './trace-words.ts'

const outcomes = {
  firm: 'Every rule was met, so it was confirmed at once.',
  request: 'At least one rule asks for your approval.',
  refuse: 'At least one rule refuses it.',
}

const scopes: Record<Line['scope'], string> = {
  tenant: 'for the whole business',
  coach: 'for the coach',
  kind: 'for this kind of offer',
  offer: 'for the offer',
  tag: 'for clients with a tag',
  client: 'for this client',
  session: 'for the session',
}

interface TraceProps {
  title?: string
  outcome: keyof typeof outcomes
  trace: readonly Line[]
}

/** Every rule that was asked: what it said, where it comes from and what it saw. */
export function Trace({ title = 'Why it was decided so', outcome, trace }: TraceProps) {
  if (trace.length === 0) return null
  const applied = trace.filter(line => line.applied)
  const others = trace.filter(line => !line.applied)
  return (
    <Panel title={title} hint={outcomes[outcome]}>
      <ul className="flex flex-col divide-y divide-line">
        {applied
          .toSorted((a, b) => Number(a.passed) - Number(b.passed))
          .map(line => (
            <TraceLine key={line.rule} line={line} />
          ))}
      </ul>
      {others.length > 0 && (
        <details className="mt-3 border-t border-line pt-2 text-sm text-muted">
          <summary className="min-h-11 cursor-pointer rounded-md py-2.5 font-medium hover:text-ink">
            {others.length === 1 ? 'One rule' : `${others.length} rules`} didn’t apply
          </summary>
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {others.map(line => (
              <li key={line.rule}>
                {ruleInWords(line)}: {line.coachSentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}

function TraceLine({ line }: { line: Line }) {
  const { words, icon: Icon, className } = lookOf(line)
  const saw = factsInWords(line)
  return (
    <li className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${className}`} />
      <div className="min-w-0 flex-1">
        <p>{line.coachSentence}</p>
        <p className="text-sm text-muted">
          {words} · {ruleInWords(line)} · {scopes[line.scope]}
        </p>
        {saw.length > 0 && (
          <ul aria-label="What the rule saw" className="mt-1.5 flex flex-wrap gap-1.5">
            {saw.map(fact => (
              <li key={fact} className="tabular rounded-md bg-sunken px-2 py-0.5 text-xs text-muted">
                {fact}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function lookOf({ passed, outcome, waivedBy }: Line): { words: string; icon: LucideIcon; className: string } {
  if (waivedBy) return { words: 'Waived', icon: CircleSlash, className: 'text-muted' }
  if (passed) return { words: 'Met', icon: CircleCheck, className: 'text-good' }
  if (outcome === 'refuse') return { words: 'Refuses', icon: OctagonX, className: 'text-bad' }
  return { words: 'Asks for approval', icon: Hourglass, className: 'text-wait' }
}
