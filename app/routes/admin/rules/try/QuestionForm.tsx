import { Link } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../api.ts'
import { Radios, Switch } from '../../../../components/Choices.tsx'
import { DateField } from '../../../../components/DateFields.tsx'
import { textLinkLook } from '../../../../components/FormPage.tsx'
import { NumberField } from '../../../../components/NumberField.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import { Select } from '../../../../components/Select.tsx'
import { TimeField } from '../../../../components/TimeField.tsx'
import { failureOf } from '../../../../failure.ts'
import { useRootData } from '../../../../root-data.ts'
import { useView } from '../../../../view.tsx'
import { useStaff } from '../../shell.tsx'
import { ClientField } from '../rule/ClientField.tsx'
import { dateOf, type Question } from './question.ts'

interface QuestionFormProps {
  question: Question
  offers: { id: string; title: string; bookedBy: 'slot' | 'session' }[]
  /** Of the client the page was opened with. */
  clientName: string | null
  hasDraft: boolean
  onChange: (changes: Partial<Question>) => void
}

const anyone = 'anyone'

/** Who asks, for what and when. */
export function QuestionForm(props: QuestionFormProps) {
  const { question, offers, clientName, hasDraft, onChange } = props
  const { offerId, clientId, signedIn, useDraft } = question
  const offer = offers.find(({ id }) => id === offerId)
  return (
    <Panel title="The attempt" className="lg:sticky lg:top-6">
      <div className="flex flex-col gap-5">
        <Select
          label="Offer"
          choices={offers.map(({ id, title }) => ({ id, label: title }))}
          value={offerId}
          onChange={id => onChange({ offerId: id, coachId: '', sessionId: '' })}
        />
        {offer?.bookedBy === 'session' ? (
          <SessionFields question={question} onChange={onChange} />
        ) : (
          <SlotFields question={question} onChange={onChange} />
        )}
        <div className="flex flex-col gap-1.5">
          <ClientField
            clientId={clientId}
            name={clientName}
            error={null}
            onChange={id => onChange({ clientId: id })}
          />
          {clientId === '' && (
            <p className="text-sm text-muted">Nobody chosen: a stranger asks, about whom nothing is known.</p>
          )}
        </div>
        {clientId !== '' && (
          <Switch
            label="Signed in"
            hint="Favours count only for who proved the address."
            isSelected={signedIn}
            onChange={isSelected => onChange({ signedIn: isSelected })}
          />
        )}
        {hasDraft && (
          <Radios
            label="Rules"
            choices={[
              { id: 'current', label: 'As they hold now' },
              { id: 'draft', label: 'Your draft' },
            ]}
            value={useDraft ? 'draft' : 'current'}
            onChange={id => onChange({ useDraft: id === 'draft' })}
          />
        )}
      </div>
    </Panel>
  )
}

type FieldsProps = Pick<QuestionFormProps, 'question' | 'onChange'>

function SlotFields({ question, onChange }: FieldsProps) {
  const { coaches } = useStaff()
  const weekStartsOn = useRootData()?.tenant?.weekStartsOn ?? 1
  return (
    <>
      {coaches.length > 1 && (
        <Select
          label="Coach"
          choices={[
            { id: anyone, label: 'Whoever is free' },
            ...coaches.map(({ id, name }) => ({ id, label: name })),
          ]}
          value={question.coachId || anyone}
          onChange={id => onChange({ coachId: id === anyone ? '' : id })}
        />
      )}
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-40 flex-1">
          <DateField
            label="Day"
            value={dateOf(question)}
            onChange={date => onChange({ date: date?.toString() ?? '' })}
            weekStartsOn={weekStartsOn}
          />
        </div>
        <TimeField
          label="Time"
          value={question.time}
          onChange={time => onChange({ time })}
          className="w-32"
        />
      </div>
    </>
  )
}

function SessionFields({ question, onChange }: FieldsProps) {
  const trpc = useTRPC()
  const { formats } = useView()
  const { data, error } = useQuery(trpc.sessions.manage.list.queryOptions({ offerId: question.offerId }))
  if (error) return <p className="text-bad">{failureOf(error).message}</p>
  if (data?.sessions.length === 0) {
    return (
      <p className="text-muted">
        This offer has no sessions to come.{' '}
        <Link to={`/admin/sessions/new?offer=${question.offerId}`} className={textLinkLook}>
          Plan one
        </Link>
      </p>
    )
  }
  return (
    <>
      <Select
        label="Session"
        choices={(data?.sessions ?? []).map(({ id, startsAt }) => ({ id, label: formats.moment(startsAt) }))}
        value={question.sessionId}
        onChange={sessionId => onChange({ sessionId })}
      />
      <NumberField
        label="Seats"
        value={question.seats}
        minValue={1}
        maxValue={100}
        onChange={seats => onChange({ seats: seats || 1 })}
      />
    </>
  )
}
