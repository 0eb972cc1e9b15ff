import { parseDate } from '@internationalized/date'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { SaveBar } from '../../../components/SaveBar.tsx'
import { Select } from '../../../components/Select.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { newKey } from '../../../new-key.ts'
import type { ManagedOffer } from '../offer/offer-draft.ts'
import { errorAt, type Problem, problemsOf } from '../problems.ts'
import { count } from '../session/session.ts'
import { useStaff } from '../shell.tsx'
import { TermsForm } from '../terms/TermsForm.tsx'
import type { Kind } from '../terms/terms.ts'
import { termsProblem } from '../terms/terms-draft.ts'
import { Preview } from './Preview.tsx'
import {
  commonInput,
  dateProblem,
  newSession,
  type OfferWithTerms,
  type SessionDraft,
  scheduleOf,
  stretchesOf,
} from './session-draft.ts'
import { TermsInBrief } from './TermsInBrief.tsx'
import { WhenFields } from './WhenFields.tsx'
import { WhoFields } from './WhoFields.tsx'

interface EditorProps {
  offers: readonly ManagedOffer[]
  offer: OfferWithTerms
  rules: NonNullable<Kind['sessions']>
  /** A day to begin with, `2027-04-20`. */
  day: string | null
  onOffer: (id: string) => void
  /** The session that was made, or null for a schedule of them. */
  onMade: (id: string | null) => void
}

/** When it is held, by whom, for whom, and by what terms; with a look at the dates before anything is made. */
export function Editor({ offers, offer, rules, day, onOffer, onMade }: EditorProps) {
  const { coaches } = useStaff()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const zoneOf = (id: string | undefined) => coaches.find(coach => coach.id === id)?.timeZone
  const zone = zoneOf(offer.coachIds[0]) ?? coaches[0]?.timeZone ?? 'UTC'
  const [saved] = useState(() => newSession(offer, zone, day ? parseDate(day) : null))
  const [draft, setDraft] = useState(saved)
  const [problems, setProblems] = useState<Problem[]>([])
  const [changesTerms, setChangesTerms] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [key] = useState(newKey)
  const create = useMutation(trpc.sessions.manage.create.mutationOptions())
  const createSchedule = useMutation(trpc.sessions.manage.createSchedule.mutationOptions())

  const repeats = draft.when === 'repeating'
  const dates = repeats ? null : stretchesOf(draft, zone)
  const schedule = repeats ? scheduleOf(draft, zone) : null
  const asked = useDeferredValue(
    JSON.stringify({ offerId: offer.id, coachIds: draft.coachIds, dates, schedule }),
  )
  const preview = useQuery({
    ...trpc.sessions.manage.preview.queryOptions(previewInput(asked)),
    enabled: draft.coachIds.length > 0 && (dates ?? schedule) !== null,
    staleTime: 5_000,
  })
  const first = preview.data?.dates[0]?.startsAt ?? dates?.[0]?.startsAt

  function change(changes: Partial<SessionDraft>) {
    setDraft(before => ({ ...before, ...changes }))
    setProblems([])
  }

  async function save() {
    const missing = dateProblem(draft, zone) ?? termsProblem(draft.terms, rules.sections)
    if (missing) return setProblems([missing])
    setSaving(true)
    try {
      const common = { ...commonInput(draft, saved, offer), idempotencyKey: key }
      if (schedule) {
        const { sessions, skipped } = await createSchedule.mutateAsync({ ...common, ...schedule })
        toast({ text: madeInWords(sessions.length, skipped.length) })
        onMade(null)
      } else {
        const { id } = await create.mutateAsync({ ...common, dates: dates!, timeZone: zone })
        toast({ text: 'The session is made.' })
        onMade(id)
      }
      void queryClient.invalidateQueries({ queryKey: trpc.sessions.pathKey() })
      void queryClient.invalidateQueries({ queryKey: trpc.calendar.pathKey() })
    } catch (error) {
      setSaving(false)
      setProblems(problemsOf(error))
    }
  }

  return (
    <div className="flex flex-col gap-6">
      <Panel title="What">
        <Select
          label="Offer"
          choices={offers.map(({ id, title, kindLabel }) => ({ id, label: title, detail: kindLabel }))}
          value={offer.id}
          onChange={onOffer}
        />
      </Panel>
      <WhenFields
        draft={draft}
        rules={rules}
        zone={zone}
        error={errorAt(problems, 'dates', 'pattern', 'firstLocal', 'durationMinutes')}
        onChange={change}
      />
      <WhoFields
        draft={draft}
        coaches={coaches.filter(({ id }) => offer.coachIds.includes(id) || draft.coachIds.includes(id))}
        others={coaches.filter(({ id }) => !offer.coachIds.includes(id) && !draft.coachIds.includes(id))}
        error={errorAt(problems, 'coachIds')}
        onChange={change}
      />
      <Panel title="The dates" hint="As they will be made. Nobody sees them before you save.">
        {preview.error ? (
          <Banner tone="bad" role="alert">
            {failureOf(preview.error).message}
          </Banner>
        ) : (dates ?? schedule) === null ? (
          <p className="text-muted">They appear here once day, start and length are known.</p>
        ) : (
          <Preview
            dates={preview.data?.dates}
            zone={zone}
            skipsTaken={repeats}
            goesOn={repeats && draft.repeat.ends === 'never'}
          />
        )}
      </Panel>
      {changesTerms || errorAt(problems, 'terms') ? (
        <TermsForm
          draft={draft.terms}
          sections={rules.sections}
          currency={offer.currency}
          start={first ? { startsAt: first, timeZone: zone } : null}
          problems={problems}
          onChange={changes => {
            setDraft(before => ({ ...before, terms: { ...before.terms, ...changes } }))
            setProblems([])
          }}
        />
      ) : (
        <Panel
          title="Seats, price and terms"
          hint="As the offer says."
          actions={
            <Button size="small" onPress={() => setChangesTerms(true)}>
              <Pencil aria-hidden="true" />
              Change for {repeats ? 'these sessions' : 'this session'}
            </Button>
          }
        >
          <TermsInBrief
            terms={draft.terms}
            currency={offer.currency}
            start={first ? { startsAt: first, timeZone: zone } : null}
          />
        </Panel>
      )}
      <SaveBar
        isChanged
        asksBeforeLeaving={JSON.stringify(draft) !== JSON.stringify(saved)}
        isSaving={isSaving}
        onSave={save}
        onDiscard={() => onMade(null)}
        problem={problems[0]?.message ?? null}
      />
    </div>
  )
}

function madeInWords(made: number, skipped: number): string {
  const sessions = `${count(made, 'session')} ${made === 1 ? 'is' : 'are'} made.`
  return skipped === 0
    ? sessions
    : `${sessions} ${count(skipped, 'date')} ${skipped === 1 ? 'was' : 'were'} left out, since a coach’s time was taken.`
}

/** Back from the text that lets a change of the draft wait for its turn. */
function previewInput(asked: string) {
  const { offerId, coachIds, dates, schedule } = JSON.parse(asked)
  return { offerId, coachIds, ...(schedule ? { schedule } : { dates: dates ?? [] }) }
}
