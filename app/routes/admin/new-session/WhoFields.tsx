import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Checkbox, Radios } from '../../../components/Choices.tsx'
import { labelLook } from '../../../components/Field.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { listings } from '../session/listings.ts'
import type { SessionDraft } from './session-draft.ts'

interface Coach {
  id: string
  name: string
}

interface WhoFieldsProps {
  draft: Pick<SessionDraft, 'coachIds' | 'listing'>
  /** Those who give the offer, first. */
  coaches: readonly Coach[]
  others: readonly Coach[]
  error: string | null
  onChange: (changes: Partial<Pick<SessionDraft, 'coachIds' | 'listing'>>) => void
}

/** Who leads it, and who may see and book it. */
export function WhoFields({ draft, coaches, others, error, onChange }: WhoFieldsProps) {
  return (
    <Panel title="Who leads it, and who may come">
      <div className="flex flex-col gap-5">
        {coaches.length + others.length > 1 && (
          <CoachesField
            coaches={[...coaches, ...others]}
            value={draft.coachIds}
            error={error}
            onChange={coachIds => onChange({ coachIds })}
          />
        )}
        <Radios
          label="Who sees and books it"
          choices={listings}
          value={draft.listing}
          onChange={listing => onChange({ listing })}
        />
      </div>
    </Panel>
  )
}

interface CoachesFieldProps {
  coaches: readonly Coach[]
  value: string[]
  error: string | null
  onChange: (ids: string[]) => void
}

/** The coaches of a session, in the order in which they were chosen: the first one leads it. */
export function CoachesField({ coaches, value, error, onChange }: CoachesFieldProps) {
  return (
    <CheckboxGroup value={value} onChange={onChange} isInvalid={error !== null} validationBehavior="aria">
      <Label className={labelLook}>Coaches</Label>
      {coaches.map(({ id, name }) => (
        <Checkbox
          key={id}
          value={id}
          label={name}
          hint={
            value.length > 1
              ? value[0] === id
                ? 'Leads it'
                : value.includes(id) && 'Facilitates'
              : undefined
          }
        />
      ))}
      <FieldError className="text-sm font-medium text-bad">{error}</FieldError>
    </CheckboxGroup>
  )
}
