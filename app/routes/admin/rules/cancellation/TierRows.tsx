import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../../../components/Button.tsx'
import { Checkbox } from '../../../../components/Choices.tsx'
import { hintLook, labelLook } from '../../../../components/Field.tsx'
import { NumberField } from '../../../../components/NumberField.tsx'
import { errorAt, type Problem } from '../../problems.ts'
import { HoursField } from './HoursField.tsx'
import { nextTier, type TierDraft } from './terms-draft.ts'

const MOST_TIERS = 6

interface TierRowsProps {
  tiers: readonly TierDraft[]
  problems: readonly Problem[]
  onChange: (tiers: TierDraft[]) => void
}

/** Until when how much comes back, a line for each window, the earliest first. */
export function TierRows({ tiers, problems, onChange }: TierRowsProps) {
  const change = (at: number, changes: Partial<TierDraft>) =>
    onChange(tiers.map((tier, each) => (each === at ? { ...tier, ...changes } : tier)))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className={labelLook}>What comes back when a client cancels</legend>
      {tiers.length === 0 && <p className={hintLook}>Nothing, from the moment it is booked.</p>}
      <ol className="flex flex-col gap-3">
        {tiers.map((tier, at) => (
          <li key={tier.key} className="flex flex-col gap-2 rounded-control border border-line p-4">
            <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
              <HoursField
                label={at === 0 ? 'Until' : 'Then until'}
                value={tier.hoursBefore}
                onChange={hoursBefore => change(at, { hoursBefore })}
                error={errorAt(problems, `tiers.${at}.hoursBefore`)}
              />
              <NumberField
                label="Comes back"
                unit="%"
                minValue={1}
                maxValue={100}
                value={tier.refundPercent}
                onChange={refundPercent => change(at, { refundPercent })}
                error={errorAt(problems, `tiers.${at}.refundPercent`)}
                className="w-32"
              />
              <Button
                variant="quiet"
                size="small"
                aria-label={`Remove line ${at + 1}`}
                onPress={() => onChange(tiers.filter((_, each) => each !== at))}
              >
                <Trash2 aria-hidden="true" />
              </Button>
            </div>
            <Checkbox
              label="The deposit stays with you"
              hint="Where one was asked for; the share is then of the rest."
              isSelected={tier.keepsDeposit}
              onChange={keepsDeposit => change(at, { keepsDeposit })}
            />
            {errorAt(problems, `tiers.${at}.keepsDeposit`) && (
              <p className="text-sm font-medium text-bad">{errorAt(problems, `tiers.${at}.keepsDeposit`)}</p>
            )}
          </li>
        ))}
      </ol>
      <p className={hintLook}>Later than the last line, nothing comes back.</p>
      {tiers.length < MOST_TIERS && (
        <Button size="small" className="self-start" onPress={() => onChange([...tiers, nextTier(tiers)])}>
          <Plus aria-hidden="true" />
          Add a line
        </Button>
      )}
    </fieldset>
  )
}
