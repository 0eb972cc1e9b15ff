import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { type ShouldRevalidateFunctionArgs, useLoaderData, useSearchParams } from '@remix-run/react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useTRPC } from '../../../../api.ts'
import { Banner } from '../../../../components/Banner.tsx'
import { LinkButton } from '../../../../components/Button.tsx'
import { Card } from '../../../../components/Card.tsx'
import { EmptyState } from '../../../../components/EmptyState.tsx'
import { Spinner } from '../../../../components/Spinner.tsx'
import { TimeZonePicker } from '../../../../components/TimeZonePicker.tsx'
import { failureOf } from '../../../../failure.ts'
import { load } from '../../../../loading.ts'
import { useView } from '../../../../view.tsx'
import { DraftBar } from '../draft/DraftBar.tsx'
import { Answer } from './Answer.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import { asked, type Question, readQuestion, writeQuestion } from './question.ts'
import { Values } from './Values.tsx'

export const meta: MetaFunction = () => [{ title: 'Rules: try it' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { policies, offers, clients } = context.api
    const clientId = new URL(request.url).searchParams.get('client')
    const [{ offers: all }, { draft }, named] = await Promise.all([
      offers.manage.list(),
      policies.draft(),
      clientId && isId(clientId) ? clients.list({ clientId }) : null,
    ])
    return {
      offers: all.filter(({ active }) => active).map(({ id, title, bookedBy }) => ({ id, title, bookedBy })),
      loaded: { draft },
      clientName: named?.clients[0]?.name ?? null,
    }
  })
}

/** What is asked stands in the address, and changes with each choice; what to choose from stays. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** How one attempt to book would be answered, and by which rules: nothing is booked. */
export default function TryItPage() {
  const { offers, loaded, clientName } = useLoaderData<typeof loader>()
  const { zone } = useView()
  const trpc = useTRPC()
  const { draft } = useQuery({ ...trpc.policies.draft.queryOptions(), initialData: loaded }).data
  const hasDraft = draft !== null
  const [params, setParams] = useSearchParams()
  const question = readQuestion(params, offers[0]?.id ?? '', hasDraft)
  const offer = offers.find(({ id }) => id === question.offerId)
  const input = asked(question, zone, offer?.bookedBy ?? 'slot')
  const tried = useQuery({
    ...trpc.policies.tryIt.queryOptions(input!),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })

  const ask = (changes: Partial<Question>) =>
    setParams(writeQuestion({ ...question, ...changes }, hasDraft), {
      replace: true,
      preventScrollReset: true,
    })

  if (offers.length === 0) {
    return (
      <Card className="">
        <EmptyState
          icon={FlaskConical}
          title="Nothing can be booked yet"
          actions={
            <LinkButton to="/admin/offers/new" variant="primary">
              Make an offer
            </LinkButton>
          }
        >
          Once there is an offer, you can try here how a client who books it would be answered.
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <div className="mb-6 flex flex-col gap-1">
        <p className="max-w-2xl text-muted">
          Ask as a client would, and see the answer with every rule behind it. Nothing is booked.
        </p>
        <TimeZonePicker />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <QuestionForm
          question={question}
          offers={offers}
          clientName={clientName}
          hasDraft={hasDraft}
          onChange={ask}
        />
        <div aria-busy={tried.isFetching} className="flex min-w-0 flex-col gap-6">
          {input === null ? (
            <Card className="">
              <EmptyState icon={FlaskConical} title="Who, what and when?">
                Choose an offer and a time, and the answer appears here.
              </EmptyState>
            </Card>
          ) : tried.error ? (
            <Banner tone="bad" role="alert" title="This can’t be tried">
              {failureOf(tried.error).message}
            </Banner>
          ) : tried.data ? (
            <>
              <Answer tried={tried.data} isStale={tried.isPlaceholderData} onTake={ask} />
              <Values coachId={tried.data.coach.id} question={question} />
            </>
          ) : (
            <p className="flex items-center gap-2 text-muted">
              <Spinner />
              Asking the rules…
            </p>
          )}
        </div>
      </div>
      <DraftBar policy={{ draft }} />
    </>
  )
}
