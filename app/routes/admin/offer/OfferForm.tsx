import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { FieldError } from 'react-aria-components/FieldError'
import { Label } from 'react-aria-components/Label'
import { Badge } from '../../../components/Badge.tsx'
import { Checkbox, Radios, Switch } from '../../../components/Choices.tsx'
import { labelLook } from '../../../components/Field.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Select } from '../../../components/Select.tsx'
import { SettingFields } from '../../../components/SettingFields.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { errorAt, type Problem } from '../problems.ts'
import { TermsForm } from '../terms/TermsForm.tsx'
import type { Kind } from '../terms/terms.ts'
import type { TermsDraft } from '../terms/terms-draft.ts'
import { lengthChoices, type OfferDraft, ofKind } from './offer-draft.ts'

interface OfferFormProps {
  draft: OfferDraft
  kinds: readonly Kind[]
  /** Whether it is being made: the kind of an offer that stands can't be changed. */
  isNew: boolean
  currency: string
  coaches: { id: string; name: string }[]
  problems: readonly Problem[]
  onChange: (changes: Partial<OfferDraft>) => void
  /** Apart, since a field that is left and the one that is chosen next may change at once. */
  onTerms: (changes: Partial<TermsDraft>) => void
}

/** Everything about an offer, in three parts: what it is, when it can be booked, and by whom. */
export function OfferForm(props: OfferFormProps) {
  const { draft, kinds, isNew, currency, coaches, problems, onChange, onTerms } = props
  const kind = kinds.find(({ id }) => id === draft.kind)
  const bySlot = kind?.bookedBy !== 'session'
  const { terms } = draft
  const errorOf = (field: string) => errorAt(problems, field)
  const minutes = (
    name: 'stepMinutes' | 'bufferMinutes' | 'noticeMinutes',
    choices: number[],
    none = '',
  ) => ({
    choices: lengthChoices(choices, draft[name], none),
    value: String(draft[name]),
    onChange: (id: string) => onChange({ [name]: Number(id) }),
    error: errorOf(name),
  })

  return (
    <div className="flex flex-col gap-6">
      <Panel title="What it is" actions={!isNew && kinds.length > 1 && kind && <Badge>{kind.label}</Badge>}>
        <div className="flex flex-col gap-5">
          {isNew && kinds.length > 1 && (
            <Radios
              label="Kind"
              choices={kinds.map(({ id, label, description }) => ({ id, label, detail: description }))}
              className="grid gap-2 sm:grid-cols-2 md:grid-cols-3"
              value={draft.kind}
              onChange={id => {
                const chosen = kinds.find(one => one.id === id)
                if (chosen) onChange(ofKind(chosen, currency, draft.price))
              }}
              error={errorOf('kind')}
            />
          )}
          <TextField
            label="Title"
            isRequired
            maxLength={120}
            value={draft.title}
            onChange={title => onChange({ title })}
            error={errorOf('title')}
          />
          <TextField
            label="Description"
            hint="What clients get, in a few sentences."
            rows={4}
            maxLength={4000}
            value={draft.description}
            onChange={description => onChange({ description })}
            error={errorOf('description')}
          />
          <SettingFields
            fields={kind?.settings ?? []}
            values={draft.settings}
            onChange={changes => onChange({ settings: { ...draft.settings, ...changes } })}
            errorOf={name => errorOf(`kindSettings.${name}`)}
          />
          {bySlot && (
            <TextField
              label="Place"
              hint="An address, or how you meet online. Clients see it before they book."
              maxLength={300}
              value={draft.location}
              onChange={location => onChange({ location })}
              error={errorOf('location')}
            />
          )}
          <div className="grid items-end gap-5 sm:grid-cols-2">
            <NumberField
              label="Length"
              unit="minutes"
              isRequired
              steppers
              minValue={5}
              maxValue={720}
              step={5}
              value={draft.durationMinutes}
              onChange={durationMinutes => onChange({ durationMinutes })}
              error={errorOf('durationMinutes')}
            />
            <NumberField
              label="Price"
              hint={`In ${currency}${bySlot ? '' : ', for one seat'}; 0 is free. Shown, not yet charged.`}
              formatOptions={{ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }}
              minValue={0}
              maxValue={1_000_000}
              value={draft.price}
              onChange={price => onChange({ price })}
              error={errorOf('priceMinor')}
            />
          </div>
        </div>
      </Panel>

      {bySlot && (
        <Panel title="When it can be booked">
          <div className="grid gap-5 sm:grid-cols-2">
            <Select
              label="Starts every"
              hint="Counted from the start of your hours."
              {...minutes('stepMinutes', [10, 15, 20, 30, 60])}
            />
            <Select
              label="Break around it"
              hint="The longer of this and the coach’s own counts."
              {...minutes('bufferMinutes', [0, 5, 10, 15, 30, 45, 60], 'None')}
            />
            <Select
              label="Bookings close"
              hint="How long before the start."
              {...minutes(
                'noticeMinutes',
                [0, 30, 60, 120, 240, 720, 1440, 2880, 4320, 10_080],
                'When it starts',
              )}
            />
            <Select
              label="Bookings open"
              hint="How far ahead clients can look."
              choices={horizonChoices(draft.horizonDays)}
              value={String(draft.horizonDays ?? noEnd)}
              onChange={id => onChange({ horizonDays: id === noEnd ? null : Number(id) })}
              error={errorOf('horizonDays')}
            />
          </div>
        </Panel>
      )}
      {terms && kind?.sessions && (
        <TermsForm
          draft={terms}
          sections={kind.sessions.sections}
          currency={currency}
          start={null}
          price={draft.price}
          problems={problems}
          onChange={onTerms}
        />
      )}

      <Panel title="Who gives it, and who sees it">
        <div className="flex flex-col gap-5">
          <CheckboxGroup
            value={draft.coachIds}
            onChange={coachIds => onChange({ coachIds })}
            isInvalid={errorOf('coachIds') !== null}
            validationBehavior="aria"
          >
            <Label className={labelLook}>Coaches</Label>
            {coaches.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} />
            ))}
            <FieldError className="text-sm font-medium text-bad">{errorOf('coachIds')}</FieldError>
          </CheckboxGroup>
          <Radios
            label="Listing"
            choices={[
              { id: 'public', label: 'On your page', detail: 'Everybody who opens your page sees it.' },
              { id: 'unlisted', label: 'By link only', detail: 'Bookable by whoever has its address.' },
            ]}
            value={draft.listing}
            onChange={listing => onChange({ listing })}
            error={errorOf('listing')}
          />
          <TextField
            label="Address"
            hint="The last part of its link. Left empty, it’s made from the title."
            before="/"
            maxLength={63}
            value={draft.slug}
            onChange={slug => onChange({ slug: slug.toLowerCase().replaceAll(/\s+/g, '-') })}
            error={errorOf('slug')}
          />
          <Switch
            label="Can be booked"
            hint="Switched off, clients no longer see it. What is booked already stays."
            isSelected={draft.active}
            onChange={active => onChange({ active })}
          />
        </div>
      </Panel>
    </div>
  )
}

const noEnd = 'none'

function horizonChoices(present: number | null) {
  const days = [...new Set([7, 14, 30, 60, 90, 180, 365, ...(present === null ? [] : [present])])]
  return [
    ...days.toSorted((a, b) => a - b).map(day => ({ id: String(day), label: `${day} days ahead` })),
    { id: noEnd, label: 'Any time ahead' },
  ]
}
