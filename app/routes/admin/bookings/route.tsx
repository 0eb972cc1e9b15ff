import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation, useSearchParams, useSubmit } from '@remix-run/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { NotebookText } from 'lucide-react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { type BookingStatus, bookingStatuses, StatusBadge } from '../../../components/Badge.tsx'
import { Banner } from '../../../components/Banner.tsx'
import { Button, LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { inputLook } from '../../../components/Field.tsx'
import { NativeSelect } from '../../../components/NativeSelect.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeZonePicker } from '../../../components/TimeZonePicker.tsx'
import { failureOf } from '../../../failure.ts'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { useStaff } from '../shell.tsx'

export const meta: MetaFunction = () => [{ title: 'Bookings' }]

const statuses = Object.keys(bookingStatuses) as BookingStatus[]
type Row = Outputs['bookings']['list']['bookings'][number]

function readFilter(params: URLSearchParams) {
  const query = params.get('q')?.trim()
  return {
    status: statuses.filter(status => status === params.get('status')),
    query: query || undefined,
    ...(params.get('past') ? { order: 'latest' as const } : { order: 'soonest' as const, from: thisHour() }),
    limit: 25,
  }
}

/** To the hour, so that the page in the browser asks for the same as its loader did. */
function thisHour(): string {
  return new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString()
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const filter = readFilter(new URL(request.url).searchParams)
  return load(context, request, async () => ({ filter, first: await context.api.bookings.list(filter) }))
}

/** Every booking, by status, name or address. */
export default function BookingsPage() {
  const { filter, first } = useLoaderData<typeof loader>()
  const { coaches } = useStaff()
  const [params] = useSearchParams()
  const submit = useSubmit()
  const isLoading = useNavigation().state === 'loading'
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.bookings.list.infiniteQueryOptions(filter, {
      initialData: { pages: [first], pageParams: [null] },
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  useLive(
    coaches.map(({ id }) => `calendar:${id}`),
    [trpc.bookings.list.pathKey()],
  )
  const bookings = list.data?.pages.flatMap(page => page.bookings) ?? []

  return (
    <>
      <PageHeader title="Bookings" />
      <Form
        method="get"
        role="search"
        className="mb-4 flex flex-wrap items-end gap-3"
        onChange={event => {
          if ((event.target as HTMLElement).tagName !== 'INPUT') submit(event.currentTarget)
        }}
      >
        <label className="flex min-w-56 flex-1 flex-col gap-1.5 text-sm font-medium">
          Client
          <input
            type="search"
            name="q"
            defaultValue={params.get('q') ?? ''}
            placeholder="Name or e-mail"
            className={inputLook}
          />
        </label>
        <NativeSelect label="Status" name="status" defaultValue={params.get('status') ?? ''} className="w-48">
          <option value="">Any</option>
          {statuses.map(status => (
            <option key={status} value={status}>
              {bookingStatuses[status].words}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect label="When" name="past" defaultValue={params.get('past') ?? ''} className="w-44">
          <option value="">From now on</option>
          <option value="1">All, the past too</option>
        </NativeSelect>
        <Button type="submit">Search</Button>
      </Form>
      <TimeZonePicker />

      {list.error && (
        <Banner tone="bad" role="alert" className="mt-4" title="The list couldn’t be brought up to date">
          {failureOf(list.error).message}
        </Banner>
      )}
      <Card className={`mt-4 overflow-hidden ${isLoading ? 'opacity-60' : ''}`}>
        {bookings.length === 0 ? (
          <EmptyState
            icon={NotebookText}
            title="No bookings here"
            actions={params.size > 0 && <LinkButton to="/admin/bookings">Clear the search</LinkButton>}
          >
            {params.size > 0 ? 'None matches what you searched for.' : 'What clients book appears here.'}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {bookings.map(booking => (
              <li key={booking.id}>
                <BookingRow booking={booking} namesCoach={coaches.length > 1} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button isPending={list.isFetchingNextPage} onPress={() => list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

function BookingRow({ booking, namesCoach }: { booking: Row; namesCoach: boolean }) {
  const { id, startsAt, endsAt, client, offer, coach, status, seats } = booking
  return (
    <Link
      to={`/admin/bookings/${id}`}
      className="flex flex-wrap items-center gap-x-5 gap-y-1 px-5 py-3.5 hover:bg-ground"
    >
      <span className="w-52">
        <Time at={startsAt} as="day" className="block font-medium" />
        <TimeRange from={startsAt} to={endsAt} className="block text-sm text-muted" />
      </span>
      <span className="min-w-40 flex-1">
        <span className="block font-medium">{client.name}</span>
        <span className="block text-sm text-muted">
          {offer.title}
          {namesCoach && ` with ${coach.name}`}
          {seats > 1 && `, ${seats} seats`}
        </span>
      </span>
      <StatusBadge status={status} />
    </Link>
  )
}
