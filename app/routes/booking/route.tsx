import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useLocation, useParams } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { type Outputs, useTRPC } from '../../api.ts'
import { useLive } from '../../live.ts'
import { load } from '../../loading.ts'
import { Booking } from './Booking.tsx'

export type BookingView = Outputs['bookings']['get']

/** One booking, for whoever has its link. Opening it changes nothing; whatever it offers is asked for first. */
export function loader({ params, request, context }: LoaderFunctionArgs) {
  return load(context, request, () => context.api.bookings.get({ token: params.token ?? '' }))
}

/** The address is a key: it must not be indexed, nor told to other sites. */
export function headers() {
  return { 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-store' }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.offer.title} with ${data.coach.name}` : 'Booking' },
  { name: 'robots', content: 'noindex' },
]

export default function ManagePage() {
  const trpc = useTRPC()
  const { token = '' } = useParams()
  const seed = useLoaderData<typeof loader>() as BookingView
  const { state } = useLocation() as { state: { justBooked?: boolean } | null }
  const question = trpc.bookings.get.queryOptions({ token }, { initialData: seed })
  const { data: booking } = useQuery(question)
  useLive([`booking:${booking.id}`, `session:${booking.session.id}`], [question.queryKey], {
    token,
    version: booking.version,
  })

  return <Booking booking={booking} token={token} justBooked={state?.justBooked ?? false} />
}
