import { Switch } from '../../../components/Choices.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { errorAt, type Problem } from '../problems.ts'
import { AroundFields } from './AroundFields.tsx'
import type { Start } from './deadlines.ts'
import { MinimumFields } from './MinimumFields.tsx'
import { PlaceFields, SeatFields } from './PlaceFields.tsx'
import { PriceFields } from './PriceFields.tsx'
import { Reminders } from './Reminders.tsx'
import type { Section } from './terms.ts'
import type { TermsDraft } from './terms-draft.ts'

interface TermsFormProps {
  draft: TermsDraft
  /** What the kind has; nothing else is shown. */
  sections: readonly Section[]
  currency: string
  /** The session's first start, which deadlines lead back from; null on an offer. */
  start: Start | null
  /** The offer's price, where that is set elsewhere on the page. */
  price?: number | null
  /** Where seats are raised and lowered elsewhere. */
  seatsElsewhere?: boolean
  problems: readonly Problem[]
  onChange: (changes: Partial<TermsDraft>) => void
}

/** What sessions are sold and held by: on an offer for those to come, on a session for itself. */
export function TermsForm(props: TermsFormProps) {
  const { draft, sections, start, price, seatsElsewhere, problems, onChange } = props
  const has = (...some: Section[]) => some.some(section => sections.includes(section))
  const errorOf = (...fields: string[]) => termsError(problems, draft, fields)
  const part = { ...props, errorOf }
  return (
    <div className="flex flex-col gap-6">
      {has('format') && (
        <Panel title="Where it is held">
          <PlaceFields {...part} />
        </Panel>
      )}
      <Panel title="Seats">
        <SeatFields {...part} fixed={seatsElsewhere ?? false} />
        {(has('minimum') || has('approval')) && (
          <div className="mt-5 flex flex-col gap-3 border-line border-t pt-4">
            {has('minimum') && <MinimumFields {...part} />}
            {has('approval') && (
              <Switch
                label="I approve every booking"
                hint={
                  draft.approval ? 'A seat is kept while you decide.' : 'Now, seats are confirmed at once.'
                }
                isSelected={draft.approval}
                onChange={approval => onChange({ approval })}
              />
            )}
          </div>
        )}
      </Panel>
      {has('phases', 'groupDiscount', 'connectedDiscount', 'deposit') && (
        <Panel title="Price">
          <PriceFields {...part} {...(price !== undefined && { price })} />
        </Panel>
      )}
      {has('reminders') && (
        <Panel title="Reminders">
          <Reminders {...part} start={start} />
        </Panel>
      )}
      {has('interaction', 'certificate', 'recording') && (
        <Panel title="Together and afterwards">
          <AroundFields {...part} />
        </Panel>
      )}
    </div>
  )
}

/** What is wrong with one of these fields or with something within it; phases go by the price they set. */
function termsError(problems: readonly Problem[], draft: TermsDraft, fields: string[]): string | null {
  const ours = problems.map(({ field, message }) => ({ field: draftField(field, draft), message }))
  return errorAt(ours, ...fields)
}

/** `terms.phases.0.endsDaysBefore` → `early`, where the first phase is the early bird. */
function draftField(path: string, draft: TermsDraft): string {
  const field = path.replace(/^terms\./, '')
  const phases = [draft.early && 'early', 'price', draft.late && 'late'].filter(Boolean)
  const at = /^phases(?:\.(\d+))?/.exec(field)
  return at ? String(phases[Number(at[1] ?? 0)] ?? 'price') : field
}
