import { Link } from '@remix-run/react'
import { CirclePause, Copy, Minus, Pencil, Plus, Trash2, Undo2 } from 'lucide-react'
import { Badge } from '../../../../components/Badge.tsx'
import { Button, LinkButton } from '../../../../components/Button.tsx'
import { Switch } from '../../../../components/Choices.tsx'
import { Findings } from '../draft/Findings.tsx'
import { type Policy, withoutRule, withRule } from '../draft/use-policy.ts'
import type { Row } from './rows.ts'

interface RuleRowProps {
  row: Row
  policy: Policy
}

/** One rule read out, with what can be done about it. */
export function RuleRow({ row, policy }: RuleRowProps) {
  const { rule, sentence, change, problems, warnings } = row
  const { id, title, active } = rule
  const isGone = change === 'removed'
  return (
    <li className="rounded-card border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 text-base wrap-anywhere">
          {isGone ? <del>{title}</del> : <Link to={`/admin/rules/own/${id}`}>{title}</Link>}
        </h3>
        {!active && <Badge icon={CirclePause}>Off</Badge>}
        {change && <ChangeBadge change={change} />}
      </div>
      <p className={`mt-1 wrap-anywhere ${isGone || !active ? 'text-muted' : ''}`}>{sentence}</p>
      {!isGone && <Findings problems={problems} warnings={warnings} />}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4">
        {isGone ? (
          <Button
            variant="quiet"
            size="small"
            isDisabled={policy.isSaving}
            onPress={() => policy.change(document => withRule(document, rule), `“${title}” stays.`)}
          >
            <Undo2 aria-hidden="true" />
            Keep it<span className="sr-only">: {title}</span>
          </Button>
        ) : (
          <>
            <Switch
              label={
                <>
                  On<span className="sr-only">: {title}</span>
                </>
              }
              isSelected={active}
              isDisabled={policy.isSaving}
              onChange={on =>
                policy.change(
                  document => withRule(document, { ...rule, active: on }),
                  `“${title}” is ${on ? 'on' : 'off'} in your draft.`,
                )
              }
            />
            <Actions row={row} policy={policy} />
          </>
        )}
      </div>
    </li>
  )
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

function Actions({ row, policy }: RuleRowProps) {
  const { id, title } = row.rule
  return (
    <div className="-mr-2 flex">
      <LinkButton to={`/admin/rules/own/${id}`} variant="quiet" size="small" aria-label={`Edit “${title}”`}>
        <Pencil aria-hidden="true" />
        <span className="hidden sm:inline">Edit</span>
      </LinkButton>
      <LinkButton
        to={`/admin/rules/own/new?copy=${id}`}
        variant="quiet"
        size="small"
        aria-label={`Duplicate “${title}”`}
      >
        <Copy aria-hidden="true" />
        <span className="hidden sm:inline">Duplicate</span>
      </LinkButton>
      <Button
        variant="quiet"
        size="small"
        aria-label={`Remove “${title}”`}
        isDisabled={policy.isSaving}
        onPress={() =>
          policy.change(document => withoutRule(document, id), `“${title}” is out of your draft.`)
        }
      >
        <Trash2 aria-hidden="true" />
        <span className="hidden sm:inline">Remove</span>
      </Button>
    </div>
  )
}
