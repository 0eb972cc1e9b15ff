import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button, buttonLook } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { SaveBar } from '../../../components/SaveBar.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { load, notFoundPage } from '../../../loading.ts'
import { useRootData } from '../../../root-data.ts'
import { useStaff } from '../shell.tsx'
import { OfferForm } from './OfferForm.tsx'
import { draftOf, draftProblem, newOffer, offerInput, type Problem } from './offer-draft.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded?.offer?.title ?? 'New offer' },
]

/** An offer to change, or none for `/admin/offers/new`. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  if (context.viewer?.member?.role === 'coach') {
    throw data({ message: 'Offers are changed by an owner or admin.' }, { status: 403 })
  }
  if (params.id === 'new') return { offer: null }
  const { offers } = await load(context, request, () => context.api.offers.manage.list())
  const offer = offers.find(({ id }) => id === params.id)
  if (!offer) throw notFoundPage('There is no such offer here.')
  return { offer }
}

export default function OfferPage() {
  const { offer } = useLoaderData<typeof loader>()
  return <OfferEditor key={offer?.id ?? 'new'} />
}

function OfferEditor() {
  const { offer } = useLoaderData<typeof loader>()
  const { coaches } = useStaff()
  const tenant = useRootData()?.tenant
  const currency = offer?.currency ?? tenant?.currency ?? 'EUR'
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [saved] = useState(() => (offer ? draftOf(offer) : newOffer(coaches.slice(0, 1).map(({ id }) => id))))
  const [draft, setDraft] = useState(saved)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const create = useMutation(trpc.offers.manage.create.mutationOptions())
  const update = useMutation(trpc.offers.manage.update.mutationOptions())

  async function save() {
    const missing = draftProblem(draft)
    if (missing) return setProblem(missing)
    setSaving(true)
    try {
      const input = offerInput(draft, currency)
      if (offer) await update.mutateAsync({ id: offer.id, ...input })
      else await create.mutateAsync({ kind: '1on1', ...input })
    } catch (error) {
      const { field, message } = failureOf(error)
      setSaving(false)
      setProblem({ field: field ?? '', message })
      return
    }
    void queryClient.invalidateQueries({ queryKey: trpc.offers.pathKey() })
    toast({ text: offer ? 'The offer is saved.' : `Clients can now book “${draft.title.trim()}”.` })
    navigate('/admin/offers')
  }

  const stops = offer?.active && !draft.active
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={offer ? offer.title : 'New offer'}
        back={{ to: '/admin/offers', label: 'Offers' }}
        actions={
          offer?.active && (
            <a href={`/${offer.slug}`} target="_blank" rel="noreferrer" className={buttonLook()}>
              <ExternalLink aria-hidden="true" />
              Preview<span className="sr-only"> in a new tab</span>
            </a>
          )
        }
      />
      <OfferForm
        draft={draft}
        currency={currency}
        coaches={coaches}
        problem={problem}
        onChange={changes => {
          setDraft({ ...draft, ...changes })
          setProblem(null)
        }}
      />
      <SaveBar
        isChanged={!offer || JSON.stringify(draft) !== JSON.stringify(saved)}
        asksBeforeLeaving={JSON.stringify(draft) !== JSON.stringify(saved)}
        isSaving={isSaving}
        onSave={() => (stops ? setAsking(true) : save())}
        onDiscard={() => (offer ? setDraft(saved) : navigate('/admin/offers'))}
        problem={problem?.message}
      />
      <Dialog
        role="alertdialog"
        title={`Stop offering “${saved.title}”?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>Keep offering it</Button>
            <Button
              variant="danger"
              onPress={() => {
                setAsking(false)
                void save()
              }}
            >
              Stop offering it
            </Button>
          </>
        }
      >
        Clients no longer see it and its link leads nowhere. What is booked already stays.
      </Dialog>
    </div>
  )
}
