import { Radios } from '../../../../components/Choices.tsx'
import { TextField } from '../../../../components/TextField.tsx'
import { errorAt, type Problem } from '../../problems.ts'
import type { Vocabulary } from '../policy.ts'
import { NumberFields } from './NumberFields.tsx'
import type { Outcome, RuleDraft } from './rule-draft.ts'
import { WaiverFields } from './WaiverFields.tsx'

interface EffectFieldsProps {
  vocabulary: Vocabulary
  /** Restricting rules of this policy, which one may spare somebody too. */
  ownRules: readonly { id: string; title: string }[]
  draft: RuleDraft
  problems: readonly Problem[]
  onChange: (changes: Partial<RuleDraft>) => void
}

const outcomes: { id: Outcome; label: string; detail: string }[] = [
  {
    id: 'firm',
    label: 'It is made easier',
    detail: 'They needn’t wait for your approval, or are spared other rules.',
  },
  { id: 'request', label: 'I approve it first', detail: 'The booking becomes a request that you answer.' },
  { id: 'refuse', label: 'It can’t be booked', detail: 'They read why, in your words.' },
  { id: 'numbers', label: 'Only numbers change', detail: 'Such as the notice, the break or a discount.' },
]

/** What a rule leads to where it applies. */
export function EffectFields({ vocabulary, ownRules, draft, problems, onChange }: EffectFieldsProps) {
  const { leadsTo, sentences, waives } = draft
  const approvals = vocabulary.waivable.filter(({ isApproval }) => isApproval).map(({ name }) => name)

  function choose(next: Outcome) {
    const first = next === 'firm' && waives.length === 0 ? { waives: approvals } : {}
    onChange({ leadsTo: next, ...first })
  }

  return (
    <div className="flex flex-col gap-6">
      <Radios
        label={<span className="sr-only">What happens then</span>}
        choices={outcomes}
        value={leadsTo}
        onChange={choose}
        className="grid gap-2 sm:grid-cols-2"
      />
      {(leadsTo === 'request' || leadsTo === 'refuse') && (
        <TextField
          label="What the client reads"
          isRequired
          rows={2}
          maxLength={400}
          value={sentences[leadsTo]}
          onChange={text => onChange({ sentences: { ...sentences, [leadsTo]: text } })}
          error={errorAt(problems, 'sentence')}
        />
      )}
      {leadsTo === 'firm' && (
        <WaiverFields
          vocabulary={vocabulary}
          ownRules={ownRules}
          waives={waives}
          error={errorAt(problems, 'waives')}
          onChange={names => onChange({ waives: names })}
        />
      )}
      <NumberFields
        values={vocabulary.values}
        sets={draft.sets}
        problems={problems}
        onChange={sets => onChange({ sets })}
      />
    </div>
  )
}
