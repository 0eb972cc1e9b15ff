import { useRevalidator } from '@remix-run/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { NumberField } from '../../../components/NumberField.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { type Failure, failureOf } from '../../../failure.ts'
import { durationInWords } from '../../../formats.ts'
import { useRootData } from '../../../root-data.ts'
import { useView } from '../../../view.tsx'
import type { ManagedOffer } from '../offer/offer-draft.ts'
import { currencyDigits } from '../terms/terms-draft.ts'
import { StepForm } from './StepForm.tsx'

const templates = [
  {
    id: 'intro',
    title: 'Intro call',
    durationMinutes: 30,
    price: 0,
    description: 'A first talk to get to know each other.',
  },
  {
    id: 'session',
    title: 'Coaching session',
    durationMinutes: 60,
    price: 80,
    description: 'An hour on what matters to you now.',
  },
  {
    id: 'deep-dive',
    title: 'Deep dive',
    durationMinutes: 90,
    price: 120,
    description: 'Time to go into one question in depth.',
  },
] as const
type TemplateId = (typeof templates)[number]['id']

interface OfferStepProps {
  /** The one made before, where one comes back. */
  offer: ManagedOffer | null
  coachId: string
  onDone: () => void
}

/** The first offer, from a template. */
export function OfferStep({ offer, coachId, onDone }: OfferStepProps) {
  const currency = useRootData()?.tenant?.currency ?? 'EUR'
  const digits = 10 ** currencyDigits(currency)
  const trpc = useTRPC()
  const revalidator = useRevalidator()
  const queryClient = useQueryClient()
  const { formats } = useView()
  const [template, setTemplate] = useState<TemplateId>('intro')
  const [isAdjusting, setAdjusting] = useState(offer !== null)
  const { title, durationMinutes, price } = templates[0]
  const [draft, setDraft] = useState<{ title: string; durationMinutes: number | null; price: number | null }>(
    offer
      ? { title: offer.title, durationMinutes: offer.durationMinutes, price: offer.priceMinor / digits }
      : { title, durationMinutes, price },
  )
  const [problem, setProblem] = useState<Pick<Failure, 'field' | 'message'> | null>(null)
  const create = useMutation(trpc.offers.manage.create.mutationOptions())
  const update = useMutation(trpc.offers.manage.update.mutationOptions())
  const errorOf = (field: string) => (problem?.field === field ? problem.message : null)

  function choose(id: TemplateId) {
    const chosen = templates.find(each => each.id === id)!
    setTemplate(id)
    setDraft({ title: chosen.title, durationMinutes: chosen.durationMinutes, price: chosen.price })
    setProblem(null)
  }

  function change(changes: Partial<typeof draft>) {
    setDraft({ ...draft, ...changes })
    setProblem(null)
  }

  async function save() {
    const length = draft.durationMinutes
    if (draft.title.trim() === '') return setProblem({ field: 'title', message: 'Give it a title.' })
    if (length === null) return setProblem({ field: 'durationMinutes', message: 'Say how long it takes.' })
    const fields = {
      title: draft.title.trim(),
      durationMinutes: length,
      priceMinor: Math.round((draft.price ?? 0) * digits),
    }
    try {
      if (offer) await update.mutateAsync({ id: offer.id, ...fields })
      else {
        const { kinds } = await queryClient.fetchQuery(trpc.offers.kinds.queryOptions())
        const { id: kind } = kinds.find(({ bookedBy }) => bookedBy === 'slot')!
        const { description } = templates.find(({ id }) => id === template)!
        await create.mutateAsync({
          ...{ ...fields, description, kind, coachIds: [coachId] },
          ...{ stepMinutes: 30, noticeMinutes: 120, horizonDays: 60 },
        })
      }
      await revalidator.revalidate()
      onDone()
    } catch (error) {
      setProblem(failureOf(error))
      setAdjusting(true)
    }
  }

  return (
    <StepForm
      problem={
        problem && !['title', 'durationMinutes', 'priceMinor'].includes(problem.field ?? '')
          ? problem.message
          : null
      }
      isPending={create.isPending || update.isPending}
      onSubmit={save}
    >
      {!offer && (
        <Radios
          label="Start from"
          choices={templates.map(each => ({
            id: each.id,
            label: each.title,
            detail: `${durationInWords(each.durationMinutes)}, ${formats.money(each.price * digits, currency)}`,
          }))}
          value={template}
          onChange={choose}
          className="grid gap-2 sm:grid-cols-3"
        />
      )}
      {isAdjusting ? (
        <>
          <TextField
            label="Title"
            isRequired
            maxLength={120}
            value={draft.title}
            onChange={next => change({ title: next })}
            error={errorOf('title')}
          />
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
              onChange={next => change({ durationMinutes: next })}
              error={errorOf('durationMinutes')}
            />
            <NumberField
              label="Price"
              hint={`In ${currency}; 0 is free.`}
              formatOptions={{ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }}
              minValue={0}
              maxValue={1_000_000}
              value={draft.price}
              onChange={next => change({ price: next })}
              error={errorOf('priceMinor')}
            />
          </div>
        </>
      ) : (
        <div>
          <Button onPress={() => setAdjusting(true)}>
            <Pencil aria-hidden="true" />
            Change title, length or price
          </Button>
        </div>
      )}
      <p className="text-sm text-muted">You can change everything later, and add more offers.</p>
    </StepForm>
  )
}
