import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation, useSearchParams, useSubmit } from '@remix-run/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, UsersRound } from 'lucide-react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button, LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { NativeSelect } from '../../../components/NativeSelect.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Time, TimeRange } from '../../../components/Time.tsx'
import { TimeZonePicker } from '../../../components/TimeZonePicker.tsx'
import { failureOf } from '../../../failure.ts'
import { useLive } from '../../../live.ts'
import { load } from '../../../loading.ts'
import { StateBadge } from '../session/StateBadge.tsx'
import { useStaff } from '../shell.tsx'

export const meta: MetaFunction = () => [{ title: 'Sessions' }]

type Row = Outputs['sessions']['manage']['list']['sessions'][number]

function readFilter(params: URLSearchParams) {
  return {
    offerId: params.get('offer') || undefined,
    coachId: params.get('coach') || undefined,
    past: params.get('past') === '1',
  }
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const filter = readFilter(new URL(request.url).searchParams)
  return load(context, request, async () => {
    const [first, { offers }] = await Promise.all([
      context.api.sessions.manage.list(filter),
      context.api.offers.manage.list(),
    ])
    return { filter, first, offers: offers.filter(({ bookedBy }) => bookedBy === 'session') }
  })
}

/** Sessions with dates of their own: those to come, the soonest first, or those that were, the latest first. */
export default function SessionsPage() {
  const { filter, first, offers } = useLoaderData<typeof loader>()
  const { coaches } = useStaff()
  const [params] = useSearchParams()
  const submit = useSubmit()
  const isLoading = useNavigation().state === 'loading'
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.sessions.manage.list.infiniteQueryOptions(filter, {
      initialData: { pages: [first], pageParams: [null] },
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  useLive(
    [...coaches.map(({ id }) => `calendar:${id}`), ...offers.map(({ id }) => `sessions:${id}`)],
    [trpc.sessions.manage.list.pathKey()],
  )
  const sessions = list.data?.pages.flatMap(page => page.sessions) ?? []
  const isFiltered = Boolean(filter.offerId || filter.coachId || filter.past)

  return (
    <>
      <PageHeader
        title="Sessions"
        actions={
          <LinkButton to="/admin/sessions/new" variant="primary">
            <Plus aria-hidden="true" />
            New session
          </LinkButton>
        }
      >
        Groups and workshops on dates of their own.
      </PageHeader>
      <Form
        method="get"
        role="search"
        aria-label="Filter the sessions"
        className="mb-4 grid gap-3 sm:flex sm:flex-wrap sm:items-end"
        onChange={event => submit(event.currentTarget)}
      >
        <NativeSelect label="When" name="past" defaultValue={params.get('past') ?? ''} className="sm:w-44">
          <option value="">To come</option>
          <option value="1">Past</option>
        </NativeSelect>
        <NativeSelect label="Offer" name="offer" defaultValue={params.get('offer') ?? ''} className="sm:w-56">
          <option value="">All</option>
          {offers.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </NativeSelect>
        {coaches.length > 1 && (
          <NativeSelect
            label="Coach"
            name="coach"
            defaultValue={params.get('coach') ?? ''}
            className="sm:w-48"
          >
            <option value="">All</option>
            {coaches.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
        <noscript>
          <Button type="submit">Show</Button>
        </noscript>
      </Form>
      <TimeZonePicker suggestions={coaches.map(({ timeZone }) => timeZone)} />

      {list.error && (
        <Banner tone="bad" role="alert" className="mt-4" title="The list couldn’t be brought up to date">
          {failureOf(list.error).message}
        </Banner>
      )}
      <Card className={`mt-4 overflow-hidden ${isLoading ? 'opacity-60' : ''}`}>
        {sessions.length === 0 ? (
          <NoSessions isFiltered={isFiltered} hasOffers={offers.length > 0} />
        ) : (
          <ul className="divide-y divide-line">
            {sessions.map(session => (
              <li key={session.id}>
                <SessionRow session={session} />
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

function SessionRow({ session }: { session: Row }) {
  const { id, startsAt, dates, offer, coaches, capacity, state } = session
  const [first] = dates
  return (
    <Link
      to={`/admin/sessions/${id}`}
      className="flex flex-wrap items-center gap-x-5 gap-y-1.5 px-5 py-3.5 hover:bg-ground"
    >
      <span className="w-56">
        <Time at={startsAt} as="day" className="block font-medium" />
        <span className="block text-sm text-muted">
          {first && <TimeRange from={first.startsAt} to={first.endsAt} />}
          {dates.length > 1 && ` and ${dates.length - 1} more ${dates.length === 2 ? 'date' : 'dates'}`}
        </span>
      </span>
      <span className="min-w-40 flex-1 wrap-anywhere">
        <span className={`block font-medium ${state === 'CANCELLED' ? 'line-through' : ''}`}>
          {offer.title}
        </span>
        <span className="block text-sm text-muted">with {coaches.map(({ name }) => name).join(', ')}</span>
      </span>
      <span className="tabular w-28 text-sm">
        <span className="font-medium">
          {capacity.booked} of {capacity.total}
        </span>{' '}
        <span className="text-muted">{capacity.total === 1 ? 'seat' : 'seats'}</span>
        {capacity.held > 0 && <span className="block text-muted">{capacity.held} held</span>}
      </span>
      <StateBadge session={session} />
    </Link>
  )
}

function NoSessions({ isFiltered, hasOffers }: { isFiltered: boolean; hasOffers: boolean }) {
  const { mayEditBusiness } = useStaff()
  if (isFiltered) {
    return (
      <EmptyState
        icon={UsersRound}
        title="No such sessions"
        actions={<LinkButton to="/admin/sessions">Show all to come</LinkButton>}
      >
        Try another offer, coach or time.
      </EmptyState>
    )
  }
  if (!hasOffers) {
    return (
      <EmptyState
        icon={UsersRound}
        title="Bring people together"
        actions={
          mayEditBusiness && (
            <LinkButton to="/admin/offers/new" variant="primary">
              Make an offer for groups
            </LinkButton>
          )
        }
      >
        A group or a workshop begins with an offer: what it is, what a seat costs, and how many there are.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={UsersRound}
      title="No sessions to come"
      actions={
        <LinkButton to="/admin/sessions/new" variant="primary">
          Plan the first one
        </LinkButton>
      }
    >
      Put one of your offers on a date, on several, or on every week.
    </EmptyState>
  )
}
