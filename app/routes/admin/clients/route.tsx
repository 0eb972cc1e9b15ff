import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Ban, Contact } from 'lucide-react'
import { type Outputs, useTRPC } from '../../../api.ts'
import { Badge } from '../../../components/Badge.tsx'
import { Banner } from '../../../components/Banner.tsx'
import { Button, LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { inputLook } from '../../../components/Field.tsx'
import { textLinkLook } from '../../../components/FormPage.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Time } from '../../../components/Time.tsx'
import { failureOf } from '../../../failure.ts'
import { load } from '../../../loading.ts'
import { ClientTags } from './ClientTags.tsx'

export const meta: MetaFunction = () => [{ title: 'Clients' }]

type Client = Outputs['clients']['list']['clients'][number]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams.get('q')?.trim().slice(0, 120) || undefined
  return load(context, request, async () => {
    const [first, tags] = await Promise.all([context.api.clients.list({ query }), context.api.clients.tags()])
    return { query, first, tags }
  })
}

/** Who books here, and the tags that rules go by (077, 078). */
export default function ClientsPage() {
  const { query, first, tags: loadedTags } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const isLoading = useNavigation().state === 'loading'
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.clients.list.infiniteQueryOptions(
      { query },
      {
        initialData: { pages: [first], pageParams: [null] },
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      },
    ),
  )
  const { tags } = useQuery({ ...trpc.clients.tags.queryOptions(), initialData: loadedTags }).data
  const clients = list.data?.pages.flatMap(page => page.clients) ?? []
  const known = tags.map(({ tag }) => tag)

  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title="Clients">
        Tags say who is special to you, and{' '}
        <Link to="/admin/rules/own" className={textLinkLook}>
          rules
        </Link>{' '}
        can be made for them. Clients never see their tags.
      </PageHeader>
      <Form method="get" role="search" className="mb-3 flex flex-wrap items-end gap-3">
        <label className="flex min-w-56 flex-1 flex-col gap-1.5 text-sm font-medium">
          Search
          <input
            type="search"
            name="q"
            defaultValue={params.get('q') ?? ''}
            placeholder="Name, e-mail or tag"
            className={inputLook}
          />
        </label>
        <Button type="submit">Search</Button>
      </Form>
      {tags.length > 0 && (
        <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span className="text-muted">In use:</span>
          {tags.map(({ tag, clients: count }) => (
            <Link
              key={tag}
              to={`/admin/clients?q=${encodeURIComponent(tag)}`}
              className={`py-1 ${textLinkLook}`}
            >
              {tag} ({count})
            </Link>
          ))}
        </p>
      )}

      {list.error && (
        <Banner tone="bad" role="alert" className="mb-4" title="The list couldn’t be brought up to date">
          {failureOf(list.error).message}
        </Banner>
      )}
      <Card className={isLoading ? 'opacity-60' : ''}>
        {clients.length === 0 ? (
          <EmptyState
            icon={Contact}
            title="No clients here"
            actions={query && <LinkButton to="/admin/clients">Clear the search</LinkButton>}
          >
            {query ? 'None matches what you searched for.' : 'Whoever books or connects appears here.'}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {clients.map(client => (
              <li key={client.clientId} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-3.5">
                <ClientFacts client={client} />
                <div className="w-full sm:w-80">
                  <ClientTags client={client} known={known} />
                </div>
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
    </div>
  )
}

function ClientFacts({ client }: { client: Client }) {
  const { name, email, bookings, lastStartsAt, blocked } = client
  return (
    <div className="min-w-0 flex-1 basis-56 wrap-anywhere">
      <p className="font-medium">
        {name} {blocked && <Badge icon={Ban}>Blocked</Badge>}
      </p>
      <p className="text-sm text-muted">{email}</p>
      <p className="text-sm text-muted">
        {bookings === 0 ? 'No bookings yet' : bookings === 1 ? '1 booking' : `${bookings} bookings`}
        {lastStartsAt && (
          <>
            {bookings === 1 ? ', on' : ', the latest on'} <Time at={lastStartsAt} as="date" />
          </>
        )}
        {bookings > 0 && (
          <>
            {'. '}
            <Link to={`/admin/bookings?q=${encodeURIComponent(email)}&past=1`} className={textLinkLook}>
              See {bookings === 1 ? 'it' : 'them'}
              <span className="sr-only">: bookings of {name}</span>
            </Link>
          </>
        )}
      </p>
    </div>
  )
}
