import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, EyeOff, Link2, Plus, Tags } from 'lucide-react'
import { useState } from 'react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Button, LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { OfferFacts } from '../../../components/OfferFacts.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { toast } from '../../../components/toasts.tsx'
import { failureOf } from '../../../failure.ts'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { useStaff } from '../shell.tsx'

export const meta: MetaFunction = () => [{ title: 'Offers' }]

type Offer = Outputs['offers']['manage']['list']['offers'][number]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, () => context.api.offers.manage.list())
}

/** What can be booked, in the order in which clients see it. */
export default function OffersPage() {
  const loaded = useLoaderData<typeof loader>()
  const { mayEditBusiness } = useStaff()
  const trpc = useTRPC()
  const list = trpc.offers.manage.list.queryOptions()
  const { offers } = useQuery({ ...list, initialData: loaded }).data
  const { move, moved } = useReorder(offers)
  useLive(['offers'], [list.queryKey])

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="Offers"
        actions={
          mayEditBusiness && (
            <LinkButton to="/admin/offers/new" variant="primary">
              <Plus aria-hidden="true" />
              New offer
            </LinkButton>
          )
        }
      >
        What clients can book, in the order they see it.
      </PageHeader>
      {offers.length === 0 ? (
        <Card className="">
          <EmptyState
            icon={Tags}
            title="No offers yet"
            actions={
              <LinkButton to="/admin/offers/new" variant="primary">
                Make the first one
              </LinkButton>
            }
          >
            An offer says what clients book: how long it takes and what it costs.
          </EmptyState>
        </Card>
      ) : (
        <ol className="flex flex-col gap-3">
          {offers.map((offer, at) => (
            <OfferCard
              key={offer.id}
              offer={offer}
              order={
                mayEditBusiness && {
                  isFirst: at === 0,
                  isLast: at === offers.length - 1,
                  onMove: by => move(at, by),
                }
              }
            />
          ))}
        </ol>
      )}
      <p role="status" className="sr-only">
        {moved}
      </p>
    </div>
  )
}

/** Changes the order at once and puts it back where the server refuses. */
function useReorder(offers: readonly Offer[]) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { queryKey } = trpc.offers.manage.list.queryOptions()
  const [moved, setMoved] = useState('')
  const reorder = useMutation(trpc.offers.manage.reorder.mutationOptions())

  return {
    moved,
    async move(at: number, by: 1 | -1) {
      const offer = offers[at]!
      const order = offers.toSpliced(at, 1).toSpliced(at + by, 0, offer)
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, { offers: order })
      setMoved(`${offer.title} is now number ${at + by + 1}.`)
      try {
        await reorder.mutateAsync({ ids: order.map(({ id }) => id) })
      } catch (error) {
        queryClient.setQueryData(queryKey, { offers: [...offers] })
        toast({ text: failureOf(error).message, tone: 'bad' })
      }
      void queryClient.invalidateQueries({ queryKey })
    },
  }
}

interface OfferCardProps {
  offer: Offer
  /** False for those who may not change it. */
  order: false | { isFirst: boolean; isLast: boolean; onMove: (by: 1 | -1) => void }
}

function OfferCard({ offer, order }: OfferCardProps) {
  const { id, title, kindLabel, coaches, active, listing } = offer
  return (
    <li className="relative flex items-center gap-4 rounded-card border border-line bg-surface p-5 shadow-card hover:border-line-strong">
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
          {order ? (
            <Link to={`/admin/offers/${id}`} className="after:absolute after:inset-0 after:rounded-card">
              {title}
            </Link>
          ) : (
            title
          )}
          {!active && <Badge icon={EyeOff}>Not bookable</Badge>}
          {active && listing === 'unlisted' && (
            <Badge tone="info" icon={Link2}>
              By link only
            </Badge>
          )}
        </h2>
        <OfferFacts offer={offer} className="mt-1.5" />
        <p className="mt-1 text-sm text-muted">
          {kindLabel}
          {coaches.length > 0 ? ` with ${coaches.map(({ name }) => name).join(', ')}` : ', no coach yet'}
        </p>
      </div>
      {order && (
        <div className="relative flex flex-col">
          <Button
            variant="quiet"
            size="small"
            isDisabled={order.isFirst}
            onPress={() => order.onMove(-1)}
            aria-label={`Move ${title} up`}
          >
            <ArrowUp aria-hidden="true" />
          </Button>
          <Button
            variant="quiet"
            size="small"
            isDisabled={order.isLast}
            onPress={() => order.onMove(1)}
            aria-label={`Move ${title} down`}
          >
            <ArrowDown aria-hidden="true" />
          </Button>
        </div>
      )}
    </li>
  )
}
