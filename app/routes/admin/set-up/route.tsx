import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData, useNavigate, useSearchParams } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { BrandMark } from '../../../components/BrandMark.tsx'
import { Card } from '../../../components/Card.tsx'
import { Toasts } from '../../../components/toasts.tsx'
import { load, notFoundPage, signInPath } from '../../../loading.ts'
import { useRootData } from '../../../root-data.ts'
import { Done } from './Done.tsx'
import { HoursStep } from './HoursStep.tsx'
import { LookStep } from './LookStep.tsx'
import { OfferStep } from './OfferStep.tsx'
import '../../../context.ts'

export const meta: MetaFunction = () => [{ title: 'Set up your page' }]

/** What is there already, so that one may leave and come back. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, tenant, viewer } = context
  if (!tenant) throw notFoundPage()
  if (!viewer) throw redirect(signInPath(request))
  if (viewer.member?.role !== 'owner' && viewer.member?.role !== 'admin') {
    throw data({ message: 'The page is set up by its owner.' }, { status: 403 })
  }
  const ownCoachId = viewer.member.coachId
  return load(context, request, async () => {
    const [coaches, { offers }] = await Promise.all([api.coaches.list(), api.offers.manage.list()])
    const coach = coaches.find(({ id }) => id === ownCoachId) ?? coaches[0]
    if (!coach) throw redirect('/admin')
    return { coach, offer: offers[0] ?? null, hours: await api.hours.get({ coachId: coach.id }) }
  })
}

const steps = ['offer', 'hours', 'look', 'done'] as const
type Step = (typeof steps)[number]

const titles: Record<Step, string> = {
  offer: 'What can clients book?',
  hours: 'When can they book you?',
  look: 'How does it look?',
  done: 'Your page is live',
}

/** From a fresh sign-up to a page that can be booked, in three short steps (eight fields). */
export default function SetUpPage() {
  const { coach, offer, hours } = useLoaderData<typeof loader>()
  const tenant = useRootData()?.tenant
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  const asked = params.get('step')
  const step = steps.find(each => each === asked) ?? firstOpen(offer !== null, hours.hours.length > 0)
  const at = steps.indexOf(step)
  const isFirst = useRef(true)

  useEffect(() => {
    if (!isFirst.current) heading.current?.focus()
    isFirst.current = false
    document.title = titles[step]
  }, [step])

  if (!tenant) return null
  const go = (to: Step) => navigate(`/admin/set-up?step=${to}`)
  return (
    <div className="mx-auto flex min-h-dvh max-w-2xl flex-col px-4 py-6 sm:px-6">
      <header className="mb-8 flex items-center justify-between gap-4">
        <BrandMark name={tenant.name} logoUrl={tenant.logoUrl} to="/admin" />
        {step !== 'done' && (
          <Link
            to="/admin"
            className="flex min-h-11 shrink-0 items-center rounded-md px-2 whitespace-nowrap text-muted underline hover:text-ink"
          >
            Skip for now
          </Link>
        )}
      </header>
      <main className="flex-1">
        {step !== 'done' && <Progress at={at} of={steps.length - 1} />}
        <h1 ref={heading} tabIndex={-1} className="mb-6 text-2xl outline-none sm:text-3xl">
          {titles[step]}
        </h1>
        <Card>
          {step === 'offer' && <OfferStep offer={offer} coachId={coach.id} onDone={() => go('hours')} />}
          {step === 'hours' && (
            <HoursStep
              coachId={coach.id}
              hours={hours}
              onDone={() => go('look')}
              onBack={() => go('offer')}
            />
          )}
          {step === 'look' && <LookStep onDone={() => go('done')} onBack={() => go('hours')} />}
          {step === 'done' && <Done offer={offer} hasHours={hours.hours.length > 0} />}
        </Card>
      </main>
      <Toasts />
    </div>
  )
}

function firstOpen(hasOffer: boolean, hasHours: boolean): Step {
  if (!hasOffer) return 'offer'
  return hasHours ? 'look' : 'hours'
}

function Progress({ at, of }: { at: number; of: number }) {
  return (
    <div className="mb-3">
      <p className="mb-2 text-sm font-medium text-muted">
        Step {at + 1} of {of}
      </p>
      <div aria-hidden="true" className="flex gap-1.5">
        {Array.from({ length: of }, (_, step) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bars that never change places
            key={step}
            className={`h-1.5 flex-1 rounded-full ${step <= at ? 'bg-accent-ink' : 'bg-ink/10'}`}
          />
        ))}
      </div>
    </div>
  )
}
