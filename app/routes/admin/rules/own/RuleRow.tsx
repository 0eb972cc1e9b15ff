import { Link } from '@remix-run/react'
import { CirclePause, Minus, Pencil, Plus } from 'lucide-react'
import { Badge } from '../../../../components/Badge.tsx'
import { useStaff } from '../../shell.tsx'
import { Findings } from '../draft/Findings.tsx'
import type { Policy } from '../draft/use-policy.ts'
import type { Rule } from '../policy.ts'
import { RowControls } from './RowControls.tsx'
import type { Row } from './rows.ts'

interface RuleRowProps {
  row: Row
  policy: Policy
}

/** One rule read out, with what is wrong or odd about it and what can be done. */
export function RuleRow({ row, policy }: RuleRowProps) {
  const { rule, sentence, change, problems, warnings } = row
  const { id, title, active } = rule
  const mayChange = useMayChange(rule)
  const isGone = change === 'removed'
  return (
    <li className="rounded-card border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 text-base wrap-anywhere">
          {isGone && <del>{title}</del>}
          {!isGone && (mayChange ? <Link to={`/admin/rules/own/${id}`}>{title}</Link> : title)}
        </h3>
        {!active && <Badge icon={CirclePause}>Off</Badge>}
        {change && <ChangeBadge change={change} />}
      </div>
      <p className={`mt-1 wrap-anywhere ${isGone || !active ? 'text-muted' : ''}`}>{sentence}</p>
      {!isGone && <Findings problems={problems} warnings={warnings} />}
      {mayChange && <RowControls row={row} policy={policy} />}
    </li>
  )
}

/** Coaches change the rules of their own calendar only. */
function useMayChange({ scope, target }: Rule): boolean {
  const { mayEditBusiness, me } = useStaff()
  return mayEditBusiness || (scope === 'coach' && target === me.member.coachId)
}

const changes = {
  added: { words: 'New', icon: Plus },
  changed: { words: 'Changed', icon: Pencil },
  removed: { words: 'Removed', icon: Minus },
}

function ChangeBadge({ change }: { change: NonNullable<Row['change']> }) {
  const { words, icon } = changes[change]
  return (
    <Badge tone="info" icon={icon}>
      {words} in your draft
    </Badge>
  )
}
