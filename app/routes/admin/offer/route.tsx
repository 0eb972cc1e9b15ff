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
import { load, notFoundPage } from '../../../loading.ts'
import { useRootData } from '../../../root-data.ts'
import { useImpact } from '../impact/use-impact.tsx'
import { type Problem, problemsOf } from '../problems.ts'
import { useStaff } from '../shell.tsx'
import { OfferForm } from './OfferForm.tsx'
import { draftOf, draftProblem, newOffer, offerInput } from './offer-draft.ts'

type OfferInput = ReturnType<typeof offerInput>

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded?.offer?.title ?? 'New offer' },
]

/** An offer to change, or none for `/admin/offers/new`. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  if (context.viewer?.member?.role === 'coach') {
    throw data({ message: 'Offers are changed by an owner or admin.' }, { status: 403 })
  }
  return load(context, request, async () => {
    const { kinds } = await context.api.offers.kinds()
    if (params.id === 'new') return { offer: null, kinds }
    const { offers } = await context.api.offers.manage.list()
    const offer = offers.find(({ id }) => id === params.id)
    if (!offer) throw notFoundPage('There is no such offer here.')
    return { offer, kinds }
  })
}

export default function OfferPage() {
  const { offer } = useLoaderData<typeof loader>()
  return <OfferEditor key={offer?.id ?? 'new'} />
}

function OfferEditor() {
  const { offer, kinds } = useLoaderData<typeof loader>()
  const { coaches } = useStaff()
  const tenant = useRootData()?.tenant
  const currency = offer?.currency ?? tenant?.currency ?? 'EUR'
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [saved] = useState(() =>
    offer
      ? draftOf(offer)
      : newOffer(
          coaches.slice(0, 1).map(({ id }) => id),
          kinds[0]!,
          currency,
        ),
  )
  const [draft, setDraft] = useState(saved)
  const [problems, setProblems] = useState<Problem[]>([])
  const [isAsking, setAsking] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const create = useMutation(trpc.offers.manage.create.mutationOptions())
  const update = useMutation(trpc.offers.manage.update.mutationOptions())
  const impact = useImpact()

  async function save() {
    const missing = draftProblem(draft, kind)
    if (missing) return setProblems([missing])
    const input = offerInput(draft, currency)
    if (!offer) return make(input)
    if (!(await impact.saveKnowing({ of: 'offer', id: offer.id, ...input }, () => change(offer.id, input))))
      return
    toast({ text: 'The offer is saved.' })
    navigate('/admin/offers')
  }

  const change = (id: string, input: OfferInput) => stored(() => update.mutateAsync({ id, ...input }))

  async function make(input: OfferInput) {
    let made = ''
    const isMade = await stored(async () => {
      made = (await create.mutateAsync(input)).id
    })
    if (!isMade) return
    const title = draft.title.trim()
    if (draft.terms) {
      toast({ text: `“${title}” is made. Now choose when it is held.` })
      return navigate(`/admin/sessions/new?offer=${made}`)
    }
    toast({ text: `Clients can now book “${title}”.` })
    navigate('/admin/offers')
  }

  async function stored(call: () => Promise<unknown>): Promise<boolean> {
    setSaving(true)
    try {
      await call()
    } catch (error) {
      setSaving(false)
      setProblems(problemsOf(error))
      return false
    }
    void queryClient.invalidateQueries({ queryKey: trpc.offers.pathKey() })
    return true
  }

  const kind = kinds.find(({ id }) => id === draft.kind) ?? kinds[0]!
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
        kinds={kinds}
        isNew={!offer}
        currency={currency}
        coaches={coaches}
        problems={problems}
        onChange={changes => {
          setDraft(before => ({ ...before, ...changes }))
          setProblems([])
        }}
        onTerms={changes => {
          setDraft(before => ({ ...before, terms: before.terms && { ...before.terms, ...changes } }))
          setProblems([])
        }}
      />
      <SaveBar
        isChanged={!offer || JSON.stringify(draft) !== JSON.stringify(saved)}
        asksBeforeLeaving={JSON.stringify(draft) !== JSON.stringify(saved)}
        isSaving={isSaving || impact.isLooking}
        onSave={() => (stops ? setAsking(true) : save())}
        onDiscard={() => (offer ? setDraft(saved) : navigate('/admin/offers'))}
        problem={problems[0]?.message}
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
      {impact.dialog}
    </div>
  )
}
