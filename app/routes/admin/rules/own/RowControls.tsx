import { Copy, Pencil, Trash2, Undo2 } from 'lucide-react'
import { Button, LinkButton } from '../../../../components/Button.tsx'
import { Switch } from '../../../../components/Choices.tsx'
import { type Policy, withoutRule, withRule } from '../draft/use-policy.ts'
import type { Row } from './rows.ts'

interface RowControlsProps {
  row: Row
  policy: Policy
}

/** On or off, and what else can be done with a rule; one that the draft takes away can be kept. */
export function RowControls({ row: { rule, change }, policy }: RowControlsProps) {
  const { id, title, active } = rule
  if (change === 'removed') {
    return (
      <Button
        variant="quiet"
        size="small"
        className="mt-2"
        isDisabled={policy.isSaving}
        onPress={() => policy.change(document => withRule(document, rule), `“${title}” stays.`)}
      >
        <Undo2 aria-hidden="true" />
        Keep it<span className="sr-only">: {title}</span>
      </Button>
    )
  }
  return (
    <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4">
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
    </div>
  )
}
