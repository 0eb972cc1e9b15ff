import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Label } from 'react-aria-components/Label'
import { Checkbox } from '../../../../components/Choices.tsx'
import { labelLook } from '../../../../components/Field.tsx'
import type { Vocabulary } from '../policy.ts'

interface WaiverFieldsProps {
  vocabulary: Vocabulary
  /** Restricting rules of this policy. */
  ownRules: readonly { id: string; title: string }[]
  waives: readonly string[]
  error: string | null
  onChange: (waives: string[]) => void
}

/** What doesn't hold for those whom the rule makes it easier for. */
export function WaiverFields({ vocabulary, ownRules, waives, error, onChange }: WaiverFieldsProps) {
  const { waivable } = vocabulary
  const parts = [
    { title: 'Your approval', rules: waivable.filter(({ isApproval }) => isApproval) },
    { title: 'Limits', rules: waivable.filter(({ isApproval }) => !isApproval) },
    { title: 'Your own rules', rules: ownRules.map(({ id, title }) => ({ name: id, label: title })) },
  ].filter(({ rules }) => rules.length > 0)
  return (
    <CheckboxGroup
      value={[...waives]}
      onChange={onChange}
      isInvalid={error !== null}
      className="flex flex-col gap-3"
    >
      <Label className={labelLook}>What doesn’t hold for them</Label>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {parts.map(({ title, rules }) => (
          <div key={title}>
            <p className="text-sm text-muted">{title}</p>
            {rules.map(({ name, label }) => (
              <Checkbox key={name} value={name} label={label} />
            ))}
          </div>
        ))}
      </div>
      {error && <p className="text-sm font-medium text-bad">{error}</p>}
    </CheckboxGroup>
  )
}
