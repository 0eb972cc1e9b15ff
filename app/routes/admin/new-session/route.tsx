import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigate, useSearchParams } from '@remix-run/react'
import { Tags } from 'lucide-react'
import { LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { load } from '../../../loading.ts'
import { useStaff } from '../shell.tsx'
import { Editor } from './Editor.tsx'

export const meta: MetaFunction = () => [{ title: 'New session' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const [{ kinds }, { offers }] = await Promise.all([
      context.api.offers.kinds(),
      context.api.offers.manage.list(),
    ])
    return { kinds, offers: offers.filter(({ bookedBy, active }) => bookedBy === 'session' && active) }
  })
}

/** Puts an offer on dates: one, several that belong together, or a schedule. */
export default function NewSessionPage() {
  const { offers, kinds } = useLoaderData<typeof loader>()
  const { mayEditBusiness } = useStaff()
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const asked = params.get('offer')
  const day = params.get('date') ?? ''
  const offer = offers.find(({ id }) => id === asked) ?? offers[0]
  const kind = offer && kinds.find(({ id }) => id === offer.kind)

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="New session" back={{ to: '/admin/sessions', label: 'Sessions' }} />
      {offer?.terms && kind?.sessions ? (
        <Editor
          key={offer.id}
          offers={offers}
          offer={{ ...offer, terms: offer.terms }}
          rules={kind.sessions}
          day={/^\d{4}-\d\d-\d\d$/.test(day) ? day : null}
          onOffer={id => setParams({ offer: id }, { replace: true })}
          onMade={id => navigate(id ? `/admin/sessions/${id}` : '/admin/sessions')}
        />
      ) : (
        <Card className="">
          <EmptyState
            icon={Tags}
            title="First, an offer that is held on dates"
            actions={
              mayEditBusiness && (
                <LinkButton to="/admin/offers/new" variant="primary">
                  Make an offer
                </LinkButton>
              )
            }
          >
            Sessions belong to an offer, which says what they are, what a seat costs and how many there are.
          </EmptyState>
        </Card>
      )}
    </div>
  )
}
