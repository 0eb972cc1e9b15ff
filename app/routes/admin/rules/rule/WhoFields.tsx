import { useId } from 'react'
import { labelLook } from '../../../../components/Field.tsx'
import { Select } from '../../../../components/Select.tsx'
import { useStaff } from '../../shell.tsx'
import type { Vocabulary } from '../policy.ts'
import { ClientField } from './ClientField.tsx'
import type { RuleDraft } from './rule-draft.ts'
import { TagField } from './TagField.tsx'

interface WhoFieldsProps {
  vocabulary: Vocabulary
  draft: RuleDraft
  /** What a client or session that was chosen before is called. */
  targetName: string | null
  error: string | null
  onChange: (changes: Partial<RuleDraft>) => void
}

type Scope = RuleDraft['scope']

const scopes: { id: Scope; label: string; detail: string }[] = [
  { id: 'tenant', label: 'Everybody', detail: 'Every booking of the whole business.' },
  { id: 'tag', label: 'Clients with a tag', detail: 'Such as VIP, once they are signed in.' },
  { id: 'client', label: 'One client', detail: 'Somebody who booked or was invited before.' },
  { id: 'offer', label: 'One offer', detail: 'Whoever books it.' },
  { id: 'kind', label: 'One kind of session', detail: 'Such as all workshops.' },
  { id: 'coach', label: 'One coach', detail: 'Whoever books them.' },
  { id: 'session', label: 'One session', detail: 'A single group session or workshop.' },
]

/** Whom a rule concerns. Coaches make rules for their own calendar only; who runs the business, for all. */
export function WhoFields({ vocabulary, draft, targetName, error, onChange }: WhoFieldsProps) {
  const { mayEditBusiness, me } = useStaff()
  const { scope, target } = draft
  const offered = scopes.filter(({ id }) =>
    id === 'session'
      ? scope === id || (mayEditBusiness && vocabulary.sessions.length > 0)
      : scope === id || mayEditBusiness || id === 'coach',
  )

  function change(next: Scope) {
    const own = next === 'coach' ? (me.member.coachId ?? '') : ''
    onChange({ scope: next, target: own })
  }

  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Select label="For" choices={offered} value={scope} onChange={change} />
      <Target {...{ vocabulary, draft, targetName, error }} onChange={target => onChange({ target })} />
      {scope === 'tag' && target !== '' && !vocabulary.tags.includes(target) && (
        <p className="text-sm text-muted sm:col-span-2">
          Nobody has the tag “{target}” yet. Give it to clients, and the rule holds for them.
        </p>
      )}
    </div>
  )
}

type TargetProps = Omit<WhoFieldsProps, 'onChange'> & { onChange: (target: string) => void }

function Target({ vocabulary, draft, targetName, error, onChange }: TargetProps) {
  const { mayEditBusiness, me } = useStaff()
  const { scope, target } = draft
  const id = useId()
  const chosen = { value: target, onChange, error, placeholder: 'Choose one' }
  switch (scope) {
    case 'tenant':
      return null
    case 'coach': {
      const choices = vocabulary.coaches
        .filter(
          ({ id, active }) => id === target || (active && (mayEditBusiness || id === me.member.coachId)),
        )
        .map(({ id, name }) => ({ id, label: name }))
      return <Select label="Coach" choices={choices} {...chosen} />
    }
    case 'kind':
      return <Select label="Kind" choices={[...vocabulary.kinds]} {...chosen} />
    case 'offer': {
      const choices = vocabulary.offers
        .filter(({ id, active }) => active || id === target)
        .map(({ id, title, active }) => ({ id, label: active ? title : `${title} (not bookable)` }))
      return <Select label="Offer" choices={choices} {...chosen} />
    }
    case 'tag':
      return (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={id} className={labelLook}>
            Tag
          </label>
          <TagField
            id={id}
            aria-describedby={`${id}-error`}
            tags={vocabulary.tags}
            value={target}
            onChange={onChange}
            isInvalid={error !== null}
          />
          <span id={`${id}-error`} className="text-sm font-medium text-bad">
            {error}
          </span>
        </div>
      )
    case 'client':
      return <ClientField clientId={target} name={targetName} error={error} onChange={onChange} />
    case 'session': {
      const listed = vocabulary.sessions.some(session => session.id === target)
      const gone = target && !listed ? [{ id: target, label: targetName ?? 'No longer there' }] : []
      return <Select label="Session" choices={[...vocabulary.sessions, ...gone]} {...chosen} />
    }
  }
}
