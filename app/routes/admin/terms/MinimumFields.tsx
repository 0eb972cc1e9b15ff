import { Checkbox, Radios } from '../../../components/Choices.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { DaysBefore } from './DaysBefore.tsx'
import { Part } from './Part.tsx'
import type { TermsPartProps } from './PriceFields.tsx'

/** How many must take part for it to be held, when that is decided, and what happens if they don't. */
export function MinimumFields({ draft, start, errorOf, onChange }: TermsPartProps) {
  const { minimum } = draft
  const change = (changes: Partial<NonNullable<typeof minimum>>) =>
    minimum && onChange({ minimum: { ...minimum, ...changes } })
  return (
    <Part
      label="Needs a minimum"
      hint="Clients read before they book by when it is certain to be held."
      isOn={minimum !== null}
      onToggle={isOn => onChange({ minimum: isOn ? firstMinimum(draft.capacity) : null })}
      error={errorOf('minimum')}
    >
      {minimum && (
        <>
          <div className="grid items-end gap-4 sm:grid-cols-3">
            <NumberField
              label="At least"
              unit={minimum.seats === 1 ? 'seat' : 'seats'}
              minValue={1}
              maxValue={1000}
              value={minimum.seats}
              onChange={seats => change({ seats })}
            />
            <DaysBefore
              label="Decided"
              minValue={1}
              value={minimum.decidesDaysBefore}
              start={start}
              onChange={decidesDaysBefore => change({ decidesDaysBefore })}
            />
          </div>
          <Radios
            label="If too few have booked by then"
            choices={[
              { id: 'cancel', label: 'It is cancelled', detail: 'Everybody is told, all by itself.' },
              {
                id: 'extend',
                label: 'It is decided later',
                detail: 'Once, so many days later; then for good.',
              },
              {
                id: 'ask',
                label: 'I decide',
                detail: 'You are asked. If you don’t decide, it is cancelled a day before it begins.',
              },
            ]}
            value={minimum.otherwise}
            onChange={otherwise => change({ otherwise })}
          />
          {minimum.otherwise === 'extend' && (
            <NumberField
              label="Decided again after"
              unit={minimum.extendsDays === 1 ? 'day' : 'days'}
              minValue={1}
              maxValue={60}
              value={minimum.extendsDays}
              onChange={extendsDays => change({ extendsDays })}
              className="max-w-xs"
            />
          )}
          <Checkbox
            label={`Clients see how far it is: “${Math.max((minimum.seats ?? 8) - 2, 0)} of ${minimum.seats ?? 8} needed”`}
            isSelected={minimum.showsProgress}
            onChange={showsProgress => change({ showsProgress })}
          />
        </>
      )}
    </Part>
  )
}

function firstMinimum(capacity: number | null) {
  const seats = Math.max(1, Math.round((capacity ?? 10) / 2))
  return { seats, decidesDaysBefore: 7, otherwise: 'cancel' as const, extendsDays: 7, showsProgress: true }
}
