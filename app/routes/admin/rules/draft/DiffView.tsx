import { Minus, Pencil, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '../../../../components/Badge.tsx'
import type { PolicyDiff } from '../policy.ts'

type Changed = PolicyDiff['rules'][number]
type ChangedTerms = PolicyDiff['cancellation'][number]

/** What is different between two versions of the rules, in words. */
export function DiffView({ diff }: { diff: PolicyDiff }) {
  if (diff.changes === 0) return <p className="text-muted">Nothing is different.</p>
  return (
    <ul className="flex flex-col gap-3">
      {diff.rules.map(rule => (
        <Part key={rule.ruleId} change={rule.change} title={rule.title}>
          <RuleChange rule={rule} />
        </Part>
      ))}
      {diff.cancellation.map(terms => (
        <Part key={terms.scope} change={terms.change} title={`Cancelling: ${terms.scope}`}>
          <TermsChange terms={terms} />
        </Part>
      ))}
    </ul>
  )
}

const changes = {
  added: { words: 'New', tone: 'good', icon: Plus },
  removed: { words: 'Removed', tone: 'bad', icon: Minus },
  changed: { words: 'Changed', tone: 'info', icon: Pencil },
} as const

interface PartProps {
  change: Changed['change']
  title: string
  children: ReactNode
}

function Part({ change, title, children }: PartProps) {
  const { words, tone, icon } = changes[change]
  return (
    <li className="rounded-control border border-line p-3">
      <h3 className="mb-1 flex flex-wrap items-center gap-2 text-base wrap-anywhere">
        <Badge tone={tone} icon={icon}>
          {words}
        </Badge>
        {title}
      </h3>
      <div className="text-[0.9375rem]">{children}</div>
    </li>
  )
}

function RuleChange({ rule }: { rule: Changed }) {
  if (rule.change === 'added') return <p>{rule.after}</p>
  if (rule.change === 'removed') return <Gone>{rule.before}</Gone>
  return (
    <dl className="flex flex-col gap-1.5">
      {rule.fields.map(({ field, label, before, after }) => (
        <div key={field}>
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="flex flex-wrap gap-x-2">
            {before !== null && <Gone>{before}</Gone>}
            {after !== null && <Come>{after}</Come>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function TermsChange({ terms }: { terms: ChangedTerms }) {
  return (
    <>
      {terms.before?.map(sentence => (
        <Gone key={sentence}>{sentence}</Gone>
      ))}
      {terms.after?.map(sentence => (
        <Come key={sentence}>{sentence}</Come>
      ))}
    </>
  )
}

function Gone({ children }: { children: ReactNode }) {
  return (
    <p className="text-muted">
      <span className="sr-only">Before: </span>
      <del>{children}</del>
    </p>
  )
}

function Come({ children }: { children: ReactNode }) {
  return (
    <p>
      <span className="sr-only">Now: </span>
      <ins className="font-medium no-underline">{children}</ins>
    </p>
  )
}
