import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../../api.ts'
import { StatusBadge } from '../../../components/Badge.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { ConversationPanel } from '../conversation/ConversationPanel.tsx'
import { StateBadges } from '../conversation/StateBadges.tsx'
import { Trace } from '../trace/Trace.tsx'
import { Actions } from './Actions.tsx'
import { Cancellation } from './Cancellation.tsx'
import { CoachNotes } from './CoachNotes.tsx'
import { Facts } from './Facts.tsx'
import { Messages } from './Messages.tsx'
import { PendingMove } from './PendingMove.tsx'
import { Steps } from './Steps.tsx'
import { Timeline } from './Timeline.tsx'

export type Booking = Outputs['bookings']['get']
export type BookingTimeline = Outputs['bookings']['timeline']

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.booking.client.name}, ${data.booking.offer.title}` : 'Booking' },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const id = params.id!
  return load(context, request, async () => {
    const [booking, timeline] = await Promise.all([
      context.api.bookings.get({ id }),
      context.api.bookings.timeline({ id }),
    ])
    return { booking, timeline }
  })
}

/** One booking: what it is, what can be done with it, and how it came to be so. */
export default function BookingPage() {
  const loaded = useLoaderData<typeof loader>()
  const { id } = loaded.booking
  const trpc = useTRPC()
  const get = trpc.bookings.get.queryOptions({ id })
  const getTimeline = trpc.bookings.timeline.queryOptions({ id })
  const booking = useQuery({ ...get, initialData: loaded.booking }).data
  const timeline = useQuery({ ...getTimeline, initialData: loaded.timeline }).data
  useLive([`booking:${id}`], [get.queryKey, getTimeline.queryKey])

  return (
    <div className="wrap-anywhere">
      <PageHeader title={booking.client.name} back={{ to: '/admin/bookings', label: 'Bookings' }}>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusBadge status={booking.status} />
          <StateBadges booking={booking} />
          {booking.offer.title}
        </span>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          {booking.move?.status === 'pending' && <PendingMove booking={booking} move={booking.move} />}
          <Facts booking={booking} />
          <Actions booking={booking} />
          <Cancellation booking={booking} />
          <ConversationPanel booking={booking} />
          <CoachNotes key={booking.id} booking={booking} />
          <Trace outcome={booking.decision.outcome} trace={timeline.trace} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Steps steps={timeline.steps} workflow={timeline.workflow} />
          <Timeline events={timeline.events} />
          <Messages messages={timeline.messages} />
        </div>
      </div>
    </div>
  )
}
